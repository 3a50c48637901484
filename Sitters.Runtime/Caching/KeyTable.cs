using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Caching;

/// <summary>
/// A hash table whose keys run code of the user's. That code runs in look-ups alone, which take no lock: an entry keeps the hash code that
/// its key had when it was added, and is removed by reference. So a key may change, throw or block, and costs its own call at most.
/// </summary>
/// <remarks>
/// Whoever changes the table holds a lock of its own. To add a key that is not there it looks the key up without the lock, and adds it
/// under the lock if the place is still as it was.
/// </remarks>
/// <typeparam name="TKey">The call, equal by its arguments.</typeparam>
/// <typeparam name="TValue">What is kept for it.</typeparam>
[StackTraceHidden]
internal struct KeyTable<TKey, TValue>()
    where TKey : struct, IEquatable<TKey>
    where TValue : class
{
    /// <summary>2 to the power of 32 divided by the golden ratio: spreads hash codes over their upper bits.</summary>
    private const uint Spread = 2654435769;

    /// <summary>A power of two. Replaced as a whole when it grows, so that readers of the earlier one are not disturbed.</summary>
    private Bucket[] _buckets = new Bucket[4];
    private int _count;

    /// <summary>Finds a key. Code of the user's may run, and throw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TValue? Find(in TKey key, int hash)
    {
        var buckets = Volatile.Read(ref _buckets);
        return Find(key, hash, ref buckets[IndexOf(hash, buckets)]);
    }

    /// <summary>The same, and where the key would be.</summary>
    public TValue? Find(in TKey key, int hash, out Place place)
    {
        var buckets = Volatile.Read(ref _buckets);
        var index = IndexOf(hash, buckets);

        // Read before the entries: a change that comes in between makes the place outdated.
        place = new Place(buckets, index, Volatile.Read(ref buckets[index].Changes));
        return Find(key, hash, ref buckets[index]);
    }

    /// <summary>Whether what was found at a place is still true. Under the lock of the owner.</summary>
    public bool IsUnchanged(in Place place) => place.Buckets == _buckets && place.Changes == _buckets[place.Index].Changes;

    /// <summary>Adds a key that is not there. Under the lock of the owner.</summary>
    public void Add(in TKey key, int hash, TValue value)
    {
        if (_count == _buckets.Length)
        {
            Grow();
        }

        Link(_buckets, key, hash, value);
        _count++;
    }

    /// <summary>Removes an entry, if it is there. Under the lock of the owner.</summary>
    public void Remove(int hash, TValue value)
    {
        ref var bucket = ref _buckets[IndexOf(hash, _buckets)];
        Entry? before = null;
        for (var entry = bucket.First; entry is not null; before = entry, entry = entry.Next)
        {
            if (entry.Value == value)
            {
                // The entry keeps its own link, for readers that are at it.
                Volatile.Write(ref (before is null ? ref bucket.First : ref before.Next), entry.Next);
                Volatile.Write(ref bucket.Changes, bucket.Changes + 1);
                _count--;
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TValue? Find(in TKey key, int hash, ref Bucket bucket)
    {
        for (var entry = Volatile.Read(ref bucket.First); entry is not null; entry = Volatile.Read(ref entry.Next))
        {
            if (entry.Hash == hash && entry.Key.Equals(key))
            {
                return entry.Value;
            }
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf(int hash, Bucket[] buckets) =>
        (int)(((uint)hash * Spread) >> (BitOperations.LeadingZeroCount((uint)buckets.Length) + 1));

    private static void Link(Bucket[] buckets, in TKey key, int hash, TValue value)
    {
        ref var bucket = ref buckets[IndexOf(hash, buckets)];
        Volatile.Write(ref bucket.First, new Entry(key, hash, value, bucket.First));
        Volatile.Write(ref bucket.Changes, bucket.Changes + 1);
    }

    private void Grow()
    {
        var grown = new Bucket[_buckets.Length * 2];
        foreach (var bucket in _buckets)
        {
            for (var entry = bucket.First; entry is not null; entry = entry.Next)
            {
                Link(grown, entry.Key, entry.Hash, entry.Value);
            }
        }

        Volatile.Write(ref _buckets, grown);
    }

    /// <summary>Where a key was looked for, and how often that place had changed by then.</summary>
    internal readonly record struct Place(Bucket[] Buckets, int Index, int Changes);

    internal struct Bucket
    {
        public Entry? First;
        public int Changes;
    }

    internal sealed class Entry(in TKey key, int hash, TValue value, Entry? next)
    {
        /// <summary>Never changed; not readonly, as each comparison would then copy it.</summary>
        public TKey Key = key;
        public readonly int Hash = hash;
        public readonly TValue Value = value;
        public Entry? Next = next;
    }
}
