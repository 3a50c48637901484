namespace Samples.Tour;

/// <summary>One run of an example: what is done to it, and what it has to show.</summary>
internal sealed record Scene(string Title, string Example, params string[] Lines)
{
    /// <summary>What is done when, in seconds after the example's first line.</summary>
    public IReadOnlyList<(double At, Act Act)> Acts { get; init; } = [];

    /// <summary>What is asked of the tool, one after the other, once the example has begun.</summary>
    public IReadOnlyList<ToolCommand> Commands { get; init; } = [];

    public int ExitCode { get; init; }

    /// <summary>Nothing for this long after a pause counts as standing still: what was on its way may still come.</summary>
    public static TimeSpan UntilStill => TimeSpan.FromSeconds(0.15);
}
