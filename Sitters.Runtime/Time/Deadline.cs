using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Time;

/// <summary>A limit of time for something a call does. It stands still while the call is paused.</summary>
internal sealed class Deadline(Call call, DeadlineQueue queue, long startedAt, Action? onExpired = null)
{
    private long _heldAt;

    /// <summary>When it is over, by <see cref="Clock"/>.</summary>
    public long DueAt { get; private set; } = startedAt + queue.Limit;

    // The queue's links, guarded by its lock.
    public bool IsQueued { get; set; }

    public Deadline? Earlier { get; set; }

    public Deadline? Later { get; set; }

    /// <summary>The next deadline of the same call, guarded by the call's lock.</summary>
    public Deadline? Next { get; set; }

    public void Start() => queue.Add(this);

    /// <summary>Lets it stand still, by its own clock, which need not be the current one.</summary>
    public void Hold()
    {
        queue.Remove(this);
        _heldAt = queue.Now;
    }

    /// <summary>Lets it go on after it was held.</summary>
    public void GoOn()
    {
        DueAt += queue.Now - _heldAt;
        queue.Add(this);
    }

    public void Stop() => queue.Remove(this);

    public void Expire()
    {
        if (onExpired is null)
        {
            call.OnTimeout();
        }
        else
        {
            onExpired();
        }
    }
}
