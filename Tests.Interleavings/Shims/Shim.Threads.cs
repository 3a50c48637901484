using Tests.Interleavings.Scheduling;

namespace Tests.Interleavings.Shims;

// The thread pool, threads and timers.
public static partial class Shim
{
    public static bool UnsafeQueueUserWorkItem(IThreadPoolWorkItem item, bool preferLocal) =>
        TryQueue("pool", item.Execute) || ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal);

    public static bool UnsafeQueueUserWorkItem<T>(Action<T> item, T state, bool preferLocal) =>
        TryQueue("pool", () => item(state)) || ThreadPool.UnsafeQueueUserWorkItem(item, state, preferLocal);

    public static bool UnsafeQueueUserWorkItem(WaitCallback item, object? state) =>
        TryQueue("pool", () => item(state)) || ThreadPool.UnsafeQueueUserWorkItem(item, state);

    /// <summary>No thread of the runtime's own runs beside a schedule.</summary>
    public static void Start(Thread thread) => _ = thread;

    /// <summary>Timers of the system's do not ring beside a schedule; those of the scenario's clock are its events.</summary>
    public static bool Change(Timer timer, TimeSpan due, TimeSpan period)
    {
        _ = (timer, due, period);
        return true;
    }

    /// <summary>Another item of the pool, which the scheduler starts when it likes.</summary>
    private static bool TryQueue(string name, Action item)
    {
        if (Scheduler.Current is null)
        {
            CheckControlled();
            return false;
        }

        Scheduler.Mine!.Add(name, item);
        return true;
    }
}
