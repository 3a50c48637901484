using System.Globalization;

namespace Tests.Interleavings.Exploring;

/// <summary>How much is run: what fits into the run of all tests, or, for hours, all schedules up to a number of preemptions.</summary>
/// <remarks>
/// The environment variable <c>SITTERS_PREEMPTIONS</c> is that number, from 1 to 3; <c>SITTERS_SEED</c> the first seed of the random ones.
/// </remarks>
internal static class Thoroughness
{
    public static int? Preemptions { get; } = Read("SITTERS_PREEMPTIONS");

    public static int Seed { get; } = Read("SITTERS_SEED") ?? 1;

    private static int? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
