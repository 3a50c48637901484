using Mono.Cecil.Cil;

namespace Tests.Interleavings.Rewriting;

/// <summary>How much is on the stack before each instruction of a method that can be come to.</summary>
internal static class StackDepths
{
    public static IReadOnlyDictionary<Instruction, int> Of(MethodBody body)
    {
        var depths = new Dictionary<Instruction, int>();
        var open = new Stack<(Instruction Instruction, int Depth)>();
        open.Push((body.Instructions[0], 0));
        foreach (var handler in body.ExceptionHandlers)
        {
            open.Push((handler.HandlerStart, handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter ? 1 : 0));
            if (handler.FilterStart is { } filter)
            {
                open.Push((filter, 1));
            }
        }

        while (open.TryPop(out var next))
        {
            if (!depths.TryAdd(next.Instruction, next.Depth))
            {
                continue;
            }

            var instruction = next.Instruction;
            var after = instruction.OpCode.Code is Code.Leave or Code.Leave_S
                ? 0
                : next.Depth - MethodCode.Pops(instruction) + MethodCode.Pushes(instruction);
            foreach (var target in Targets(instruction))
            {
                open.Push((target, after));
            }

            if (instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw) && instruction.Next is { } following)
            {
                open.Push((following, after));
            }
        }

        return depths;
    }

    private static IEnumerable<Instruction> Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };
}
