using Measured;
using Sitters;

namespace Tests.Allocations;

/// <summary>What orders allocate that are for very many calls: each of them is one call's share.</summary>
[NonParallelizable]
public class OrderTests
{
    private const int Calls = 10_000;
    private const string Methods = "Measured.Crowd.*";

    /// <summary>What the lists of calls have of it, and their growth.</summary>
    private const int Listed = 100;

    [Test]
    public void a_pause_and_a_resume_of_very_many_calls_make_nothing_for_each()
    {
        var crowd = new Crowd();
        var calls = Enumerable.Range(0, Calls).Select(crowd.Bare).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(Allocated(static () => Sitter.Pause(Methods)), Is.LessThan(Listed));
            Assert.That(Allocated(static () => Sitter.Resume(Methods)), Is.LessThan(Listed));
        });

        crowd.Open();
        Task.WaitAll(calls);
    }

    [Test]
    public async Task the_messages_of_very_many_cancelled_calls_are_the_same_strings()
    {
        // One after the other: threads that make the same message at the same time may make two.
        var first = await Cancelled();
        var second = await Cancelled();

        Assert.That(second.Message, Is.SameAs(first.Message));
        Assert.That(second.InnerException!.Message, Is.SameAs(first.InnerException!.Message));
    }

    private static async Task<OperationCanceledException> Cancelled()
    {
        var call = new Crowd().Bare(1);
        Sitter.Cancel(Methods);
        return (await Assert.CatchAsync<OperationCanceledException>(() => call))!;
    }

    private static long Allocated(Action order)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        order();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }
}
