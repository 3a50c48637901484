namespace Storm;

/// <summary>What happens by chance, from any thread, by a seed: the same numbers in the order in which they are asked for.</summary>
internal static class Dice
{
    private static int _state;

    public static int Seed
    {
        get;
        set => _state = field = value;
    }

    /// <summary>A number from 0, below that of the sides.</summary>
    public static int Roll(int sides)
    {
        var dice = (uint)Interlocked.Add(ref _state, unchecked((int)0x9E3779B9));
        dice = (dice ^ (dice >> 16)) * 0x85EBCA6B;
        dice = (dice ^ (dice >> 13)) * 0xC2B2AE35;
        return (int)((dice ^ (dice >> 16)) % (uint)sides);
    }

    /// <summary>Whether it is one time out of so many.</summary>
    public static bool Once(int times) => Roll(times) == 0;
}
