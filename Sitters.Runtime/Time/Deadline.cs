using System.Diagnostics;

namespace Sitters.Runtime.Time;

/// <summary>A time limit for something that a call does. It is suspended while the call is paused.</summary>
/// <param name="queue">The deadlines of the same limit and clock.</param>
/// <param name="startedAt">The start of the time that is limited, by <see cref="Clock"/>.</param>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
internal abstract class Deadline(DeadlineQueue queue, long startedAt)
{
    /// <summary>
    /// When the time is over, by <see cref="Clock"/>; while it is suspended, how much of the time is left. Guarded by the call's lock, and
    /// changed only while the queue does not hold it.
    /// </summary>
    public long DueAt { get; private set; } = startedAt + queue.Limit;

    /// <summary>Whether the queue holds it. Guarded by the queue's lock, as are its two neighbours.</summary>
    public bool IsQueued { get; set; }

    public Deadline? Earlier { get; set; }

    public Deadline? Later { get; set; }

    /// <summary>The next deadline of the same call. Guarded by the call's lock.</summary>
    public Deadline? Next { get; set; }

    private string DebuggerDisplay =>
        $"{GetType().Name}: due in {TimeSpan.FromTicks(DueAt - queue.Now).TotalSeconds:0.###} s{(IsQueued ? "" : ", not running")}";

    /// <summary>Starts it, by its own clock. Under no lock.</summary>
    public void Start()
    {
        if (queue.TryAdd(this, queue.Now))
        {
            SetAlarm();
        }
        else
        {
            Expire();
        }
    }

    /// <summary>Starts it; <see cref="SetAlarm"/> is to follow, under no lock.</summary>
    /// <returns>False if its time is over by now; the caller has it expire, under no lock.</returns>
    public bool TryStart(long now) => queue.TryAdd(this, now);

    /// <summary>Suspends it.</summary>
    public void Pause(long now)
    {
        queue.Remove(this);
        DueAt -= now;
    }

    /// <summary>Continues it after it was paused, as <see cref="TryStart"/> does.</summary>
    public bool TryResume(long now)
    {
        DueAt += now;
        return queue.TryAdd(this, now);
    }

    /// <summary>Under no lock. A clock of the user's that fails then is told of, and keeps nobody from going on.</summary>
    public void SetAlarm()
    {
        if (queue.SetAlarm() is { } failure)
        {
            OnClockFailed(failure);
        }
    }

    /// <summary>Ends it. As <see cref="SetAlarm"/>.</summary>
    public void Stop()
    {
        queue.Remove(this);
        SetAlarm();
    }

    /// <summary>
    /// The time is over. Called under no lock: on the thread pool, by the user's clock, or by code of the call that looked at the clock.
    /// Another time does no harm.
    /// </summary>
    protected internal abstract void Expire();

    /// <summary>The clock of the user's has failed, where it was read or set for the limit.</summary>
    protected internal abstract void OnClockFailed(Exception failure);
}
