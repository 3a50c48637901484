namespace Sitters.Testing;

/// <summary>How a test handles its clock.</summary>
public sealed record SitTestOptions
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _giveUpAfter = TimeSpan.FromMinutes(1);

    /// <summary>The name of the test's scope. Default: none.</summary>
    public string? Name { get; init; }

    /// <summary>What the clock shows at the beginning. Default: that of FakeTimeProvider, the first moment of the year 2000 in UTC.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>
    /// For how long, in real time, nothing of the test must move before a limit ends something that waits for more than the clock: an HTTP call, a
    /// database, a task that nobody completes. Longer than the longest real wait in the test; each limit that ends something which hangs takes as
    /// long. Zero: real things are not waited for. On a busy machine it is stretched. Default: 1 second.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Patience
    {
        get => _patience;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(Patience));
            _patience = value;
        }
    }

    /// <summary>
    /// For how long, in real time, <see cref="SitTest.Run(Func{Task})"/> tries before it fails and says where each call stands. Not while a
    /// debugger is attached. Default: 1 minute.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan GiveUpAfter
    {
        get => _giveUpAfter;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(GiveUpAfter));
            _giveUpAfter = value;
        }
    }
}
