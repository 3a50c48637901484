using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>The part of an async method that makes its state machine and starts it.</summary>
/// <param name="LoadMachine">Loads the state machine, or its address, to set a field of it.</param>
/// <param name="StoreState">Sets its first state.</param>
/// <param name="Start">Passes it to the builder, which runs it to its first suspension.</param>
internal sealed record Kickoff(Instruction LoadMachine, Instruction StoreState, Instruction Start)
{
    public FieldReference State => (FieldReference)StoreState.Operand;

    public static Kickoff? Find(MethodBody body, FieldDefinition state)
    {
        var store = body.Instructions.FirstOrDefault(instruction =>
            instruction.OpCode.Code == Code.Stfld
            && instruction.Operand is FieldReference field
            && field.Name == state.Name
            && field.Resolve() == state);
        var load = Before(Before(store));
        var start = body.Instructions.FirstOrDefault(instruction =>
            Called(instruction) is GenericInstanceMethod { Name: "Start", GenericArguments.Count: 1 });
        return store is null || Loaded(load) is null || start is null ? null : new Kickoff(load!, store, start);
    }

    public Instruction CreateLoad() => Instruction.Create(LoadMachine.OpCode, (VariableDefinition)LoadMachine.Operand);
}
