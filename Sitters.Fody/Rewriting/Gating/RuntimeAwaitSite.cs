using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>One <c>await</c> of a method that the runtime suspends: a call of <c>AsyncHelpers</c>.</summary>
/// <param name="Call">The call that awaits.</param>
/// <param name="Argument">What is awaited: an awaitable, or an awaiter if the code has the awaiter pattern.</param>
/// <param name="IsCompleted">The call of <c>IsCompleted</c> before it, if it is an awaiter.</param>
internal sealed record RuntimeAwaitSite(Instruction Call, TypeReference Argument, Instruction? IsCompleted)
{
    private const string Helpers = "System.Runtime.CompilerServices.AsyncHelpers";

    /// <summary>Read at once: the instruction may be changed later.</summary>
    public MethodReference Await { get; } = (MethodReference)Call.Operand;

    public static IReadOnlyList<RuntimeAwaitSite> Find(MethodBody body) =>
        [.. body.Instructions.Select(Read).Where(site => site is not null).Select(site => site!)];

    /// <summary>The awaits in a form that is not known.</summary>
    public static IEnumerable<Instruction> FindUnknown(MethodBody body) => body.Instructions.Where(instruction =>
        Called(instruction) is { DeclaringType.FullName: Helpers, Name: "Await" or "AwaitAwaiter" or "UnsafeAwaitAwaiter" }
        && Read(instruction) is null);

    private static RuntimeAwaitSite? Read(Instruction instruction)
    {
        if (Called(instruction) is not { DeclaringType.FullName: Helpers, Parameters.Count: 1 } called)
        {
            return null;
        }

        var arguments = called is GenericInstanceMethod instance ? instance.GenericArguments : [];
        var argument = new GenericArguments([], [.. arguments]).In(called.Parameters[0].ParameterType);
        return called.Name switch
        {
            "Await" => new RuntimeAwaitSite(instruction, argument, null),
            "AwaitAwaiter" or "UnsafeAwaitAwaiter" when IsCompletedBefore(instruction) is { } isCompleted =>
                new RuntimeAwaitSite(instruction, argument, isCompleted),
            _ => null,
        };
    }

    /// <summary>The call of <c>IsCompleted</c> whose answer branches past the await. An await of another form is left alone.</summary>
    private static Instruction? IsCompletedBefore(Instruction call)
    {
        var load = Before(call);
        var branch = Before(load);
        var isCompleted = Before(branch);
        return load?.OpCode.Code == Code.Ldloc
            && branch?.OpCode.Code == Code.Brtrue
            && LeadsPast(branch, call)
            && Called(isCompleted)?.Name == "get_IsCompleted"
            && Loaded(BeforeCall(isCompleted!)) == load.Operand
            ? isCompleted
            : null;
    }

    /// <summary>In debug builds a nop may stand between the await and what comes after it.</summary>
    private static bool LeadsPast(Instruction branch, Instruction await)
    {
        var target = await.Next;
        while (target != branch.Operand && target?.OpCode.Code == Code.Nop)
        {
            target = target.Next;
        }

        return target is not null && target == branch.Operand;
    }
}
