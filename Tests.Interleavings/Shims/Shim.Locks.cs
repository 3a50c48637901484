using Tests.Interleavings.Scheduling;

namespace Tests.Interleavings.Shims;

// Monitors. In a schedule no real one is ever taken.
public static partial class Shim
{
    public static void Enter(object guard, ref bool taken, int place)
    {
        if (Scheduler.Current is not null)
        {
            Scheduler.Mine!.Enter(guard, place);
            taken = true;
        }
        else
        {
            CheckControlled();
            Monitor.Enter(guard, ref taken);
        }
    }

    public static void Exit(object guard)
    {
        if (Scheduler.Current is not null)
        {
            Scheduler.Mine!.Exit(guard);
        }
        else
        {
            Monitor.Exit(guard);
        }
    }

    public static bool IsEntered(object guard) =>
        Scheduler.Current is not null ? Scheduler.Mine!.IsEntered(guard) : Monitor.IsEntered(guard);

    /// <summary>Nobody waits by a monitor but the thread of the time, which does not run.</summary>
    public static void Pulse(object guard) => _ = guard;

    public static bool Wait(object guard, int milliseconds)
    {
        NotModelled("Monitor.Wait");
        return Monitor.Wait(guard, milliseconds);
    }
}
