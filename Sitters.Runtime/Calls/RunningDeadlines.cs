using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>The deadlines of a call, in a list linked through them. Guarded by the call's lock.</summary>
internal struct RunningDeadlines
{
    private Deadline? _first;

    public void Add(Deadline deadline)
    {
        deadline.Next = _first;
        _first = deadline;
    }

    public void Remove(Deadline deadline)
    {
        if (_first == deadline)
        {
            _first = deadline.Next;
            return;
        }

        for (var before = _first; before is not null; before = before.Next)
        {
            if (before.Next == deadline)
            {
                before.Next = deadline.Next;
                return;
            }
        }
    }

    /// <summary>The first one, which leads to the others.</summary>
    public readonly Deadline? First => _first;

    public readonly List<Deadline> ToList()
    {
        List<Deadline> deadlines = [];
        for (var deadline = _first; deadline is not null; deadline = deadline.Next)
        {
            deadlines.Add(deadline);
        }

        return deadlines;
    }

    /// <summary>Takes them all away, to be stopped outside the lock.</summary>
    /// <returns>The first one, which leads to the others.</returns>
    public Deadline? TakeAll()
    {
        var first = _first;
        _first = null;
        return first;
    }

    /// <summary>Suspends them all.</summary>
    public readonly void PauseAll(long now)
    {
        for (var deadline = _first; deadline is not null; deadline = deadline.Next)
        {
            deadline.Pause(now);
        }
    }

    /// <summary>Continues them all after <see cref="PauseAll"/>.</summary>
    /// <returns>All of them, and whether the time of each is over: what that takes is done outside the lock.</returns>
    public readonly List<(Deadline Deadline, bool IsDue)> ResumeAll(long now) =>
        ToList().ConvertAll(deadline => (deadline, !deadline.TryResume(now)));
}
