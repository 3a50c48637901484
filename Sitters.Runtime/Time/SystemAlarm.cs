namespace Sitters.Runtime.Time;

/// <summary>An alarm on the system's clock, which <see cref="TimeThread"/> rings: it needs no thread of a pool that may be busy.</summary>
internal sealed class SystemAlarm(Action<long> ring) : Alarm
{
    private long _time = Never;
    private bool _isKnown;

    public long Time => Volatile.Read(ref _time);

    public override void Want(long time) => Volatile.Write(ref _time, time);

    public override Exception? Apply()
    {
        // Either this thread sees until when the other one sleeps, or that one sees the time that was written before.
        Interlocked.MemoryBarrier();
        if (!Volatile.Read(ref _isKnown) || Time < TimeThread.SleepsUntil)
        {
            Volatile.Write(ref _isKnown, true);
            TimeThread.WakeFor(this);
        }

        return null;
    }

    /// <summary>The time has come. Called by the thread of the alarms, which it must not hold up.</summary>
    public void Ring() => ring(Time);
}
