using System.Diagnostics;
using Tests.Interleavings.Scheduling;
using Tests.Interleavings.Shims;

namespace Tests.Interleavings.Exploring;

/// <summary>Runs one scenario under many schedules.</summary>
internal sealed class Explorer(Subject subject, Scenario scenario)
{
    private const int MostStrayed = 50;

    private readonly Places _places = new(Registry.Count);
    private int _matter = 100;
    private int _strayed;
    private bool _isWarm;

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
        return Run(new ByPriority(seed, _matter, changes: 3));
    }

    /// <summary>All schedules up to a number of preemptions, while the budget lasts.</summary>
    /// <param name="preemptions">The number.</param>
    /// <param name="turns">See <see cref="Exhaustive"/>.</param>
    /// <param name="budget">So many schedules at most.</param>
    /// <returns>Whether they were all; also if one of them has failed.</returns>
    public bool Explore(int preemptions, int turns = int.MaxValue, int budget = int.MaxValue)
    {
        WarmUp();
        do
        {
            if (!TryExplore(new Exhaustive(preemptions, turns), budget))
            {
                return false;
            }
        }
        while (Found is null && _places.Learn());
        return true;
    }

    /// <returns>False if the budget does not last.</returns>
    private bool TryExplore(Exhaustive all, int budget)
    {
        do
        {
            if (Schedules >= budget)
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

        _places.EndFirstRuns();
        Run(InOrder.Instance);
        _places.Learn();
    }

    /// <summary>Random schedules.</summary>
    public void Sample(int count, int seed, int changes)
    {
        WarmUp();
        for (var i = 0; i < count && Found is null; i++)
        {
            Run(new ByPriority(unchecked((seed * 7919) + i), _matter, changes));
            _places.Learn();
        }
    }

    private Outcome Run(IChooser chooser)
    {
        var (threads, close, verdict) = subject.Create(scenario);
        var scheduler = new Scheduler(chooser, _places);
        scheduler.Run(threads.Select((thread, i) => (i == 0 ? "call" : scenario.Events[i - 1], thread)));
        var trace = scheduler.Trace;
        if (scheduler.Failure is null)
        {
            scheduler.Run([("close", close)], InOrder.Instance);
        }

        var failure = scheduler.Failure ?? verdict();
        Schedules++;
        Points += scheduler.Points;
        _matter = Math.Max(10, (int)PointsPerSchedule);
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
