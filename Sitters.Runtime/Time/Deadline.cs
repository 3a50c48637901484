namespace Sitters.Runtime.Time;

/// <summary>A time limit for something that a call does. It stands still while the call is paused.</summary>
/// <param name="queue">The deadlines of the same limit and clock.</param>
/// <param name="startedAt">When what is limited began, by <see cref="Clock"/>.</param>
internal abstract class Deadline(DeadlineQueue queue, long startedAt)
{
    private long _pausedAt;

    /// <summary>When it is over, by <see cref="Clock"/>.</summary>
    public long DueAt { get; private set; } = startedAt + queue.Limit;

    /// <summary>Whether the queue holds it. Guarded by the queue's lock, as its two neighbours there.</summary>
    public bool IsQueued { get; set; }

    public Deadline? Earlier { get; set; }

    public Deadline? Later { get; set; }

    /// <summary>The next deadline of the same call. Guarded by the call's lock.</summary>
    public Deadline? Next { get; set; }

    public void Start() => queue.Add(this);

    /// <summary>Lets it stand still, by its own clock, which need not be the current one.</summary>
    public void Pause()
    {
        queue.Remove(this);
        _pausedAt = queue.Now;
    }

    /// <summary>Lets it go on after it was paused.</summary>
    public void Resume()
    {
        DueAt += queue.Now - _pausedAt;
        queue.Add(this);
    }

    public void Stop() => queue.Remove(this);

    /// <summary>The time is over. Called on the thread pool or by the clock's timer, under no lock.</summary>
    protected internal abstract void Expire();
}
