namespace Sitters.Fody.Rewriting.Gating;

/// <summary>One <c>await</c> in the compiled state machine: the three places where it is gated.</summary>
/// <param name="Awaiter">The local that holds the awaiter.</param>
/// <param name="IsCompleted">The call that asks whether there is anything to wait for.</param>
/// <param name="OnCompleted">The call by which the builder suspends.</param>
/// <param name="Result">The load of the awaiter before its <c>GetResult</c>, after both ways have met again.</param>
/// <param name="CapturesContext">Whether the await resumes on the context where it began.</param>
internal sealed record AwaitSite(VariableDefinition Awaiter, Instruction IsCompleted, Instruction OnCompleted, Instruction Result, bool CapturesContext)
{
    public GenericInstanceMethod Builder => (GenericInstanceMethod)OnCompleted.Operand;

    public bool IsCritical => Builder.Name == AwaitSiteFinder.Critical;
}
