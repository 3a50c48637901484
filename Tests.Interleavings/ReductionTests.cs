using Tests.Interleavings.Exploring;
using Tests.Interleavings.Tiny;

namespace Tests.Interleavings;

/// <summary>
/// Schedules are left out, and nothing is lost by it: each order of what has something in common comes up, as if all schedules were run.
/// </summary>
[NonParallelizable]
public sealed class ReductionTests
{
    [Test]
    public void Every_end_is_come_to_with_as_many_preemptions([Values(0, 1, 2, 3)] int preemptions)
    {
        var (all, reduced) = Compare(preemptions, preemptions, withLocks: false);

        Assert.That(reduced, preemptions == 0 ? Is.LessThanOrEqualTo(all) : Is.LessThan(all));
    }

    /// <summary>Who finds a lock taken gives its turn away, which is no preemption where all schedules are run, and may be one otherwise.</summary>
    [Test]
    public void Where_there_are_locks_every_end_is_come_to_with_one_preemption_more([Values(0, 1, 2)] int preemptions) =>
        Compare(preemptions, preemptions + 1, withLocks: true);

    [Test]
    public void Where_there_are_locks_every_end_is_come_to_without_a_bound()
    {
        var (all, reduced) = Compare(int.MaxValue, int.MaxValue, withLocks: true, subjects: 3);

        Assert.That(reduced, Is.LessThan(all / 4));
    }

    private static (int All, int Reduced) Compare(int preemptions, int reducedPreemptions, bool withLocks, int subjects = 60)
    {
        var (all, reduced) = (0, 0);
        for (var seed = 0; seed < subjects; seed++)
        {
            var everything = Explore(seed, preemptions, withLocks, isReduced: false);
            var explorer = Explore(seed, reducedPreemptions, withLocks, isReduced: true);
            Assert.That(everything.Ends.Except(explorer.Ends), Is.Empty, $"subject {seed}");
            all += everything.Schedules;
            reduced += explorer.Schedules;
        }

        TestContext.Out.WriteLine($"{reduced} schedules in the place of {all}");
        return (all, reduced);
    }

    private static Explorer Explore(int seed, int preemptions, bool withLocks, bool isReduced)
    {
        var explorer = TinySubject.Explorer(() => TinySubject.Random(seed, withLocks));
        explorer.Explore(preemptions, isReduced: isReduced);
        return explorer;
    }
}
