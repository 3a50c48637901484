using static Sitters.Fody.Rewriting.Gating.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>One <c>await</c> in the compiled state machine: the three places where it is gated.</summary>
/// <param name="LoadAwaiter">The load of the awaiter's address for the builder.</param>
/// <param name="IsCompleted">The call that asks whether there is anything to wait for.</param>
/// <param name="OnCompleted">The call by which the builder suspends.</param>
/// <param name="MergePoint">Where the way of who has suspended and that of who need not meet again.</param>
/// <param name="Result">The load of the awaiter before its <c>GetResult</c>, behind that.</param>
/// <param name="CapturesContext">Whether the await resumes on the context where it began.</param>
internal sealed record AwaitSite(
    Instruction LoadAwaiter,
    Instruction IsCompleted,
    Instruction OnCompleted,
    Instruction MergePoint,
    Instruction Result,
    bool CapturesContext)
{
    /// <summary>The local that holds the awaiter.</summary>
    public VariableDefinition Awaiter => (VariableDefinition)LoadAwaiter.Operand;

    public GenericInstanceMethod Builder => (GenericInstanceMethod)OnCompleted.Operand;

    public bool IsCritical => Builder.Name == AwaitSiteFinder.Critical;

    /// <summary>The builder is passed as it is, not its address.</summary>
    public bool HasClassBuilder => Before(LoadAwaiter)?.OpCode.Code == Code.Ldfld;

    /// <summary>
    /// Whether who has suspended comes to the meeting from the instruction above it, and who has not by the only branch to it, as
    /// today's compilers have it.
    /// </summary>
    public bool FallsThroughAfterResume(MethodBody body) =>
        Before(MergePoint) is { OpCode.Code: Code.Stfld }
        && body.Instructions.Count(instruction => instruction.Operand == MergePoint || instruction.Operand is Instruction[] targets && targets.Contains(MergePoint)) == 1
        && !body.ExceptionHandlers.Any(handler =>
            handler.TryStart == MergePoint || handler.TryEnd == MergePoint || handler.HandlerStart == MergePoint || handler.HandlerEnd == MergePoint || handler.FilterStart == MergePoint);
}
