using Tests.Interleavings.Exploring;

namespace Tests.Interleavings;

/// <summary>Whatever two things happen to a call at once: what the contract promises holds in every schedule.</summary>
[NonParallelizable]
public sealed class PairTests
{
    private static readonly int[] _variations = [0, 1, 2, 3];

    private Tally _tally = null!;

    [OneTimeSetUp]
    public void Begin() => _tally = new Tally("pairs");

    [OneTimeTearDown]
    public void Tell() => _tally.Write(
        Thoroughness.Preemptions is { } most
            ? $"all with up to {most} preemptions"
            : "all with one preemption, or with two turns out of order");

    [TestCaseSource(nameof(Pairs))]
    public void A_pair_of_events_keeps_the_contract_in_every_schedule(string one, string other, int number)
    {
        // One of the subject's forms after another: all of them come up with each event.
        var variations = Thoroughness.Preemptions is null ? [_variations[number % _variations.Length]] : _variations;
        foreach (var variation in variations)
        {
            var explorer = new Explorer(Subject.Sound, new Scenario(variation, one, other));
            Explore(explorer);
            _tally.Add(explorer);
            Findings.Judge(explorer);
        }
    }

    private static void Explore(Explorer explorer)
    {
        if (Thoroughness.Preemptions is { } most)
        {
            for (var preemptions = 0; preemptions <= most; preemptions++)
            {
                explorer.Explore(preemptions);
            }
        }
        else
        {
            explorer.Explore(preemptions: 0, turns: 2);
            explorer.Explore(preemptions: 1, turns: 0);
        }
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
