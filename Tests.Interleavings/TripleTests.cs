using Tests.Interleavings.Exploring;

namespace Tests.Interleavings;

/// <summary>The same for three things at once: all schedules with one preemption, or for hours with more, and random ones.</summary>
[NonParallelizable]
public sealed class TripleTests
{
    private const int Samples = 2;
    private const int Schedules = 10;

    private static int Most => Thoroughness.Preemptions ?? 1;

    private Tally _tally = null!;

    [OneTimeSetUp]
    public void Begin() => _tally = new Tally("triples");

    [OneTimeTearDown]
    public void Tell() => _tally.Write($"up to {Most} preemptions, or as many turns out of order, and {Samples} random ones from seed {Thoroughness.Seed}");

    [TestCaseSource(nameof(Triples))]
    public void A_triple_of_events_keeps_the_contract(string one, string other, string third, int number)
    {
        var forms = Subject.Sound.Forms(one, other, third);
        foreach (var form in Thoroughness.Preemptions is null ? [forms[number % forms.Length]] : forms.Where(Thoroughness.Wants))
        {
            var explorer = new Explorer(Subject.Sound, new Scenario(form, one, other, third));
            var isAll = true;
            for (var preemptions = 0; preemptions <= Most; preemptions++)
            {
                isAll &= explorer.Explore(preemptions, Most - preemptions, Thoroughness.Preemptions is null ? Schedules : int.MaxValue);
            }

            explorer.Sample(Samples, (Thoroughness.Seed * 1000) + number, changes: 3);
            _tally.Add(explorer, isAll);
            Findings.Judge(explorer);
        }
    }

    private static IEnumerable<TestCaseData> Triples()
    {
        var events = Subject.Sound.Events;
        var number = 0;
        return from one in Enumerable.Range(0, events.Count)
               from other in Enumerable.Range(one + 1, events.Count - one - 1)
               from third in Enumerable.Range(other + 1, events.Count - other - 1)
               select new TestCaseData(events[one], events[other], events[third], number++);
    }
}
