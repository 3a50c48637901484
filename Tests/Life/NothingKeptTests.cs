using System.Runtime.CompilerServices;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>
/// An ended call holds neither its arguments nor its state machine, and its result only for its context, while a timer, a token, a
/// registration, an ExecutionContext and the task that was awaited live on.
/// </summary>
internal sealed class NothingKeptTests : ControllerFixture
{
    private static readonly string[] _ways =
        ["completes", "fails", "times out", "is cancelled", "is cancelled by the caller", "is restarted"];

    private static readonly string[] _waysOfOthers = ["completes", "fails", "times out", "is cancelled", "is cancelled by the caller"];

    [Test]
    public Task by_a_call([ValueSource(nameof(_ways))] string way, [Values] bool keepsContext) =>
        Collects(way, keepsContext, static subject => subject.Work);

    [Test]
    public Task by_a_call_that_does_not_flow([ValueSource(nameof(_waysOfOthers))] string way, [Values] bool keepsContext) =>
        Collects(way, keepsContext, static subject => subject.WorkWithoutFlow);

    [Test]
    public Task by_a_method_that_is_not_async([ValueSource(nameof(_waysOfOthers))] string way, [Values] bool keepsContext) =>
        Collects(way, keepsContext, static subject => subject.Hand);

    [Test]
    public Task by_a_stream([ValueSource(nameof(_waysOfOthers))] string way, [Values] bool keepsContext) =>
        Collects(way, keepsContext, static subject => subject.Consume);

    private async Task Collects(
        string way, bool keepsContext, Func<Holding, Func<object, string, CancellationToken, Task<object?>>> methodOf)
    {
        var subject = Set<Holding>();
        subject.KeepsContext = keepsContext;

        var (argument, result) = await Run(subject, way, methodOf(subject));

        await AssertCollected(argument, "the argument");
        if (subject.Local is { } local)
        {
            await AssertCollected(local, "the state machine");
        }

        if (!keepsContext)
        {
            await AssertCollected(result, "the result");
        }

        GC.KeepAlive(subject);
    }

    /// <summary>A method of its own, so that nothing of it is left when it has ended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<(WeakReference Argument, WeakReference Result)> Run(
        Holding subject, string way, Func<object, string, CancellationToken, Task<object?>> method)
    {
        using var caller = new CancellationTokenSource();
        var argument = new object();
        var call = method(argument, way, caller.Token);
        await Stage.Reached(way);
        switch (way)
        {
            case "completes" or "fails":
                Stage.Open(way);
                break;
            case "times out":
                Clock.Advance(3);
                break;
            case "is cancelled":
                Sitter.Cancel();
                break;
            case "is cancelled by the caller":
                await caller.CancelAsync();
                break;
            case "is restarted":
                Sitter.Restart();
                await Stage.Reached(way, 2);
                Stage.Open(way);
                break;
        }

        // What was given the token has some time to end by itself.
        for (var i = 0; i < 2000 && !call.IsCompleted; i++, await Task.WhenAny(call, Task.Delay(1)))
        {
            Clock.Advance(0.1);
        }

        await call.EndInTime();
        return (new WeakReference(argument), new WeakReference(call.IsCompletedSuccessfully ? call.Result : null));
    }

    private static async Task AssertCollected(WeakReference reference, string what)
    {
        // The threads that ended the call may still have it on their stacks.
        for (var i = 0; i < 200 && reference.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(5);
        }

        Assert.That(reference.IsAlive, Is.False, what);
    }
}
