using System.Diagnostics;

namespace Sitters.Runtime.Time;

/// <summary>A time limit for something that a call does. It is suspended while the call is paused.</summary>
/// <param name="queue">The deadlines of the same limit and clock.</param>
/// <param name="startedAt">The start of the time that is limited, by <see cref="Clock"/>.</param>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
internal abstract class Deadline(DeadlineQueue queue, long startedAt)
{
    /// <summary>Guarded by the call's lock, as is <see cref="DueAt"/>, which changes only while the queue does not hold it.</summary>
    private long _pausedAt;

    /// <summary>When the time is over, by <see cref="Clock"/>.</summary>
    public long DueAt { get; private set; } = startedAt + queue.Limit;

    /// <summary>Whether the queue holds it. Guarded by the queue's lock, as are its two neighbours.</summary>
    public bool IsQueued { get; set; }

    public Deadline? Earlier { get; set; }

    public Deadline? Later { get; set; }

    /// <summary>The next deadline of the same call. Guarded by the call's lock.</summary>
    public Deadline? Next { get; set; }

    private string DebuggerDisplay =>
        $"{GetType().Name}: due in {TimeSpan.FromTicks(DueAt - queue.Now).TotalSeconds:0.###} s{(IsQueued ? "" : ", not running")}";

    public void Start() => queue.Add(this);

    /// <summary>Suspends it, by its own clock, which need not be the current one.</summary>
    public void Pause()
    {
        queue.Remove(this);
        _pausedAt = queue.Now;
    }

    /// <summary>Continues it after it was paused.</summary>
    public void Resume()
    {
        DueAt += queue.Now - _pausedAt;
        queue.Add(this);
    }

    public void Stop() => queue.Remove(this);

    /// <summary>The time is over. Called on the thread pool or by the clock's timer, under no lock.</summary>
    protected internal abstract void Expire();
}
