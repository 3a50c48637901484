using Mono.Cecil.Rocks;
using Sitters.Fody.Rewriting.Forwarding;
using Sitters.Fody.Rewriting.Mapping;
using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>
/// Brings the state machine of an async iterator under control. Its awaits are gated like those of any async method, but it is started
/// again for each element, and each of these steps has its own frame.
/// </summary>
internal static class IteratorGate
{
    public static void Install(
        StateMachine machine,
        FieldDefinition state,
        MappedMethod mapped,
        ModuleReferences references,
        Func<MethodForwarding> forward)
    {
        machine.MoveNext.Body.SimplifyMacros();
        try
        {
            var sites = AwaitSiteFinder.Find(machine.MoveNext.Body);
            var starts = machine.Type.Methods.Where(method => method.HasBody).Select(Start)
                .Where(start => start.Call is not null)
                .ToArray();
            if (sites.Count == 0 || starts.Length == 0)
            {
                return;
            }

            var field = new FieldDefinition("<>frame", FieldAttributes.Public, references.Runtime.Frame);
            machine.Type.Fields.Add(field);
            var gate = new MoveNextGate(machine, field, forward(), mapped, references);
            gate.Install(sites);
            gate.ReportFaults();
            gate.GateDisposals();
            gate.DetachWhenForeign(state);

            var self = GenericArguments.Self(machine.Type);
            foreach (var (method, call) in starts)
            {
                EnterAndLeave(method, call!, Members.On(field, self), Members.On(state, self), references);
            }
        }
        finally
        {
            ShortForms.Give(machine.MoveNext.Body);
        }
    }

    /// <summary>Where <c>MoveNextAsync</c> or <c>DisposeAsync</c> has the builder run the machine to its first suspension.</summary>
    private static (MethodDefinition Method, Instruction? Call) Start(MethodDefinition method) => (
        method,
        method.Body.Instructions.FirstOrDefault(instruction =>
            Called(instruction) is GenericInstanceMethod { Name: "MoveNext", GenericArguments.Count: 1 }));

    /// <summary>The builder and the machine are on the stack already, so nothing branches to here.</summary>
    private static void EnterAndLeave(
        MethodDefinition method,
        Instruction start,
        FieldReference frame,
        FieldReference state,
        ModuleReferences references)
    {
        method.Body.SimplifyMacros();
        InsertBefore(
            start,
            Instruction.Create(OpCodes.Ldarg_0),
            Instruction.Create(OpCodes.Ldarg_0),
            Instruction.Create(OpCodes.Ldfld, frame),
            Instruction.Create(OpCodes.Ldarg_0),
            Instruction.Create(OpCodes.Ldfld, state),
            Instruction.Create(OpCodes.Call, references.Runtime.Gate.EnterStep),
            Instruction.Create(OpCodes.Stfld, frame));
        InsertAfter(
            start,
            Instruction.Create(OpCodes.Ldarg_0),
            Instruction.Create(OpCodes.Ldarg_0),
            Instruction.Create(OpCodes.Ldfld, frame),
            Instruction.Create(OpCodes.Call, references.Runtime.Gate.LeaveStep),
            Instruction.Create(OpCodes.Stfld, frame));
        ShortForms.Give(method.Body);
    }
}
