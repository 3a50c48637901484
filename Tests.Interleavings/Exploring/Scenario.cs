namespace Tests.Interleavings.Exploring;

/// <summary>What happens to a call, each event on a thread of its own.</summary>
/// <param name="Variation">Which of the subject's forms: see the subject.</param>
/// <param name="Events">Their names.</param>
internal sealed record Scenario(int Variation, params string[] Events)
{
    public override string ToString() => $"{string.Join(" + ", Events)} ({Variation})";
}
