namespace Sitters.Fody.Rewriting.Gating;

/// <summary>Where the branches and handlers of a body lead to, read once: a big method has thousands of awaits that ask.</summary>
internal sealed class BranchTargets
{
    private readonly Dictionary<Instruction, int> _branches = [];
    private readonly HashSet<Instruction> _boundaries;

    public BranchTargets(MethodBody body)
    {
        foreach (var instruction in body.Instructions)
        {
            foreach (var target in InstructionWalk.Targets(instruction))
            {
                _branches[target] = _branches.TryGetValue(target, out var count) ? count + 1 : 1;
            }
        }

        _boundaries = [.. body.ExceptionHandlers
            .SelectMany(each => new[] { each.TryStart, each.TryEnd, each.HandlerStart, each.HandlerEnd, each.FilterStart })
            .Where(boundary => boundary is not null)];
    }

    public bool HasBranchTo(Instruction instruction) => _branches.ContainsKey(instruction);

    /// <summary>One branch leads to the instruction, and no handler begins or ends there.</summary>
    public bool HasOneBranchTo(Instruction instruction) =>
        _branches.TryGetValue(instruction, out var count) && count == 1 && !_boundaries.Contains(instruction);
}
