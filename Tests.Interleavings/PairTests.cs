using Tests.Interleavings.Exploring;

namespace Tests.Interleavings;

/// <summary>Whatever two things happen to a call at once: what the contract promises holds in every schedule.</summary>
[NonParallelizable]
public sealed class PairTests
{
    /// <summary>With two preemptions a pair has some 4,000 schedules: in the run of all tests so many are run, and random ones beyond.</summary>
    private const int Schedules = 20;
    private const int Samples = 6;

    private Tally _tally = null!;

    private static int Most => Thoroughness.Preemptions ?? 2;

    [OneTimeSetUp]
    public void Begin() => _tally = new Tally("pairs");

    [OneTimeTearDown]
    public void Tell() => _tally.Write($"up to {Most} preemptions, or as many turns out of order, or some of each");

    [TestCaseSource(nameof(Pairs))]
    public void A_pair_of_events_keeps_the_contract_in_every_schedule(string one, string other, int number)
    {
        var forms = Subject.Sound.Forms(one, other);
        if (Thoroughness.Preemptions is not null)
        {
            foreach (var form in forms.Where(Thoroughness.Wants))
            {
                Explore(new Scenario(form, one, other), number, int.MaxValue, int.MaxValue);
            }

            return;
        }

        // Two of the forms after another, one that is called as most are and one that is watched or a stream: all of them come up with each event.
        var (plain, others) = (forms.Where(Subject.IsPlain).ToArray(), forms.Where(form => !Subject.IsPlain(form)).ToArray());
        Explore(new Scenario(plain[number % plain.Length], one, other), number, withOne: int.MaxValue, Schedules);
        Explore(new Scenario(others[number % others.Length], one, other), number, withOne: Schedules, Schedules / 4);
    }

    /// <param name="scenario">The two, and the form.</param>
    /// <param name="number">The number of the pair.</param>
    /// <param name="withOne">So many schedules with one preemption.</param>
    /// <param name="budget">So many of each kind with more, or with turns.</param>
    private void Explore(Scenario scenario, int number, int withOne, int budget)
    {
        var explorer = new Explorer(Subject.Sound, scenario);
        explorer.Explore(preemptions: 1, turns: 0, withOne);
        var isAll = true;
        for (var preemptions = 0; preemptions <= Most; preemptions++)
        {
            isAll &= explorer.Explore(preemptions, Most - preemptions, budget);
        }

        if (!isAll)
        {
            explorer.Sample(Samples, (Thoroughness.Seed * 1000) + number, changes: 3);
        }

        _tally.Add(explorer, isAll);
        Findings.Judge(explorer);
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
