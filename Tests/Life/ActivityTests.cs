using AssemblyToProcess.Life;
using Sitters;
using Control = Sitters.Runtime.Calls.Controller;
using Orders = Sitters.Runtime.Control.Orders;

namespace Tests.Life;

/// <summary>A call is seen as active at every moment, however often and from whichever thread others look.</summary>
internal sealed class ActivityTests : ControllerFixture
{
    private const int Looks = 20_000;

    private static readonly Func<Spinning, Task<int>>[] _spinning =
    [
        subject => subject.WithHelpers(),
        subject => subject.WithCalls(),
        subject => subject.WithUnflowedCalls(),
        subject => subject.UnflowedWithHelpers(),
    ];

    private static readonly Func<Suspending, Task<int>>[] _suspending = [subject => subject.Flowed(), subject => subject.Unflowed()];

    [Test]
    public async Task a_call_in_which_others_begin_and_end_is_active_all_the_time(
        [ValueSource(nameof(_spinning))] Func<Spinning, Task<int>> call)
    {
        var missed = await WhileSpinning(call, () => !Control.HasActiveCalls);

        Assert.That(missed, Is.Zero);
    }

    [Test]
    public async Task a_call_that_began_after_a_cancel_by_signal_is_never_among_those_it_cancelled(
        [ValueSource(nameof(_spinning))] Func<Spinning, Task<int>> call)
    {
        Orders.DecideSignal(SitVerb.Cancel)();

        var mistaken = await WhileSpinning(call, () => Control.IsCancelledBySignal);

        Assert.That(mistaken, Is.Zero);
    }

    [Test]
    public async Task a_call_is_active_also_at_the_moment_it_first_suspends(
        [ValueSource(nameof(_suspending))] Func<Suspending, Task<int>> call)
    {
        var missed = 0;
        for (var i = 0; i < Looks / 10; i++)
        {
            var subject = new Suspending();
            var task = Task.Run(() => call(subject));
            SpinWait.SpinUntil(() => subject.HasBegun);
            for (var look = 0; look < 5; look++)
            {
                missed += Sitter.WhenIdle().IsCompleted ? 1 : 0;
            }

            subject.End();
            await task.InTime();
        }

        Assert.That(missed, Is.Zero);
    }

    private static async Task<int> WhileSpinning(Func<Spinning, Task<int>> start, Func<bool> isWrong)
    {
        var subject = new Spinning();
        var call = Task.Factory.StartNew(
            () => start(subject), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        subject.HasBegun.Wait();
        var wrong = 0;
        for (var i = 0; i < Looks; i++)
        {
            wrong += isWrong() ? 1 : 0;
        }

        subject.End();
        await call.InTime();
        return wrong;
    }
}
