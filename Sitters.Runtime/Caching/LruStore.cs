using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Telemetry;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Caching;

/// <summary>
/// A cache that never holds more than its size, always keeps the newest result, and drops the least recently used. Available libraries
/// lack one of these: a strict bound from 1 on, expiry by a TimeProvider, look-ups without allocation, keys that may change.
/// </summary>
/// <remarks>
/// A look-up takes no lock: it only stamps the node that it finds, and writes nothing if that has one of the newest stamps. The queue knows
/// the stamps of earlier: its first node is either the least recently used, or has a newer stamp, and is put back where that belongs.
/// </remarks>
/// <param name="limits">How many results it keeps, and for how long.</param>
/// <param name="onEvicted">Told, under no lock, why a result was dropped.</param>
/// <typeparam name="TKey">The call, equal by its arguments.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class LruStore<TKey, T>(CacheLimits limits, Action<string>? onEvicted = null) : IResultStore<TKey, T>
    where TKey : struct, IEquatable<TKey>
{
    private const int Small = 64;

    // In fields of their own: a look-up reads them.
    private readonly TimeSpan? _lifetime = limits.Time;
    private readonly TimeSpan? _slidingTime = limits.SlidingTime;
    private readonly bool _expires = limits.Time is not null || limits.SlidingTime is not null;

    /// <summary>
    /// A node is among the newest if no more others have been stamped since: a quarter of a large cache, of which what is used all the time
    /// is a part. Threads that look it up then share no line of memory that one of them writes. In a small one the order is kept to the last.
    /// </summary>
    private readonly long _newest = limits.Size < Small ? 0 : limits.Size / 4;
    private readonly object _lock = new();

    /// <summary>Changed only under the lock. A struct, so not readonly: that would have it copied.</summary>
    private KeyTable<TKey, Node> _nodes = new();

    /// <summary>All nodes, by the use that the queue has seen. Guarded by the lock.</summary>
    private readonly PriorityQueue<Node, long> _queue = new();
    private long _uses;
    private long _count;

    /// <summary>How many results it holds, those included whose time is over but which nobody has asked for since.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>How many stamps were given.</summary>
    public long Stamps => Interlocked.Read(ref _uses);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(in TKey key, int hash, [NotNullWhen(true)] out StoredResult<T>? entry)
    {
        entry = null;
        if (_nodes.Find(key, hash) is not { } node
            || Volatile.Read(ref node.Entry) is not { } stored
            || (_expires && HasExpired(node, (DatedResult)stored)))
        {
            return false;
        }

        if (Volatile.Read(ref _uses) - Volatile.Read(ref node.LastUse) > _newest)
        {
            Volatile.Write(ref node.LastUse, Interlocked.Increment(ref _uses));
        }

        entry = stored;
        return true;
    }

    public void Set(in TKey key, int hash, T value)
    {
        var entry = _expires ? new DatedResult(value, Sitter.TimeProvider) : new StoredResult<T>(value);
        while (true)
        {
            var node = _nodes.Find(key, hash, out var place);
            var hasEvicted = false;
            lock (_lock)
            {
                if (!_nodes.IsUnchanged(place))
                {
                    continue;
                }

                StoreLocked(node ?? AddLocked(key, hash, out hasEvicted), entry);
            }

            if (hasEvicted)
            {
                onEvicted?.Invoke(CacheTelemetry.Capacity);
            }

            return;
        }
    }

    private void StoreLocked(Node node, StoredResult<T> entry)
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The nodes are guarded by the lock.");
        var isNew = node.LastUse == 0;
        if (Interlocked.Exchange(ref node.Entry, entry) is null)
        {
            Interlocked.Increment(ref _count);
        }

        Volatile.Write(ref node.LastUse, Interlocked.Increment(ref _uses));
        if (isNew)
        {
            _queue.Enqueue(node, node.LastUse);
        }
    }

    private Node AddLocked(in TKey key, int hash, out bool hasEvicted)
    {
        hasEvicted = false;
        if (_queue.Count == limits.Size)
        {
            var last = TakeLeastRecentlyUsedLocked();
            _nodes.Remove(last.Hash, last);
            hasEvicted = TryDrop(last, Volatile.Read(ref last.Entry));
        }

        var node = new Node(hash);
        _nodes.Add(key, hash, node);
        return node;
    }

    private Node TakeLeastRecentlyUsedLocked()
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The queue is guarded by the lock.");
        var node = _queue.Dequeue();

        // Once around is enough: what is used while the queue is sorted may come out as if it had not been.
        for (var i = _queue.Count; i > 0; i--)
        {
            var lastUse = Volatile.Read(ref node.LastUse);
            _queue.TryPeek(out _, out var next);
            if (lastUse <= next)
            {
                break;
            }

            node = _queue.EnqueueDequeue(node, lastUse);
        }

        return node;
    }

    private bool HasExpired(Node node, DatedResult entry)
    {
        // Stamps of different clocks can't be compared: what another one has stamped is over.
        var clock = Sitter.TimeProvider;
        if (clock == entry.Clock)
        {
            var now = Clock.Read(clock);
            if ((_lifetime is not { } time || now - entry.StoredAt < time.Ticks)
                && (_slidingTime is not { } idle || now - Volatile.Read(ref entry.UsedAt) < idle.Ticks))
            {
                if (_slidingTime is not null)
                {
                    Volatile.Write(ref entry.UsedAt, now);
                }

                return false;
            }
        }

        // The node stays until its place is needed; its value does not.
        if (TryDrop(node, entry))
        {
            onEvicted?.Invoke(CacheTelemetry.Expired);
        }

        return true;
    }

    /// <summary>Takes a result out of its node, unless that was done already.</summary>
    private bool TryDrop(Node node, StoredResult<T>? entry)
    {
        if (entry is null || Interlocked.CompareExchange(ref node.Entry, null, entry) != entry)
        {
            return false;
        }

        Interlocked.Decrement(ref _count);
        return true;
    }

    private sealed class Node(int hash)
    {
        // Read without the lock, by Volatile. The stamp is written without it too: the last use to write wins, which is near enough.
        public StoredResult<T>? Entry;
        public long LastUse;

        public int Hash => hash;
    }

    private sealed class DatedResult : StoredResult<T>
    {
        /// <summary>Written without a lock: the last use to write wins, which is near enough.</summary>
        public long UsedAt;

        public DatedResult(T value, TimeProvider clock)
            : base(value)
        {
            Clock = clock;
            StoredAt = UsedAt = Time.Clock.Read(clock);
        }

        public TimeProvider Clock { get; }

        public long StoredAt { get; }
    }
}
