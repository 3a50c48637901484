namespace Sitters.Runtime.Mapping;

/// <summary>A setting that was compiled into a sat method.</summary>
/// <param name="Name">The property of [Sit].</param>
/// <param name="Kind">How its value is to be read.</param>
/// <param name="Text">Its value; of a list one element a line.</param>
/// <param name="From">What has set it.</param>
internal sealed record CatalogedSetting(string Name, ValueKind Kind, string Text, string From);
