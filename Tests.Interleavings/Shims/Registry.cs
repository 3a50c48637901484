namespace Tests.Interleavings.Shims;

/// <summary>The numbers that places have in rewritten code.</summary>
internal static class Registry
{
    /// <summary>A token is cancelled.</summary>
    public const int Cancellation = 0;

    /// <summary>A task is completed.</summary>
    public const int Completion = 1;

    /// <summary>A fence.</summary>
    public const int Fence = 2;

    /// <summary>An object of the subject's.</summary>
    public const int OfSubject = 3;

    /// <summary>A lock.</summary>
    public const int Lock = 4;

    private static readonly List<string> _names = ["cancellation", "completion", "fence", "subject", "lock"];
    private static readonly Dictionary<string, int> _numbers = [];

    public static int Of(string name)
    {
        if (!_numbers.TryGetValue(name, out var number))
        {
            _numbers.Add(name, number = _names.Count);
            _names.Add(name);
        }

        return number;
    }

    public static string Name(int place) => _names[place];
}
