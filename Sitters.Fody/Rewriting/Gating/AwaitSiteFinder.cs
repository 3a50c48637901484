using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>
/// Finds the awaits of a state machine by the local that is passed to the builder: user code may call <c>IsCompleted</c> and
/// <c>GetResult</c> of its own awaiters. What does not look as expected is left alone.
/// </summary>
internal static class AwaitSiteFinder
{
    public const string Critical = "AwaitUnsafeOnCompleted";
    private const string Plain = "AwaitOnCompleted";

    public static IReadOnlyList<AwaitSite> Find(MethodBody moveNext)
    {
        var targets = new BranchTargets(moveNext);
        return
        [
            .. moveNext.Instructions.Where(IsSuspension).Select(suspension => Read(suspension, targets))
                .Where(site => site is not null).Select(site => site!),
        ];
    }

    /// <summary>Where the machine suspends in a way that is not known.</summary>
    public static IEnumerable<Instruction> FindUnknown(MethodBody moveNext)
    {
        var targets = new BranchTargets(moveNext);
        return moveNext.Instructions.Where(instruction => IsSuspension(instruction) && Read(instruction, targets) is null);
    }

    private static bool IsSuspension(Instruction instruction) =>
        Called(instruction) is GenericInstanceMethod { Name: Critical or Plain, GenericArguments.Count: 2 };

    private static AwaitSite? Read(Instruction onCompleted, BranchTargets targets)
    {
        var loadAwaiter = Before(LoadOfMachine(onCompleted));
        if (loadAwaiter?.OpCode.Code != Code.Ldloca)
        {
            return null;
        }

        var awaiter = (VariableDefinition)loadAwaiter.Operand;
        if (IsCompletedBefore(loadAwaiter, awaiter) is not { } isCompleted
            || MergePointAfter(isCompleted) is not { } mergePoint
            || ResultFrom(mergePoint, awaiter) is not { } result)
        {
            return null;
        }

        var context = ContextCapture.Of(awaiter.VariableType, isCompleted, targets);
        return new AwaitSite(loadAwaiter, isCompleted, onCompleted, mergePoint, result, context);
    }

    /// <summary>The start of the last argument. Visual Basic copies a state machine that is a class into a local there.</summary>
    private static Instruction? LoadOfMachine(Instruction onCompleted)
    {
        var load = Before(onCompleted);
        return Before(load) is { OpCode.Code: Code.Stloc } copy && copy.Operand == load!.Operand ? Before(copy) : load;
    }

    private static Instruction? IsCompletedBefore(Instruction loadAwaiter, VariableDefinition awaiter)
    {
        for (var instruction = loadAwaiter.Previous;
            instruction is not null && !IsSuspension(instruction);
            instruction = instruction.Previous)
        {
            if (Called(instruction)?.Name == "get_IsCompleted" && Loaded(BeforeCall(instruction)) == awaiter)
            {
                return instruction;
            }
        }

        return null;
    }

    private static Instruction? MergePointAfter(Instruction isCompleted)
    {
        var branch = After(isCompleted);

        // Older compilers store the answer in a local first.
        if (branch?.OpCode.Code == Code.Stloc && After(branch) is { OpCode.Code: Code.Ldloc } load && load.Operand == branch.Operand)
        {
            branch = After(load);
        }

        return branch?.OpCode.Code == Code.Brtrue ? (Instruction)branch.Operand : null;
    }

    /// <summary>At the merge point, the target of the result may be loaded first: <c>this</c> for a field, or stored arguments.</summary>
    private static Instruction? ResultFrom(Instruction mergePoint, VariableDefinition awaiter)
    {
        for (var instruction = mergePoint; instruction is not null && !EndsBlock(instruction); instruction = instruction.Next)
        {
            if (Loaded(instruction) == awaiter && Called(CallAfter(instruction))?.Name == "GetResult")
            {
                return instruction;
            }
        }

        return null;
    }

    private static bool EndsBlock(Instruction instruction) =>
        IsSuspension(instruction)
        || instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;
}
