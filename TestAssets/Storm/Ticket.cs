using Sitters;

namespace Storm;

/// <summary>What a caller hands to its call: the bodies that run for it write down in it that they do.</summary>
internal sealed class Ticket
{
    private int _last;

    /// <summary>The call, once a body of it has run.</summary>
    public SitContext? Call { get; private set; }

    /// <summary>The number of the body that began last.</summary>
    public int Last => Volatile.Read(ref _last);

    /// <summary>A body begins.</summary>
    public Answer Begin(string method)
    {
        // Where configuration has taken the method out, it runs in nothing, or in somebody else's call.
        if (SitContext.TryGetCurrent(out var call) && call.Name == method)
        {
            Call = call;
        }

        return new Answer(this, Interlocked.Increment(ref _last));
    }
}

/// <summary>What a body returns.</summary>
internal sealed record Answer(Ticket Ticket, int Number)
{
    /// <summary>Whether the body was interrupted, and says nothing of it.</summary>
    public bool HasSwallowed { get; init; }
}

/// <summary>What a cached body returns.</summary>
internal sealed class Cast(object? owner, int key)
{
    public object? Owner => owner;

    public int Key => key;

    /// <summary>Set when the body is at its end.</summary>
    public bool IsDone { get; set; }
}

/// <summary>An argument whose comparison fails at times.</summary>
internal sealed class Key(int number) : IEquatable<Key>
{
    public int Number => number;

    public bool Equals(Key? other)
    {
        MayFail();
        return other is not null && other.Number == number;
    }

    public override bool Equals(object? obj) => Equals(obj as Key);

    public override int GetHashCode()
    {
        MayFail();
        return number % 3;
    }

    private static void MayFail()
    {
        if (Dice.Once(100))
        {
            throw new KeyException();
        }
    }
}
