using static Sitters.Fody.Rewriting.Gating.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>The insertions in one <c>MoveNext</c>.</summary>
internal sealed class MoveNextGate(StateMachine machine, FieldDefinition frameField, ModuleReferences references)
{
    private readonly SittersRuntime.GateMembers _gate = references.Runtime.Gate;
    private readonly MethodDefinition _moveNext = machine.MoveNext;
    private readonly ILProcessor _il = machine.MoveNext.Body.GetILProcessor();
    private readonly TypeReference _self = GenericArguments.Self(machine.Type);
    private readonly Suspensions _suspensions = new(machine, frameField, references);

    public void Install(AwaitSite site)
    {
        InsertIsCompletedGate(site);
        InsertSuspensionGate(site);
        InsertResultGate(site);
    }

    /// <summary>In the machine's own catch, before the exception reaches who awaits it.</summary>
    public void ReportFaults()
    {
        foreach (var call in _moveNext.Body.Instructions.Where(IsFault).ToArray())
        {
            // Beneath the builder and the exception that are on the stack already: nothing branches to here.
            InsertBefore(
                _il,
                call,
                [.. LoadFrame(), Instruction.Create(OpCodes.Ldloc, Loaded(Before(call))!), Call(_gate.Faulted)]);
        }
    }

    /// <summary>An iterator whose step an interrupt left behind can't be disposed of at once: the gate sees to it.</summary>
    public void GateDisposals()
    {
        foreach (var call in _moveNext.Body.Instructions.Where(IsDisposal).ToArray())
        {
            InsertBefore(_il, call, LoadFrame());
            call.OpCode = OpCodes.Call;
            call.Operand = _gate.DisposeAsync;
        }
    }

    /// <summary>A machine started outside of any sat call, and resumed within one, goes on outside of it.</summary>
    public void DetachWhenForeign(FieldDefinition state)
    {
        var body = _moveNext.Body.Instructions[0];
        var prologue = new[]
        {
            Instruction.Create(OpCodes.Ldarg_0),
            Instruction.Create(OpCodes.Ldfld, Members.On(frameField, _self)),
            Instruction.Create(OpCodes.Brtrue, body),
            Instruction.Create(OpCodes.Ldarg_0),
            Instruction.Create(OpCodes.Ldfld, Members.On(state, _self)),
            Instruction.Create(OpCodes.Ldc_I4_0),
            Instruction.Create(OpCodes.Blt, body),
            Call(_gate.IsForeign),
            Instruction.Create(OpCodes.Brfalse, body),
            machine.Type.IsValueType ? Instruction.Create(OpCodes.Ldarg_0) : Instruction.Create(OpCodes.Ldarga, _moveNext.Body.ThisParameter),
            Instruction.Create(OpCodes.Call, _gate.Detach(_self)),
            Instruction.Create(OpCodes.Ret),
        };
        InsertBefore(_il, body, prologue);
        SequencePoints.Move(_moveNext, body, prologue[0]);
    }

    private void InsertIsCompletedGate(AwaitSite site) => InsertAfter(_il, site.IsCompleted, [.. LoadFrame(), Call(_gate.IsCompleted)]);

    /// <summary>The way under control is a call, so that who does not go it needs no room for it.</summary>
    private void InsertSuspensionGate(AwaitSite site)
    {
        var original = site.OnCompleted;
        var next = original.Next;
        var whenGated = Instruction.Create(site.CapturesContext ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        InsertBefore(_il, original, [.. LoadFrame(), Instruction.Create(OpCodes.Brtrue, whenGated)]);
        InsertAfter(
            _il,
            original,
            [
                Instruction.Create(OpCodes.Br, next),
                whenGated,
                Instruction.Create(OpCodes.Call, _suspensions.For(site)),
            ]);
    }

    private void InsertResultGate(AwaitSite site)
    {
        var awaiterType = site.Awaiter.VariableType;
        var gate = Instruction.Create(OpCodes.Call, _gate.BeforeResult(awaiterType));
        if (site.FallsThroughAfterResume(_moveNext.Body))
        {
            // Who has not suspended was asked a moment ago, and branches past this.
            InsertBefore(_il, site.MergePoint, [Instruction.Create(OpCodes.Ldloca, site.Awaiter), .. LoadFrame(), gate]);
            return;
        }

        // The load, which branches and symbols may point at, stays the first instruction, and is done again behind the question.
        var loadAgain = Instruction.Create(site.Result.OpCode, site.Awaiter);
        site.Result.OpCode = OpCodes.Ldloca;
        InsertAfter(_il, site.Result, [.. LoadFrame(), gate, loadAgain]);
    }

    private bool IsFault(Instruction instruction) =>
        Called(instruction) is { Name: "SetException", Parameters.Count: 1 }
        && Before(instruction) is { OpCode.Code: Code.Ldloc } exception
        && Before(exception) is { OpCode.Code: Code.Ldflda } builder
        && builder.Operand is FieldReference field
        && field.DeclaringType.GetElementType().FullName == machine.Type.FullName;

    public static bool IsDisposal(Instruction instruction) =>
        instruction.OpCode.Code == Code.Callvirt
        && instruction.Previous?.OpCode.Code != Code.Constrained
        && instruction.Operand is MethodReference { Name: "DisposeAsync", DeclaringType.FullName: "System.IAsyncDisposable" };

    private Instruction[] LoadFrame() =>
        [Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldfld, Members.On(frameField, _self))];

    private static Instruction Call(MethodReference method) => Instruction.Create(OpCodes.Call, method);
}
