namespace Sitters.Fody.Model;

/// <summary>The assembly that is woven, as read: nothing in it has been changed yet.</summary>
/// <param name="Module">The assembly's module.</param>
/// <param name="Configuration">What FodyWeavers.xml says.</param>
/// <param name="SatMethods">The methods to be sat.</param>
/// <param name="Helpers">The other async methods, where they are gated too.</param>
/// <param name="Layers">Every <c>[Sit]</c> there is.</param>
/// <param name="UsedRules">The <c>&lt;Apply&gt;</c> elements that match a method which could be sat, whatever else it bears.</param>
internal sealed record Subject(
    ModuleDefinition Module,
    Configuration Configuration,
    IReadOnlyList<SatMethod> SatMethods,
    IReadOnlyList<AsyncMethod> Helpers,
    IReadOnlyList<Layer> Layers,
    IReadOnlyCollection<ApplyRule> UsedRules);
