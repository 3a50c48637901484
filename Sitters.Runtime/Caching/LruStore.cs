using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Sitters.Runtime;

/// <summary>
/// A cache that never holds more than its size, always keeps the newest result, and drops the least recently used. Libraries have
/// one or the other of: a strict bound from 1 on, expiry on a TimeProvider, look-ups without allocation.
/// </summary>
/// <typeparam name="TKey">The call, equal by its arguments.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class LruStore<TKey, T>(int size, TimeSpan? lifetime, TimeSpan? slidingTime) : IResultStore<TKey, T>
    where TKey : struct, IEquatable<TKey>
{
    private readonly ConcurrentDictionary<TKey, Node> _nodes = new(concurrencyLevel: 1, capacity: Math.Min(size, 31));
    private readonly bool _expires = lifetime is not null || slidingTime is not null;
    private Node? _newest;
    private Node? _oldest;
    private int _count;

    public bool TryGet(in TKey key, [NotNullWhen(true)] out CacheEntry<T>? entry)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            entry = null;
            return false;
        }

        if (_expires && HasExpired(node))
        {
            entry = null;
            return false;
        }

        if (_newest != node)
        {
            Touch(node);
        }

        entry = node.Entry;
        return true;
    }

    public void Set(TKey key, T value)
    {
        var now = _expires ? Clock.Now : 0;
        var node = new Node(key, new CacheEntry<T>(value))
        {
            ExpiresAt = lifetime is { } time ? now + time.Ticks : long.MaxValue,
            UsedAt = now,
        };
        lock (_nodes)
        {
            if (_nodes.TryGetValue(key, out var previous))
            {
                Remove(previous);
            }
            else if (_count == size)
            {
                Remove(_oldest!);
            }

            PutFirst(node);
            _nodes[key] = node;
            _count++;
        }
    }

    private bool HasExpired(Node node)
    {
        var now = Clock.Now;
        if (now < node.ExpiresAt && (slidingTime is not { } idle || now - Volatile.Read(ref node.UsedAt) < idle.Ticks))
        {
            Volatile.Write(ref node.UsedAt, now);
            return false;
        }

        lock (_nodes)
        {
            if (node.IsListed)
            {
                Remove(node);
            }
        }

        return true;
    }

    private void Touch(Node node)
    {
        lock (_nodes)
        {
            if (node.IsListed)
            {
                Unlink(node);
                PutFirst(node);
            }
        }
    }

    private void Remove(Node node)
    {
        Unlink(node);
        _nodes.TryRemove(node.Key, out _);
        _count--;
    }

    private void PutFirst(Node node)
    {
        node.IsListed = true;
        node.Older = _newest;
        if (_newest is not null)
        {
            _newest.Newer = node;
        }

        _newest = node;
        _oldest ??= node;
    }

    private void Unlink(Node node)
    {
        if (node.Newer is { } newer)
        {
            newer.Older = node.Older;
        }
        else
        {
            _newest = node.Older;
        }

        if (node.Older is { } older)
        {
            older.Newer = node.Newer;
        }
        else
        {
            _oldest = node.Newer;
        }

        node.Newer = node.Older = null;
        node.IsListed = false;
    }

    private sealed class Node(TKey key, CacheEntry<T> entry)
    {
        public long UsedAt;

        public TKey Key { get; } = key;

        public CacheEntry<T> Entry { get; } = entry;

        public long ExpiresAt { get; init; }

        public Node? Newer { get; set; }

        public Node? Older { get; set; }

        public bool IsListed { get; set; }
    }
}
