using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tests.Interleavings.Scheduling;

/// <summary>The places of one run, each known by its name and its object.</summary>
internal sealed class Places
{
    private readonly Dictionary<Key, Place> _places = new(Key.Comparer);

    /// <param name="owner">The object whose field it is, or the lock; null where it is static, or the object is not known.</param>
    /// <param name="number">The number of the field's name.</param>
    public Place Find(object? owner, int number)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, new Key(owner, number), out _);
        return place ??= new Place(number);
    }

    private readonly record struct Key(object? Owner, int Number)
    {
        public static IEqualityComparer<Key> Comparer { get; } = new ByReference();

        private sealed class ByReference : IEqualityComparer<Key>
        {
            public bool Equals(Key x, Key y) => ReferenceEquals(x.Owner, y.Owner) && x.Number == y.Number;

            public int GetHashCode(Key key) => (RuntimeHelpers.GetHashCode(key.Owner) * 397) ^ key.Number;
        }
    }
}
