using System.Runtime.InteropServices;
using Tests.Interleavings.Scheduling;

namespace Tests.Interleavings.Exploring;

/// <summary>Nothing is preempted, and the oldest goes first.</summary>
internal sealed class InOrder : IChooser
{
    public static InOrder Instance { get; } = new();

    public bool Wants(int point, bool matters) => false;

    public int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning, ulong state) => 0;
}

/// <summary>One schedule, as it is written.</summary>
internal sealed class Replay(Schedule schedule) : IChooser
{
    public bool Wants(int point, bool matters) => schedule.At(point) is not null;

    public int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning, ulong state)
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
/// <param name="points">How many points that matter a run has, about.</param>
/// <param name="changes">At how many of them the priorities change.</param>
internal sealed class ByPriority(int seed, int points, int changes) : IChooser
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<int, int> _priorities = [];
    private HashSet<int>? _changes;
    private int _passed;
    private int _lowest;

    public bool Wants(int point, bool matters)
    {
        if (!matters)
        {
            return false;
        }

        _passed++;
        return true;
    }

    public int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning, ulong state)
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

/// <summary>All schedules up to a number of preemptions, one after another: depth first, from what happens by itself.</summary>
/// <param name="preemptions">The number.</param>
/// <param name="turns">
/// How often another thread than the oldest may go on where the running one can't: each time is a choice too, but takes nobody's turn away.
/// </param>
internal sealed class Exhaustive(int preemptions, int turns) : IChooser
{
    private readonly List<Choice> _choices = [];

    /// <summary>The states that a choice was made in, and with how few preemptions they were come to.</summary>
    private readonly Dictionary<ulong, (int Preemptions, int Turns)> _states = [];
    private int _next;
    private int _used;
    private int _turns;
    private bool _begins;

    /// <summary>The rest of the run is like one before.</summary>
    private bool _isKnown;

    public bool Wants(int point, bool matters) => matters && _used < preemptions && !_isKnown;

    public int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning, ulong state)
    {
        if (_isKnown)
        {
            return 0;
        }

        if (_next == _choices.Count)
        {
            // From the same state, with as many preemptions left, everything was run before, or will be.
            ref var used = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _states, isRunning ? Places.Mix(state, ready[0].Key + 1) : state, out var isSeen);
            if (isSeen && used.Preemptions <= _used && used.Turns <= _turns)
            {
                _isKnown = true;
                return 0;
            }

            used = (_used, _turns);
            _choices.Add(new Choice(0, ready.Count, point, isRunning));
        }

        var choice = _choices[_next++];
        if (choice.Count != ready.Count || choice.Point != point || choice.IsRunning != isRunning)
        {
            throw new ScheduleFailure(
                $"The run is not determined by its choices: at choice {_next} there were {choice.Count} threads at point {choice.Point}, "
                    + $"and now there are {ready.Count} at point {point}.");
        }

        Count(choice, 1);
        return choice.Taken;
    }

    /// <summary>Begins again.</summary>
    public void Again()
    {
        _choices.Clear();
        _states.Clear();
        _begins = true;
    }

    /// <summary>Goes on to the next schedule.</summary>
    /// <returns>False if that was the last one.</returns>
    public bool Next()
    {
        if (_begins)
        {
            _begins = false;
            Begin();
            return true;
        }

        while (_choices.Count > 0)
        {
            var last = _choices[^1];
            _choices.RemoveAt(_choices.Count - 1);
            Count(last, -1);
            if (last.Taken + 1 < last.Count && (last.IsRunning ? _used < preemptions : _turns < turns))
            {
                _choices.Add(last with { Taken = last.Taken + 1 });
                Begin();
                return true;
            }
        }

        return false;
    }

    private void Count(Choice choice, int times)
    {
        _used += choice is { IsRunning: true, Taken: not 0 } ? times : 0;
        _turns += choice is { IsRunning: false, Taken: not 0 } ? times : 0;
    }

    private void Begin()
    {
        _next = 0;
        _used = 0;
        _turns = 0;
        _isKnown = false;
    }

    private readonly record struct Choice(int Taken, int Count, int Point, bool IsRunning);
}
