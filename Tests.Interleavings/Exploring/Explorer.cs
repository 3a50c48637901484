using System.Diagnostics;
using Tests.Interleavings.Scheduling;
using Run = (System.Action[] Threads, System.Action[] Closing, System.Func<string?> Verdict);

namespace Tests.Interleavings.Exploring;

/// <summary>Runs one scenario under many schedules.</summary>
internal sealed class Explorer(Func<Run> create, Scenario scenario)
{
    private const int MostStrayed = 50;

    private int _strayed;
    private int _usualPoints;
    private bool _isWarm;

    /// <summary>The states that runs have ended in: one that was left to another is not among them.</summary>
    public HashSet<ulong> Ends { get; } = [];

    public Explorer(Subject subject, Scenario scenario)
        : this(() => subject.Create(scenario), scenario)
    {
    }

    public Scenario Scenario => scenario;

    /// <summary>The first thing that went wrong.</summary>
    public Finding? Found { get; private set; }

    /// <summary>So many schedules were run.</summary>
    public int Schedules { get; private set; }

    /// <summary>The scheduling points of all runs together.</summary>
    public long Points { get; private set; }

    public long PointsPerSchedule => Points / Math.Max(1, Schedules);

    /// <summary>How much of the time of the processor was used.</summary>
    public static TimeSpan Used => Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>One schedule, as it is written.</summary>
    public Outcome Replay(string schedule)
    {
        WarmUp();
        return Run(new Replay(Schedule.Parse(schedule)));
    }

    /// <summary>One random schedule.</summary>
    public Outcome Sample(int seed)
    {
        WarmUp();
        return Run(new ByPriority(seed, _usualPoints, changes: 3));
    }

    /// <summary>All schedules up to a number of preemptions, while the budget lasts.</summary>
    /// <param name="preemptions">The number.</param>
    /// <param name="turns">See <see cref="Exhaustive"/>.</param>
    /// <param name="budget">So many schedules at most.</param>
    /// <param name="isReduced">See <see cref="Exhaustive"/>.</param>
    /// <returns>Whether they were all; also if one of them has failed.</returns>
    public bool Explore(int preemptions, int turns = int.MaxValue, int budget = int.MaxValue, bool isReduced = true)
    {
        WarmUp();
        var last = budget < int.MaxValue ? Schedules + budget : budget;
        return TryExplore(new Exhaustive(preemptions, turns, isReduced), last);
    }

    /// <returns>False if the budget does not last.</returns>
    private bool TryExplore(Exhaustive all, int last)
    {
        do
        {
            if (Schedules >= last)
            {
                return false;
            }

            if (Run(all).HasStrayed)
            {
                // What is made once in a process was made in this run: the next one finds it.
                if (++_strayed > MostStrayed)
                {
                    throw new ScheduleFailure($"Runs of {scenario} are not determined by their choices.");
                }

                all.Again();
            }
        }
        while (Found is null && all.Next());
        return true;
    }

    /// <summary>Until two runs are the same: all that is made once in a process has been made then.</summary>
    private void WarmUp()
    {
        if (_isWarm)
        {
            return;
        }

        _isWarm = true;
        var before = Run(InOrder.Instance);
        for (var i = 0; i < MostStrayed && Found is null; i++)
        {
            var now = Run(InOrder.Instance);
            if (now.Trace == before.Trace)
            {
                break;
            }

            before = now;
        }

        Ends.Clear();
        (Schedules, Points) = (0, 0);
    }

    /// <summary>Random schedules.</summary>
    public void Sample(int count, int seed, int changes)
    {
        WarmUp();
        for (var i = 0; i < count && Found is null; i++)
        {
            Run(new ByPriority(unchecked((seed * 7919) + i), _usualPoints, changes));
        }
    }

    private Outcome Run(IChooser chooser)
    {
        var (threads, closing, verdict) = create();
        var scheduler = new Scheduler(chooser);
        scheduler.Run(threads.Select((thread, i) => (i == 0 ? "call" : scenario.Events.ElementAtOrDefault(i - 1) ?? $"thread {i}", thread)));
        var trace = scheduler.Trace;
        if (chooser is not Exhaustive { IsLikeAnother: true })
        {
            Ends.Add(scheduler.State);
        }

        foreach (var close in closing)
        {
            if (scheduler.Failure is null)
            {
                scheduler.Run([("close", close)], InOrder.Instance);
            }
        }

        var failure = scheduler.Failure ?? verdict();
        Schedules++;
        Points += scheduler.Points;
        _usualPoints = scheduler.Points;
        var outcome = new Outcome(scheduler.Taken.ToString(), trace, scheduler.Points, scheduler.HasStrayed, failure);
        if (failure is not null)
        {
            Found ??= new Finding(scenario, outcome.Schedule, failure);
        }

        return outcome;
    }

    /// <param name="Schedule">The choices of the run.</param>
    /// <param name="Trace">A number made of all its scheduling points, in their order.</param>
    /// <param name="Points">How many there were.</param>
    /// <param name="HasStrayed">It was not the run that the chooser wanted.</param>
    /// <param name="Failure">What went wrong, if anything did.</param>
    public sealed record Outcome(string Schedule, ulong Trace, int Points, bool HasStrayed, string? Failure);

    public sealed record Finding(Scenario Scenario, string Schedule, string Failure)
    {
        public override string ToString() => $"{Scenario}, schedule \"{Schedule}\": {Failure}";
    }
}
