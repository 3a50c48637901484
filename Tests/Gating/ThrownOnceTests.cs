using AssemblyToProcess.Gating;
using Sitters;
using Sitters.Runtime.Gating;

namespace Tests.Gating;

/// <summary>What a task has ended with is read, not thrown, by ways that the framework does not promise.</summary>
internal sealed class ThrownOnceTests : ControllerFixture
{
    [Test]
    public void the_task_of_an_awaiter_is_known_to_this_runtime() => Assert.That(AwaitedTask.IsKnown);

    [Test]
    public async Task an_interrupt_is_thrown_once_where_its_method_awaits()
    {
        var call = Set<InContexts>().Delays();
        var thrown = new List<Exception>();
        void Note(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs first)
        {
            lock (thrown)
            {
                thrown.Add(first.Exception);
            }
        }

        AppDomain.CurrentDomain.FirstChanceException += Note;
        Sitter.Cancel();
        await call.InTime();
        AppDomain.CurrentDomain.FirstChanceException -= Note;

        Assert.That(thrown.OfType<OperationCanceledException>().ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task the_exception_that_a_task_was_cancelled_with_is_the_one_that_it_throws()
    {
        var own = new OperationCanceledException("own");
        async Task Cancelled()
        {
            await Task.Yield();
            throw own;
        }

        var task = Cancelled();
        await task.EndInTime();

        Assert.That(TaskFailure.Of(task), Is.SameAs(own));
    }
}
