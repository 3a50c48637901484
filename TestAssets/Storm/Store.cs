using Sitters;

namespace Storm;

/// <summary>A queue of items, from which each is taken once. It knows who has taken what.</summary>
internal static class Store
{
    private static readonly Lock _lock = new();
    private static readonly Queue<Item> _items = new();
    private static readonly LinkedList<Taker> _takers = new();
    private static readonly HashSet<Item> _taken = [];

    public static int Left
    {
        get
        {
            lock (_lock)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>What was handed over to a method that did not get it.</summary>
    public static IReadOnlyList<string> Lost
    {
        get
        {
            lock (_lock)
            {
                return [.. _taken.Select(static item => $"an item taken by {item.Taker}")];
            }
        }
    }

    public static void Put()
    {
        Books.Count("items put");
        var item = new Item();
        Taker? taker;
        lock (_lock)
        {
            do
            {
                taker = _takers.First?.Value;
                if (taker is null)
                {
                    _items.Enqueue(item);
                    return;
                }

                _takers.RemoveFirst();
                item.Taker = taker;
                _taken.Add(item);
                if (taker.TrySetResult(item))
                {
                    return;
                }

                _taken.Remove(item);
            }
            while (true);
        }
    }

    /// <summary>Takes an item, now or when there is one.</summary>
    public static Task<Item> Take(CancellationToken token = default)
    {
        var taker = new Taker(token.CanBeCanceled);
        lock (_lock)
        {
            if (_items.TryDequeue(out var item))
            {
                item.Taker = taker;
                _taken.Add(item);
                taker.SetResult(item);
                return taker.Task;
            }

            _takers.AddLast(taker);
        }

        token.UnsafeRegister(static (state, token) => ((Taker)state!).TrySetCanceled(token), taker);
        return taker.Task;
    }

    /// <summary>The method has the item.</summary>
    public static void Receive(Item item)
    {
        Books.Count("items received");
        lock (_lock)
        {
            Books.Expect(_taken.Remove(item), "an item is received twice");
        }
    }

    public sealed class Item
    {
        public Taker? Taker { get; set; }
    }

    /// <summary>One that waits for an item.</summary>
    public sealed class Taker(bool hasToken) : TaskCompletionSource<Item>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private readonly SitContext? _call = SitContext.TryGetCurrent(out var call) ? call : null;
        private readonly SitState? _began = SitContext.TryGetCurrent(out var now) ? now.State : null;

        public override string ToString() =>
            $"{_call} ({_began} when it began), interrupted by {_call?.Interrupt}, {(hasToken ? "with" : "without")} a token";
    }
}
