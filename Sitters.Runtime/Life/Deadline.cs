namespace Sitters.Runtime;

/// <summary>A limit of time for something a call does. It stands still while the call is paused.</summary>
internal sealed class Deadline(Call call, DeadlineQueue queue, long startedAt, Action? onExpired = null)
{
    /// <summary>When it is over, by <see cref="Clock"/>.</summary>
    public long DueAt { get; set; } = startedAt + queue.Limit;

    // The queue's links, guarded by its lock.
    public bool IsQueued { get; set; }

    public Deadline? Earlier { get; set; }

    public Deadline? Later { get; set; }

    /// <summary>The next deadline of the same call, guarded by the call's lock.</summary>
    public Deadline? Next { get; set; }

    public void Start() => queue.Add(this);

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
