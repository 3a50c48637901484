using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// Where the code of a <c>finally</c> that awaits stands, and that of <c>await using</c>: the compiler puts it after a handler that catches
/// everything, and throws again what was caught when it is over.
/// </summary>
internal sealed class CleanupRegions
{
    private readonly ValueGraph _graph;

    /// <summary>In how many regions each instruction of the body is.</summary>
    private readonly int[] _depths;

    public CleanupRegions(MethodBody body, ValueGraph graph)
    {
        _graph = graph;

        // First, how many begin there, less those that end.
        _depths = new int[body.Instructions.Count + 1];
        foreach (var handler in body.ExceptionHandlers)
        {
            if (handler.HandlerType == ExceptionHandlerType.Catch
                && handler.CatchType.FullName == "System.Object"
                && KeptException(handler.HandlerStart) is { } kept
                && handler.HandlerEnd is { } start
                && EndOf(start, kept) is { } end)
            {
                _depths[graph.Variables.PositionOf(start)]++;
                _depths[end]--;
            }
        }

        for (var position = 1; position < _depths.Length; position++)
        {
            _depths[position] += _depths[position - 1];
        }
    }

    /// <summary>The call by which <c>await using</c> and <c>await foreach</c> dispose of something: the gate makes it.</summary>
    public static bool IsDisposal(Instruction instruction) =>
        instruction.OpCode.Code == Code.Callvirt
        && instruction.Previous?.OpCode.Code != Code.Constrained
        && instruction.Operand is MethodReference { Name: "DisposeAsync", DeclaringType.FullName: "System.IAsyncDisposable" };

    public bool Contains(Instruction instruction) => _depths[_graph.Variables.PositionOf(instruction)] > 0;

    /// <summary>The variable that the handler puts the exception into.</summary>
    private object? KeptException(Instruction handler)
    {
        object? kept = null;
        for (var instruction = handler; instruction is not null; instruction = instruction.Next)
        {
            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
            {
                return instruction.OpCode.Code == Code.Leave ? kept : null;
            }

            if (_graph.IsStore(instruction))
            {
                kept = instruction.Operand is FieldReference field ? field.Name : instruction.Operand;
            }
        }

        return null;
    }

    /// <summary>Where the exception is looked at again, to be thrown.</summary>
    private int? EndOf(Instruction start, object kept)
    {
        var load = _graph.Variables.LoadsFrom(_graph.Variables.PositionOf(start), kept)
            .FirstOrDefault(load => After(load) is { OpCode.Code: Code.Brfalse or Code.Stloc });
        return load is null ? null : _graph.Variables.PositionOf(load);
    }
}
