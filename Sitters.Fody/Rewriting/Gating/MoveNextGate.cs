using static Sitters.Fody.Rewriting.Gating.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>The insertions in one <c>MoveNext</c>.</summary>
internal sealed class MoveNextGate(StateMachine machine, FieldDefinition frameField, RuntimeTypes runtime)
{
    private readonly MethodDefinition _moveNext = machine.MoveNext;
    private readonly ILProcessor _il = machine.MoveNext.Body.GetILProcessor();
    private readonly TypeReference _self = GenericArguments.Self(machine.Type);
    private readonly Dictionary<string, VariableDefinition> _gated = [];
    private VariableDefinition? _machineAddress;

    public void Install(AwaitSite site)
    {
        AskAtIsCompleted(site);
        WrapAtSuspension(site);
        AskBeforeResult(site);
    }

    /// <summary>In the machine's own catch, before the exception reaches who awaits it.</summary>
    public void ReportFault()
    {
        foreach (var call in _moveNext.Body.Instructions.Where(IsFault).ToArray())
        {
            // Beneath the builder and the exception that are on the stack already: nothing branches to here.
            InsertBefore(
                _il,
                call,
                [.. LoadFrame(), Instruction.Create(OpCodes.Ldloc, Loaded(Before(call))!), Call("Faulted")]);
        }
    }

    /// <summary>An iterator whose step an interrupt left behind can't be disposed of at once: the gate sees to it.</summary>
    public void WatchDisposals()
    {
        foreach (var call in _moveNext.Body.Instructions.Where(IsDisposal).ToArray())
        {
            InsertBefore(_il, call, LoadFrame());
            call.OpCode = OpCodes.Call;
            call.Operand = runtime.Method("Gate", "DisposeAsync");
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
            Call("get_IsForeign"),
            Instruction.Create(OpCodes.Brfalse, body),
            machine.Type.IsValueType ? Instruction.Create(OpCodes.Ldarg_0) : Instruction.Create(OpCodes.Ldarga, _moveNext.Body.ThisParameter),
            Instruction.Create(OpCodes.Call, runtime.GenericMethod("Gate", "Detach", _self)),
            Instruction.Create(OpCodes.Ret),
        };
        InsertBefore(_il, body, prologue);
        SequencePoints.Move(_moveNext, body, prologue[0]);
    }

    private void AskAtIsCompleted(AwaitSite site) => InsertAfter(_il, site.IsCompleted, [.. LoadFrame(), Call("IsCompleted")]);

    private void WrapAtSuspension(AwaitSite site)
    {
        _machineAddress ??= NewLocal(new ByReferenceType(_self));
        var (wrap, gateType) = site.IsCritical ? ("WrapCritical", "CriticalGate`1") : ("Wrap", "NotifyGate`1");
        var awaiterType = site.Builder.GenericArguments[0];
        var gated = GatedLocal(runtime.Type(gateType, awaiterType));
        var original = site.OnCompleted;
        var next = original.Next;
        var onGated = new GenericInstanceMethod(site.Builder.ElementMethod);
        onGated.GenericArguments.Add(gated.VariableType);
        onGated.GenericArguments.Add(site.Builder.GenericArguments[1]);

        var whenGated = Instruction.Create(OpCodes.Stloc, _machineAddress);
        InsertBefore(_il, original, [.. LoadFrame(), Instruction.Create(OpCodes.Brtrue, whenGated)]);
        InsertAfter(
            _il,
            original,
            [
                Instruction.Create(OpCodes.Br, next),
                whenGated,
                .. LoadFrame(),
                Instruction.Create(site.CapturesContext ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0),
                Instruction.Create(OpCodes.Call, runtime.GenericMethod("Gate", wrap, awaiterType)),
                Instruction.Create(OpCodes.Stloc, gated),
                Instruction.Create(OpCodes.Ldloca, gated),
                Instruction.Create(OpCodes.Ldloc, _machineAddress),
                Instruction.Create(original.OpCode, onGated),
            ]);
    }

    /// <summary>The load, which branches and symbols may point at, stays the first instruction, and is done again behind the question.</summary>
    private void AskBeforeResult(AwaitSite site)
    {
        var awaiterType = site.Awaiter.VariableType;
        var loadAgain = Instruction.Create(site.Result.OpCode, site.Awaiter);
        site.Result.OpCode = OpCodes.Ldloca;
        InsertAfter(
            _il,
            site.Result,
            [
                .. LoadFrame(),
                Instruction.Create(OpCodes.Call, runtime.GenericMethod("Gate", "BeforeResult", awaiterType, Awaiters.AccessTo(awaiterType, runtime))),
                loadAgain,
            ]);
    }

    private bool IsFault(Instruction instruction) =>
        Called(instruction) is { Name: "SetException", Parameters.Count: 1 }
        && Before(instruction) is { OpCode.Code: Code.Ldloc } exception
        && Before(exception) is { OpCode.Code: Code.Ldflda } builder
        && builder.Operand is FieldReference field
        && field.DeclaringType.GetElementType().FullName == machine.Type.FullName;

    private static bool IsDisposal(Instruction instruction) =>
        instruction.OpCode.Code == Code.Callvirt
        && instruction.Previous?.OpCode.Code != Code.Constrained
        && instruction.Operand is MethodReference { Name: "DisposeAsync", DeclaringType.FullName: "System.IAsyncDisposable" };

    private Instruction[] LoadFrame() =>
        [Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldfld, Members.On(frameField, _self))];

    private Instruction Call(string name) => Instruction.Create(OpCodes.Call, runtime.Method("Gate", name));

    private VariableDefinition GatedLocal(TypeReference type)
    {
        if (!_gated.TryGetValue(type.FullName, out var local))
            _gated.Add(type.FullName, local = NewLocal(type));
        return local;
    }

    private VariableDefinition NewLocal(TypeReference type)
    {
        var local = new VariableDefinition(type);
        _moveNext.Body.Variables.Add(local);
        return local;
    }
}
