using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tests.Interleavings.Scheduling;

/// <summary>
/// What scheduling points are about: fields and locks. It learns from run to run which of them more than one thread of a scenario touches,
/// since only before these does it matter who goes on.
/// </summary>
/// <remarks>
/// A field is known by its name and object within a run. From run to run that goes for what is static alone, which the same objects hold;
/// others are made anew in each, and of them the field's name is known.
/// </remarks>
internal sealed class Places(int count)
{
    private readonly Known _areShared = new(count);
    private readonly Known _foundShared = new(count);

    /// <summary>Objects of the run before, and those that more than one run has met.</summary>
    private readonly HashSet<object> _before = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _lasting = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Place, Toucher> _touched = new(Place.Comparer);
    private bool _learns = true;
    private readonly Dictionary<Place, Past> _pasts = new(Place.Comparer);

    /// <summary>From here on, what was found to be shared is known to be: not in between, where runs are compared.</summary>
    /// <returns>Whether that is more than before.</returns>
    public bool Learn() => _areShared.Add(_foundShared);

    /// <summary>A new run begins.</summary>
    public void Forget()
    {
        // What is made once in a process was met by the first runs.
        if (_learns)
        {
            var owners = _touched.Keys.Select(place => place.Owner).OfType<object>().ToHashSet(ReferenceEqualityComparer.Instance);
            _lasting.UnionWith(owners.Where(_before.Contains));
            _before.Clear();
            _before.UnionWith(owners);
        }

        _touched.Clear();
        _pasts.Clear();
    }

    /// <summary>The first runs are over.</summary>
    public void EndFirstRuns()
    {
        Forget();
        _before.Clear();
        _learns = false;
        _areShared.Clear();
        _foundShared.Clear();
    }

    /// <summary>A thread touches a place.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="place">The field, or which lock.</param>
    /// <param name="writes">Whether it may change.</param>
    /// <param name="before">A number made of all that has happened before what the thread has done last.</param>
    /// <returns>The same for what it does now: what other threads did at the same place is part of it.</returns>
    public ulong Order(object? owner, int place, bool writes, ulong before)
    {
        ref var past = ref CollectionsMarshal.GetValueRefOrAddDefault(_pasts, new Place(owner, place), out _);
        var now = Mix(before + (ulong)place + 1, writes ? past.LastWrite + past.Reads : past.LastWrite);
        past = writes ? new Past(now, 0) : past with { Reads = past.Reads + now };
        return now;
    }

    public static ulong Mix(ulong one, ulong other)
    {
        var mixed = (one ^ BitOperations.RotateLeft(other, 29)) * 0x9E3779B97F4A7C15;
        return (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
    }

    /// <summary>A thread is about to touch a place.</summary>
    /// <returns>Whether it is known that another one touches it too, and one of the two writes.</returns>
    public bool Touch(object? owner, int place, int thread, bool writes)
    {
        var key = new Place(owner, place);
        var isLasting = owner is not null && _lasting.Contains(owner);
        if (_areShared.Has(key, isLasting))
        {
            return true;
        }

        ref var touch = ref CollectionsMarshal.GetValueRefOrAddDefault(_touched, key, out var exists);
        if (!exists)
        {
            touch = new Toucher(thread, writes);
            return false;
        }

        var isWritten = touch.IsWritten || writes;
        var isShared = isWritten && (touch.Thread != thread || touch.IsByMany);
        touch = touch with { IsWritten = isWritten, IsByMany = touch.IsByMany || touch.Thread != thread };
        if (isShared)
        {
            _foundShared.Add(key, isLasting);
        }

        return false;
    }

    private readonly record struct Toucher(int Thread, bool IsWritten)
    {
        public bool IsByMany { get; init; }
    }

    /// <param name="LastWrite">What happened before, and by, the last write.</param>
    /// <param name="Reads">The same of the reads since then.</param>
    private readonly record struct Past(ulong LastWrite, ulong Reads);

    private readonly record struct Place(object? Owner, int Number)
    {
        public static IEqualityComparer<Place> Comparer { get; } = new ByReference();

        private sealed class ByReference : IEqualityComparer<Place>
        {
            public bool Equals(Place x, Place y) => ReferenceEquals(x.Owner, y.Owner) && x.Number == y.Number;

            public int GetHashCode(Place place) => (RuntimeHelpers.GetHashCode(place.Owner) * 397) ^ place.Number;
        }
    }

    /// <summary>Places, each by its name, or by its object too if that lasts.</summary>
    private sealed class Known(int count)
    {
        private readonly bool[] _byName = new bool[count];
        private readonly HashSet<Place> _byObject = new(Place.Comparer);

        public bool Has(Place place, bool isLasting) => isLasting ? _byObject.Contains(place) : _byName[place.Number];

        public void Add(Place place, bool isLasting)
        {
            if (isLasting)
            {
                _byObject.Add(place);
            }
            else
            {
                _byName[place.Number] = true;
            }
        }

        /// <returns>Whether that is more than before.</returns>
        public bool Add(Known other)
        {
            var isMore = false;
            for (var i = 0; i < _byName.Length; i++)
            {
                isMore |= other._byName[i] && !_byName[i];
                _byName[i] |= other._byName[i];
            }

            var before = _byObject.Count;
            _byObject.UnionWith(other._byObject);
            return isMore || _byObject.Count > before;
        }

        public void Clear()
        {
            Array.Clear(_byName);
            _byObject.Clear();
        }
    }
}
