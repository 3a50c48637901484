namespace Tests.Allocations;

/// <summary>Counts what a call allocates on its thread, once the compiler has settled on its code.</summary>
internal static class Bytes
{
    private const int Calls = 1_000;
    private const int Rounds = 20;

    /// <summary>The bytes of one call.</summary>
    /// <remarks>
    /// The better code comes from another thread at a time of its own, and a thread's first call or a code's first run leaves things
    /// behind that stay. What remains when nothing of that happened is the least that many calls in a row have cost. They run on a
    /// thread whose ExecutionContext is empty: NUnit's own makes each change of it larger.
    /// </remarks>
    public static long PerCall(Action call) => Least(() => OfCalls(call));

    /// <summary>The bytes that a call has allocated by the time it hangs at its first await. Some of it may be garbage by then.</summary>
    /// <param name="make">Makes what the call is made on, which is not counted.</param>
    /// <param name="begin">Begins the call.</param>
    /// <param name="end">Lets it go on to its end, which is not counted either.</param>
    public static long InFlight<T>(Func<T> make, Action<T> begin, Action<T> end) => Least(() =>
    {
        var sum = 0L;
        for (var i = 0; i < Calls; i++)
        {
            var subject = make();
            var before = GC.GetAllocatedBytesForCurrentThread();
            begin(subject);
            sum += GC.GetAllocatedBytesForCurrentThread() - before;
            end(subject);
        }

        return sum;
    });

    private static long Least(Func<long> bytes)
    {
        var least = long.MaxValue;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                for (var round = 0; round < Rounds; round++)
                {
                    least = Math.Min(least, bytes());
                }
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.UnsafeStart();
        thread.Join();
        return failure is null ? least / Calls : throw new InvalidOperationException("A call failed.", failure);
    }

    private static long OfCalls(Action call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
