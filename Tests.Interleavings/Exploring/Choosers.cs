using Tests.Interleavings.Scheduling;

namespace Tests.Interleavings.Exploring;

/// <summary>Nothing is preempted, and the oldest goes first.</summary>
internal sealed class InOrder : IChooser
{
    public static InOrder Instance { get; } = new();

    public bool Wants(LogicalThread running, int point) => false;

    public int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning) => 0;
}

/// <summary>One schedule, as it is written.</summary>
internal sealed class Replay(Schedule schedule) : IChooser
{
    public bool Wants(LogicalThread running, int point) => schedule.At(point) is not null;

    public int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning)
    {
        if (schedule.At(point) is not { } id)
        {
            return 0;
        }

        for (var i = 0; i < ready.Count; i++)
        {
            if (ready[i].Id == id)
            {
                return i;
            }
        }

        return 0;
    }
}

/// <summary>
/// A random schedule: each thread has a priority, the highest that is ready runs, and at a few random points the running one falls to the
/// lowest (PCT: a fault that needs so many of them is found with a known probability).
/// </summary>
/// <param name="seed">The same one makes the same schedule.</param>
/// <param name="points">How many points a run has, about.</param>
/// <param name="changes">At how many of them the priorities change.</param>
internal sealed class ByPriority(int seed, int points, int changes) : IChooser
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<int, int> _priorities = [];
    private HashSet<int>? _changes;
    private int _passed;
    private int _lowest;

    public bool Wants(LogicalThread running, int point)
    {
        _passed++;
        return true;
    }

    public int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning)
    {
        _changes ??= [.. Enumerable.Range(0, changes).Select(_ => _random.Next(Math.Max(1, points)))];
        if (isRunning && _changes.Contains(_passed))
        {
            _priorities[ready[0].Id] = --_lowest;
        }

        var best = 0;
        for (var i = 0; i < ready.Count; i++)
        {
            _priorities.TryAdd(ready[i].Id, _random.Next(1, int.MaxValue));
            best = _priorities[ready[i].Id] > _priorities[ready[best].Id] ? i : best;
        }

        return best;
    }
}
