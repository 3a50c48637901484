namespace Sitters.Runtime.Mapping;

/// <summary>A sat method, as the weaver has written it down.</summary>
/// <param name="Name">Its full name, which overloads share.</param>
/// <param name="AutoThrows">What <see cref="SitOutcome.Auto"/> means for it.</param>
/// <param name="AlwaysHasResult">No <c>default</c> passes for a result of it.</param>
/// <param name="Settings">What is set for it; for all else the built-in defaults hold.</param>
internal sealed record CatalogedMethod(string Name, bool AutoThrows, bool AlwaysHasResult, IReadOnlyList<CatalogedSetting> Settings);
