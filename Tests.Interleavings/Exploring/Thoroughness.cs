using System.Globalization;

namespace Tests.Interleavings.Exploring;

/// <summary>How much is run: what fits into the run of all tests, or, for hours, all schedules up to a number of preemptions.</summary>
/// <remarks>
/// The environment variable <c>SITTERS_PREEMPTIONS</c> is that number, from 1 to 3; <c>SITTERS_FORMS</c> are the forms of the subject, as in
/// <c>0,8</c>, where not all are to be run; <c>SITTERS_SEED</c> is the first seed of the random ones.
/// </remarks>
internal static class Thoroughness
{
    public static int? Preemptions { get; } = Read("SITTERS_PREEMPTIONS");

    public static int Seed { get; } = Read("SITTERS_SEED") ?? 1;

    private static readonly HashSet<int>? _forms = Environment.GetEnvironmentVariable("SITTERS_FORMS") is { Length: > 0 } text
        ? [.. text.Split(',').Select(form => int.Parse(form, CultureInfo.InvariantCulture))]
        : null;

    public static bool Wants(int form) => _forms is null || _forms.Contains(form);

    private static int? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
