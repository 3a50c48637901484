namespace Sitters;

/// <summary>What configuration sets for all sat methods whose full names match.</summary>
public sealed class SitApply : SitSettings
{
    /// <summary>The full names of the methods, <c>Namespace.Type.Method</c>, with * and ? as wildcards.</summary>
    public string To { get; set; } = "";
}
