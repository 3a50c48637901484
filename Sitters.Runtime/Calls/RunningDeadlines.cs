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

    public readonly Deadline? Find(Predicate<Deadline> predicate)
    {
        var deadline = _first;
        while (deadline is not null && !predicate(deadline))
        {
            deadline = deadline.Next;
        }

        return deadline;
    }

    public readonly void StopAll()
    {
        for (var deadline = _first; deadline is not null; deadline = deadline.Next)
        {
            deadline.Stop();
        }
    }

    /// <summary>Suspends them all.</summary>
    public readonly void PauseAll()
    {
        for (var deadline = _first; deadline is not null; deadline = deadline.Next)
        {
            deadline.Pause();
        }
    }

    /// <summary>Continues them all after <see cref="PauseAll"/>.</summary>
    public readonly void ResumeAll()
    {
        for (var deadline = _first; deadline is not null; deadline = deadline.Next)
        {
            deadline.Resume();
        }
    }
}
