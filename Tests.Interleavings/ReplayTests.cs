using Tests.Interleavings.Exploring;
using Tests.Interleavings.Scheduling;

namespace Tests.Interleavings;

/// <summary>A schedule is all that a run depends on.</summary>
[NonParallelizable]
public sealed class ReplayTests
{
    [Test]
    public void A_schedule_that_is_replayed_makes_the_same_run()
    {
        var explorer = new Explorer(Subject.Sound, new Scenario(1, "completion", "cancel", "pause"));
        explorer.Explore(preemptions: 0, turns: 1);
        for (var seed = 1; seed <= 10; seed++)
        {
            var run = Settle(explorer, explorer.Sample(seed));
            var again = explorer.Replay(run.Schedule);
            Assert.Multiple(() =>
            {
                Assert.That(again.Trace, Is.EqualTo(run.Trace), $"schedule {run.Schedule}");
                Assert.That(again.Points, Is.EqualTo(run.Points));
                Assert.That(again.Schedule, Is.EqualTo(run.Schedule));
            });
        }
    }

    /// <summary>Until two runs are the same: what is made once in a process has been made then.</summary>
    private static Explorer.Outcome Settle(Explorer explorer, Explorer.Outcome run)
    {
        for (var i = 0; i < 10; i++)
        {
            var next = explorer.Replay(run.Schedule);
            if (next.Trace == run.Trace)
            {
                return next;
            }

            run = next;
        }

        Assert.Fail($"Ten runs of {run.Schedule} have differed.");
        return run;
    }

    [Test]
    public void Two_schedules_make_two_runs()
    {
        var explorer = new Explorer(Subject.Sound, new Scenario(0, "completion", "cancel"));
        var run = explorer.Sample(seed: 1);
        var other = explorer.Replay("");
        Assert.Multiple(() =>
        {
            Assert.That(run.Schedule, Is.Not.Empty);
            Assert.That(other.Trace, Is.Not.EqualTo(run.Trace));
        });
    }

    [TestCase("17")]
    [TestCase("17>x")]
    public void What_is_no_schedule_is_refused(string text) =>
        Assert.That(() => Schedule.Parse(text), Throws.InstanceOf<FormatException>());
}
