using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Control;

/// <summary>Interrupts many calls without keeping whoever orders it.</summary>
internal static class Broadcast
{
    /// <summary>
    /// So many calls are interrupted by the thread that orders it, which then finds it done. More are left to the thread pool: each
    /// takes several microseconds, and the caller is not to wait for them.
    /// </summary>
    private const int MostAtOnce = 512;

    /// <summary>Does something to many calls, and then says so.</summary>
    public static void To(List<Call> calls, Action<Call> action, Action done)
    {
        if (calls.Count <= MostAtOnce)
        {
            calls.ForEach(call => call.Guard(action));
            done();
            return;
        }

        var left = (calls.Count + MostAtOnce - 1) / MostAtOnce;
        for (var from = 0; from < calls.Count; from += MostAtOnce)
        {
            var first = from;
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    for (var i = first; i < Math.Min(first + MostAtOnce, calls.Count); i++)
                    {
                        calls[i].Guard(action);
                    }

                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        done();
                    }
                },
                null);
        }
    }
}
