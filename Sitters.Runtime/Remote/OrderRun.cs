namespace Sitters.Runtime.Remote;

/// <summary>
/// An order under way, on a thread of its own: it may run code of the program, a handler or a finally block, that does not return, and
/// neither the pool nor whoever brought the order is to hang on that.
/// </summary>
internal sealed class OrderRun(RemoteOrder order, ReadOnlySpan<byte> line)
{
    /// <summary>So many may hang before no more are begun.</summary>
    private const int Most = 64;

    private static int _running;

    private readonly ulong _fingerprint = Fingerprint(line);
    private readonly TaskCompletionSource<OrderResult> _done = new();

    /// <summary>How long an answer waits for it.</summary>
    public static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    public string? Id => order.Request.Id;

    /// <summary>In milliseconds.</summary>
    public long At { get; } = Environment.TickCount64;

    /// <summary>Only chance could deceive it, not whoever asks: all that there is to gain is an answer of one's own.</summary>
    public bool IsSameAs(OrderRun other) => _fingerprint == other._fingerprint;

    public OrderRun Start()
    {
        if (Interlocked.Increment(ref _running) > Most)
        {
            Interlocked.Decrement(ref _running);
            _done.SetException(RemoteError.Busy("Earlier orders have not ended, since code of the program does not return: nothing was done."));
            return this;
        }

        try
        {
            new Thread(Execute) { IsBackground = true, Name = "Sitters: order" }.UnsafeStart();
        }
        catch (OutOfMemoryException)
        {
            Interlocked.Decrement(ref _running);
            _done.SetException(RemoteError.Busy("The system has no thread left for it: nothing was done."));
        }

        return this;
    }

    /// <exception cref="RemoteError">It was not carried out, or is still under way.</exception>
    public OrderResult Wait() => Task.WaitAny([_done.Task], Patience) == 0
        ? _done.Task.GetAwaiter().GetResult()
        : throw RemoteError.Busy(
            "It is under way: code of the program that runs for it, a handler or a finally block, has not returned. The same request again, "
            + "with the same id, asks how it has ended.");

    private static ulong Fingerprint(ReadOnlySpan<byte> line)
    {
        // FNV-1a.
        var hash = 14695981039346656037;
        foreach (var value in line)
        {
            hash = unchecked((hash ^ value) * 1099511628211);
        }

        return hash;
    }

    private void Execute()
    {
        try
        {
            _done.SetResult(order.Execute());
        }
        catch (Exception failure)
        {
            // It is the answer.
            _done.SetException(failure);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
