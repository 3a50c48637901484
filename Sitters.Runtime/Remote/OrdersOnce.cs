namespace Sitters.Runtime.Remote;

/// <summary>Carries out each order once, however often it is sent: whoever got no answer asks again.</summary>
internal static class OrdersOnce
{
    /// <summary>In milliseconds: so long an order is remembered.</summary>
    private const long Memory = 10 * 60 * 1000;

    /// <summary>Beyond so many the oldest are forgotten.</summary>
    private const int Most = 500;

    private static readonly object _lock = new();

    // Guarded by the lock. The queue has the same, in the order in which they came.
    private static readonly Dictionary<string, OrderRun> _runs = [];
    private static readonly Queue<OrderRun> _queue = new();

    /// <exception cref="RemoteError">It was not carried out, or is still under way.</exception>
    public static void Run(RemoteOrder order, ReadOnlySpan<byte> line, Answer answer)
    {
        if (order.Request is { Id: null } or { DryRun: true })
        {
            new OrderRun(order, line).Start().Wait().WriteTo(answer, isRepeated: false);
            return;
        }

        var run = new OrderRun(order, line);
        if (Remember(run) is { } known)
        {
            if (!known.IsSameAs(run))
            {
                throw RemoteError.Invalid("This id has named another order: nothing was done. Each order needs an id of its own, such as a GUID.");
            }

            known.Wait().WriteTo(answer, isRepeated: true);
            return;
        }

        run.Start().Wait().WriteTo(answer, isRepeated: false);
    }

    /// <returns>The one of that id that came before.</returns>
    private static OrderRun? Remember(OrderRun run)
    {
        lock (_lock)
        {
            while (_queue.TryPeek(out var oldest) && (_queue.Count >= Most || run.At - oldest.At > Memory))
            {
                _queue.Dequeue();
                _runs.Remove(oldest.Id!);
            }

            if (_runs.TryGetValue(run.Id!, out var known))
            {
                return known;
            }

            _runs.Add(run.Id!, run);
            _queue.Enqueue(run);
            return null;
        }
    }
}
