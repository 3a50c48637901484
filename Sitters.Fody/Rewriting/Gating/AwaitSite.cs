using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>One <c>await</c> in the compiled state machine: with the three places where it is gated.</summary>
/// <param name="LoadAwaiter">The load of the awaiter's address for the builder.</param>
/// <param name="IsCompleted">The call that asks whether there is anything to wait for.</param>
/// <param name="OnCompleted">The call by which the builder suspends.</param>
/// <param name="MergePoint">The merge point: reached whether or not the await suspended.</param>
/// <param name="Result">The load of the awaiter for its <c>GetResult</c>, after the merge point.</param>
/// <param name="Context">Whether the await resumes on the context where it began.</param>
internal sealed record AwaitSite(
    Instruction LoadAwaiter,
    Instruction IsCompleted,
    Instruction OnCompleted,
    Instruction MergePoint,
    Instruction Result,
    ContextCapture Context)
{
    /// <summary>The local that holds the awaiter.</summary>
    public VariableDefinition Awaiter => (VariableDefinition)LoadAwaiter.Operand;

    public GenericInstanceMethod Builder => (GenericInstanceMethod)OnCompleted.Operand;

    public bool IsCritical => Builder.Name == AwaitSiteFinder.Critical;

    /// <summary>The builder is passed as it is, not its address.</summary>
    public bool HasClassBuilder => Before(LoadAwaiter)?.OpCode.Code == Code.Ldfld;

    /// <summary>
    /// Whether an await that has suspended falls through to the merge point, and one that has not takes the only branch to it, as
    /// today's compilers emit it.
    /// </summary>
    public bool FallsThroughAfterResume(BranchTargets targets) =>
        Before(MergePoint) is { OpCode.Code: Code.Stfld } && targets.HasOneBranchTo(MergePoint);
}
