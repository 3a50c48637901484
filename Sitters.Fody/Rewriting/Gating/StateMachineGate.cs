using Mono.Cecil.Rocks;
using Sitters.Fody.Rewriting.Forwarding;
using Sitters.Fody.Rewriting.Mapping;
using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>
/// Brings one state machine under control: a frame in a new field, set where the machine is started, and checked at each await.
/// Code is inserted at a few places; the rest stays exactly as the compiler emitted it.
/// </summary>
internal static class StateMachineGate
{
    /// <param name="kickoff">The method that starts the machine.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="mapped">What the map of awaits says of it.</param>
    /// <param name="references">What woven code refers to.</param>
    /// <param name="frameArgument">The frame that is passed to a sat method; null for a helper, which asks for one.</param>
    /// <param name="forward">What is to be done to the calls that its body awaits, once that is simplified.</param>
    public static void Install(
        MethodDefinition kickoff,
        StateMachine machine,
        MappedMethod mapped,
        ModuleReferences references,
        ParameterDefinition? frameArgument,
        Func<MethodForwarding> forward)
    {
        if (machine.Type.Fields.FirstOrDefault(field => field.Name is "<>1__state" or "$State") is not { } state)
        {
            return;
        }

        if (machine.IsIterator)
        {
            IteratorGate.Install(machine, state, mapped, references, forward);
            return;
        }

        kickoff.Body.SimplifyMacros();
        machine.MoveNext.Body.SimplifyMacros();
        try
        {
            var sites = AwaitSiteFinder.Find(machine.MoveNext.Body);
            if (Kickoff.Find(kickoff.Body, state) is not { } start || (sites.Count == 0 && frameArgument is null))
            {
                return;
            }

            var field = new FieldDefinition("<>frame", FieldAttributes.Public, references.Runtime.Frame);
            machine.Type.Fields.Add(field);
            if (frameArgument is null)
            {
                InsertEnterAndLeave(start, field, references);
            }
            else
            {
                StoreFrame(start, field, frameArgument);
            }

            var gate = new MoveNextGate(machine, field, forward(), mapped, references);
            gate.Install(sites);
            gate.ReportFaults();
            gate.GateDisposals();
            if (frameArgument is null)
            {
                gate.DetachWhenForeign(state);
            }
        }
        finally
        {
            ShortForms.Give(kickoff.Body);
            ShortForms.Give(machine.MoveNext.Body);
        }
    }

    private static void StoreFrame(Kickoff kickoff, FieldDefinition field, ParameterDefinition argument) =>
        InsertAfter(
            kickoff.StoreState,
            kickoff.CreateLoad(),
            Instruction.Create(OpCodes.Ldarg, argument),
            Instruction.Create(OpCodes.Stfld, OnMachine(kickoff, field)));

    private static void InsertEnterAndLeave(Kickoff kickoff, FieldDefinition field, ModuleReferences references)
    {
        InsertAfter(
            kickoff.StoreState,
            kickoff.CreateLoad(),
            Instruction.Create(OpCodes.Call, references.Runtime.Gate.Enter),
            Instruction.Create(OpCodes.Stfld, OnMachine(kickoff, field)));
        InsertAfter(
            kickoff.Start,
            kickoff.CreateLoad(),
            Instruction.Create(OpCodes.Ldfld, OnMachine(kickoff, field)),
            Instruction.Create(OpCodes.Call, references.Runtime.Gate.Leave));
    }

    private static FieldReference OnMachine(Kickoff kickoff, FieldDefinition field) => Members.On(field, kickoff.State.DeclaringType);
}
