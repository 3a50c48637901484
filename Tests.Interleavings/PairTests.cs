using Tests.Interleavings.Exploring;

namespace Tests.Interleavings;

/// <summary>Whatever two things happen to a call at once: what the contract promises holds in every schedule.</summary>
[NonParallelizable]
public sealed class PairTests
{
    /// <summary>With two preemptions a pair has some 4,000 schedules: in the run of all tests so many are run, and random ones beyond.</summary>
    private const int Schedules = 60;
    private const int Samples = 20;

    private static readonly int[] _variations = [0, 1, 2, 3];

    private Tally _tally = null!;

    private static int Most => Thoroughness.Preemptions ?? 2;

    [OneTimeSetUp]
    public void Begin() => _tally = new Tally("pairs");

    [OneTimeTearDown]
    public void Tell() => _tally.Write($"up to {Most} preemptions, or as many turns out of order, or some of each");

    [TestCaseSource(nameof(Pairs))]
    public void A_pair_of_events_keeps_the_contract_in_every_schedule(string one, string other, int number)
    {
        // One of the subject's forms after another: all of them come up with each event.
        var variations = Thoroughness.Preemptions is null ? [_variations[number % _variations.Length]] : _variations;
        foreach (var variation in variations)
        {
            var explorer = new Explorer(Subject.Sound, new Scenario(variation, one, other));
            var isAll = TryExplore(explorer);
            if (!isAll)
            {
                explorer.Sample(Samples, (Thoroughness.Seed * 1000) + number, changes: 3);
            }

            _tally.Add(explorer, isAll);
            Findings.Judge(explorer);
        }
    }

    private static bool TryExplore(Explorer explorer)
    {
        // Those with one preemption are all run in any case.
        explorer.Explore(preemptions: 1, turns: 0);
        var isAll = true;
        for (var preemptions = 0; preemptions <= Most; preemptions++)
        {
            isAll &= explorer.Explore(preemptions, Most - preemptions, Thoroughness.Preemptions is null ? Schedules : int.MaxValue);
        }

        return isAll;
    }

    private static IEnumerable<TestCaseData> Pairs()
    {
        var events = Subject.Sound.Events;
        var number = 0;
        return from one in Enumerable.Range(0, events.Count)
               from other in Enumerable.Range(one + 1, events.Count - one - 1)
               select new TestCaseData(events[one], events[other], number++);
    }
}
