using Sitters.Fody.Rewriting.Forwarding;
using Sitters.Fody.Rewriting.Mapping;
using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>The insertions in one <c>MoveNext</c>.</summary>
/// <param name="machine">The machine.</param>
/// <param name="frameField">The field for its frame.</param>
/// <param name="forwarding">What is done to the calls of which it awaits the outcome.</param>
/// <param name="mapped">What the map of awaits says of it.</param>
/// <param name="references">What woven code refers to.</param>
internal sealed class MoveNextGate(
    StateMachine machine,
    FieldDefinition frameField,
    MethodForwarding forwarding,
    MappedMethod mapped,
    ModuleReferences references)
{
    private readonly SittersRuntime.GateMembers _gate = references.Runtime.Gate;
    private readonly MethodDefinition _moveNext = machine.MoveNext;
    private readonly TypeReference _self = GenericArguments.Self(machine.Type);
    private readonly Suspensions _suspensions = new(machine, frameField, mapped.Gate, references);

    public void Install(IReadOnlyList<AwaitSite> sites)
    {
        mapped.Read(_moveNext, forwarding, [.. sites.Select(site => (site.IsCompleted, forwarding.Graph.InputsOf(site.IsCompleted)[0]))]);

        var targets = new BranchTargets(_moveNext.Body);
        forwarding.Emit(LoadFrame, except: []);
        foreach (var site in sites)
        {
            InsertIsCompletedGate(site);
            InsertSuspensionGate(site);
            InsertResultGate(site, targets);
        }
    }

    /// <summary>In the machine's own catch, before the exception reaches its awaiter.</summary>
    public void ReportFaults()
    {
        foreach (var call in _moveNext.Body.Instructions.Where(IsFault).ToArray())
        {
            // The builder and the exception are on the stack already, so nothing branches to here.
            InsertBefore(
                call,
                [.. LoadFrame(), Instruction.Create(OpCodes.Ldloc, Loaded(Before(call))!), Call(_gate.Faulted)]);
        }
    }

    /// <summary>An iterator whose step was left behind by an interrupt can't be disposed of at once: the gate does it later.</summary>
    public void GateDisposals()
    {
        foreach (var call in _moveNext.Body.Instructions.Where(CleanupRegions.IsDisposal).ToArray())
        {
            InsertBefore(call, LoadFrame());
            call.OpCode = OpCodes.Call;
            call.Operand = _gate.DisposeAsync;
        }
    }

    /// <summary>A machine that was started outside of any sat call, and is resumed within one, continues outside of it.</summary>
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
            machine.Type.IsValueType
                ? Instruction.Create(OpCodes.Ldarg_0)
                : Instruction.Create(OpCodes.Ldarga, _moveNext.Body.ThisParameter),
            Instruction.Create(OpCodes.Call, _gate.Detach(_self)),
            Instruction.Create(OpCodes.Ret),
        };
        InsertBefore(body, prologue);
        SequencePoints.Hide(_moveNext, prologue[0], body);
    }

    private void InsertIsCompletedGate(AwaitSite site) => InsertAfter(
        site.IsCompleted,
        [.. LoadFrame(), Call(forwarding.IsCompletedGate(site.IsCompleted))]);

    /// <summary>The gated path is a call of its own method, so that the ungated path needs no locals for it.</summary>
    private void InsertSuspensionGate(AwaitSite site)
    {
        var original = site.OnCompleted;
        var next = original.Next;
        var option = site.Context.ConfigureAwait is { } configureAwait ? KeepOption(configureAwait) : null;
        var traits = site.Context.LoadTraits(
            SittersRuntime.AwaitTraitsMembers.Numbered(forwarding.TraitsOf(site.IsCompleted), mapped.NumberOf(site.IsCompleted)),
            references.Runtime.AwaitTraits.CapturesContext, option);
        InsertBefore(original, [.. LoadFrame(), Instruction.Create(OpCodes.Brtrue, traits[0])]);
        InsertAfter(
            original,
            [
                Instruction.Create(OpCodes.Br, next),
                .. traits,
                Instruction.Create(OpCodes.Call, _suspensions.For(site)),
            ]);
    }

    /// <summary>The method has not suspended between this and its await, so a local is enough.</summary>
    private VariableDefinition KeepOption(Instruction configureAwait)
    {
        var option = new VariableDefinition(references.Int32);
        _moveNext.Body.Variables.Add(option);

        // The first instruction stays the first, since branches may lead to it.
        var call = Copy(configureAwait);
        var keep = ContextCapture.Keep(option);
        configureAwait.OpCode = keep[0].OpCode;
        configureAwait.Operand = keep[0].Operand;
        InsertAfter(configureAwait, [.. keep.Skip(1), call]);
        return option;
    }

    private void InsertResultGate(AwaitSite site, BranchTargets targets)
    {
        var awaiterType = site.Awaiter.VariableType;
        var gate = Instruction.Create(OpCodes.Call, _gate.BeforeResult(awaiterType));
        if (site.FallsThroughAfterResume(targets))
        {
            // An await that has not suspended was gated at IsCompleted a moment ago, and branches past this.
            InsertBefore(site.MergePoint, [Instruction.Create(OpCodes.Ldloca, site.Awaiter), .. LoadFrame(), gate]);
            return;
        }

        // The load stays the first instruction, since branches and symbols may point at it, and is repeated after the gate.
        var loadAgain = Instruction.Create(site.Result.OpCode, site.Awaiter);
        site.Result.OpCode = OpCodes.Ldloca;
        InsertAfter(site.Result, [.. LoadFrame(), gate, loadAgain]);
    }

    private bool IsFault(Instruction instruction) =>
        Called(instruction) is { Name: "SetException", Parameters.Count: 1 }
        && Before(instruction) is { OpCode.Code: Code.Ldloc } exception
        && Before(exception) is { OpCode.Code: Code.Ldflda } builder
        && builder.Operand is FieldReference field
        && field.DeclaringType.GetElementType().FullName == machine.Type.FullName;

    private Instruction[] LoadFrame() =>
        [Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldfld, Members.On(frameField, _self))];

    private static Instruction Call(MethodReference method) => Instruction.Create(OpCodes.Call, method);
}
