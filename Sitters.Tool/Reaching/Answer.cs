using System.Text.Json;

namespace Sitters.Tool.Reaching;

/// <summary>The end of an answer.</summary>
/// <param name="Calls">How many calls it is about.</param>
/// <param name="IsPaused">Whether the process is paused.</param>
/// <param name="Ids">The first of the calls that an order was carried out for.</param>
/// <param name="IsStanding">Whether calls yet to begin are meant too.</param>
/// <param name="StillPaused">How many of the resumed calls another pause holds.</param>
/// <param name="IsRepeated">Whether the order had come before, and was carried out then.</param>
internal sealed record Answer(double Calls, bool IsPaused, IReadOnlyList<string> Ids, bool IsStanding, double StillPaused, bool IsRepeated)
{
    public static Answer Nothing { get; } = new(0, false, [], false, 0, false);

    public static Answer Of(JsonElement line) => new(
        line.Number("calls") ?? 0,
        line.Flag("paused"),
        [.. line.Items("ids").Where(id => id.ValueKind == JsonValueKind.String).Select(id => id.GetString()!)],
        line.Flag("standing"),
        line.Number("stillPaused") ?? 0,
        line.Flag("repeated"));

    /// <summary>This, and what another copy of the runtime in the same process has answered.</summary>
    public Answer And(Answer other) => new(
        Calls + other.Calls,
        IsPaused || other.IsPaused,
        [.. Ids, .. other.Ids],
        IsStanding || other.IsStanding,
        StillPaused + other.StillPaused,
        IsRepeated || other.IsRepeated);
}
