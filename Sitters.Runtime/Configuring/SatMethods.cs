using Sitters.Runtime.Mapping;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Configuring;

/// <summary>The sat methods that a configuration may speak of, called or not.</summary>
internal static class SatMethods
{
    /// <summary>Those of all assemblies that are loaded, or that one of these refers to. Loads them: handlers of the user's may run.</summary>
    public static IReadOnlyList<PlanOptions> Reachable() => [.. ReachableAssemblies.All().SelectMany(MethodCatalogs.Of).Select(PlanSettings.Of)];
}
