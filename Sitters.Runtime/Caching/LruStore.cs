using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Caching;

/// <summary>
/// A cache that never holds more than its size, always keeps the newest result, and drops the least recently used. Available libraries
/// lack one of these: a strict bound from 1 on, expiry by a TimeProvider, look-ups without allocation.
/// </summary>
/// <remarks>
/// A look-up takes no lock: it only stamps the node that it finds. The queue knows the stamps of earlier: its first node is either the
/// least recently used, or has a newer stamp, and is put back where that belongs.
/// </remarks>
/// <typeparam name="TKey">The call, equal by its arguments.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class LruStore<TKey, T>(int size, TimeSpan? lifetime, TimeSpan? slidingTime) : IResultStore<TKey, T>
    where TKey : struct, IEquatable<TKey>
{
    /// <summary>Written only under the lock, so by one writer at a time; 31 is the dictionary's default capacity.</summary>
    private readonly ConcurrentDictionary<TKey, Node> _nodes = new(concurrencyLevel: 1, capacity: Math.Min(size, 31));
    private readonly bool _expires = lifetime is not null || slidingTime is not null;

    private readonly object _lock = new();

    /// <summary>All nodes, by the use that the queue has seen. Guarded by the lock.</summary>
    private readonly PriorityQueue<Node, long> _queue = new();
    private long _uses;

    public bool TryGet(in TKey key, [NotNullWhen(true)] out StoredResult<T>? entry)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            entry = null;
            return false;
        }

        entry = node.Entry;
        if (entry is null || (_expires && HasExpired(node)))
        {
            entry = null;
            return false;
        }

        if (Volatile.Read(ref node.LastUse) != Volatile.Read(ref _uses))
        {
            Volatile.Write(ref node.LastUse, Interlocked.Increment(ref _uses));
        }

        return true;
    }

    public void Set(TKey key, T value)
    {
        lock (_lock)
        {
            var now = _expires ? Clock.Now : 0;
            if (!_nodes.TryGetValue(key, out var node))
            {
                if (_queue.Count == size)
                {
                    _nodes.TryRemove(TakeLeastRecentlyUsedLocked().Key, out _);
                }

                node = new Node(key);
            }

            node.UsedAt = now;
            node.ExpiresAt = lifetime is { } time ? now + time.Ticks : long.MaxValue;
            var isNew = node.LastUse == 0;
            Volatile.Write(ref node.LastUse, Interlocked.Increment(ref _uses));
            Volatile.Write(ref node.Entry, new StoredResult<T>(value));
            if (isNew)
            {
                _queue.Enqueue(node, node.LastUse);
                _nodes[key] = node;
            }
        }
    }

    private Node TakeLeastRecentlyUsedLocked()
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The queue is guarded by the lock.");
        var node = _queue.Dequeue();
        while (_queue.TryPeek(out _, out var next) && Volatile.Read(ref node.LastUse) > next)
        {
            node = _queue.EnqueueDequeue(node, node.LastUse);
        }

        return node;
    }

    private bool HasExpired(Node node)
    {
        var now = Clock.Now;
        if (now < Volatile.Read(ref node.ExpiresAt) && (slidingTime is not { } idle || now - Volatile.Read(ref node.UsedAt) < idle.Ticks))
        {
            Volatile.Write(ref node.UsedAt, now);
            return false;
        }

        lock (_lock)
        {
            if (now >= node.ExpiresAt || (slidingTime is { } time && now - node.UsedAt >= time.Ticks))
            {
                // The node stays until its place is needed; its value does not.
                node.Entry = null;
            }
        }

        return true;
    }

    private sealed class Node(TKey key)
    {
        // Read without the lock, by Volatile. The stamps are written without it too: the last use to write wins, which is near enough.
        public StoredResult<T>? Entry;
        public long LastUse;
        public long UsedAt;
        public long ExpiresAt;

        public TKey Key { get; } = key;
    }
}
