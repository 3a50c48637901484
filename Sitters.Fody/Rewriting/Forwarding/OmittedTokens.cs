using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// Finds the arguments that a compiler puts in the place of an optional token that was left out: a local that serves only for this is
/// cleared and loaded. <c>CancellationToken.None</c>, by contrast, is a call.
/// </summary>
internal sealed class OmittedTokens
{
    private readonly HashSet<VariableDefinition> _cleared;

    public OmittedTokens(MethodBody body)
    {
        _cleared =
        [
            .. body.Variables.Where(local =>
                Parameters.IsToken(local.VariableType) || Parameters.IsNullableToken(local.VariableType)),
        ];
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is VariableDefinition local && !IsClearedOrLoaded(instruction))
            {
                _cleared.Remove(local);
            }
        }
    }

    /// <summary>The three instructions of such an argument; null if the user gave one.</summary>
    public (Instruction Address, Instruction Clear, Instruction Load)? Find(Value argument) =>
        argument.Producer is { OpCode.Code: Code.Ldloc, Operand: VariableDefinition local } load
        && _cleared.Contains(local)
        && Before(load) is { } clear
        && Before(clear) is { } address
            ? (address, clear, load)
            : null;

    private static bool IsClearedOrLoaded(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldloca => After(instruction)?.OpCode.Code == Code.Initobj,
        Code.Ldloc => Before(instruction)?.OpCode.Code == Code.Initobj
            && Before(Before(instruction)) is { OpCode.Code: Code.Ldloca } address
            && address.Operand == instruction.Operand,
        _ => false,
    };
}
