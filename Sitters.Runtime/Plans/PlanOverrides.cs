namespace Sitters.Runtime.Plans;

/// <summary>The plans that configuration has made of a compiled one.</summary>
internal abstract class PlanOverrides
{
    /// <summary>Never the compiled plan itself.</summary>
    public abstract Plan InForceIn(SitterScope? scope);

    /// <summary>Gives up what was in force before, and all that it keeps, as the scopes that it was for: there may be no next call.</summary>
    public abstract void Renew();
}
