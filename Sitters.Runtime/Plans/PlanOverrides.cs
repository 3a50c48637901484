namespace Sitters.Runtime.Plans;

/// <summary>The plans that configuration has made of a compiled one.</summary>
internal abstract class PlanOverrides
{
    /// <summary>Never the compiled plan itself.</summary>
    public abstract Plan InForceIn(SitterScope? scope);
}
