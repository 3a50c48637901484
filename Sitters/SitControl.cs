namespace Sitters;

/// <summary>Who pauses, resumes, restarts or cancels, why, and for how long.</summary>
public sealed record SitControl
{
    private readonly TimeSpan? _for;
    private readonly double? _rate;

    /// <summary>Why: for logs and for whoever finds the calls paused. Default: none.</summary>
    public string? Reason { get; init; }

    /// <summary>Who: a person, a job, a machine. Default: none.</summary>
    public string? Identity { get; init; }

    /// <summary>
    /// How long a pause lasts before it ends by itself, by the clock of the scope or of the process. Only a pause has it. Default: none,
    /// until it is resumed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? For
    {
        get => _for;
        init
        {
            if (value is { } time && time <= TimeSpan.Zero)
            {
                throw new ArgumentOutOfRangeException(nameof(For), time, "A pause lasts longer than nothing.");
            }

            _for = value;
        }
    }

    /// <summary>
    /// How many calls go on per second at most, the oldest first, so that they do not all ask for the same thing at once. Only a resume
    /// has it. Default: none, all at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative, infinite or not a number.</exception>
    public double? Rate
    {
        get => _rate;
        init
        {
            if (value is { } rate && !(rate > 0 && double.IsFinite(rate)))
            {
                throw new ArgumentOutOfRangeException(nameof(Rate), rate, "A rate is a positive number of calls per second.");
            }

            _rate = value;
        }
    }

    /// <summary>Where the order came from. Default: <see cref="SitControlSource.Code"/>.</summary>
    public SitControlSource Source { get; init; }

    /// <summary>What an order of code has that says nothing.</summary>
    internal static SitControl None { get; } = new();

    /// <summary>What an order of a signal has.</summary>
    internal static SitControl Signal { get; } = new() { Source = SitControlSource.Signal };
}
