using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// Where the code of a <c>finally</c> that awaits stands, and that of <c>await using</c>: the compiler puts it after a handler that catches
/// everything, and throws again what was caught when it is over.
/// </summary>
internal sealed class CleanupRegions
{
    private readonly ValueGraph _graph;
    private readonly List<(int From, int To)> _regions = [];

    public CleanupRegions(MethodBody body, ValueGraph graph)
    {
        _graph = graph;
        foreach (var handler in body.ExceptionHandlers)
        {
            if (handler.HandlerType == ExceptionHandlerType.Catch
                && handler.CatchType.FullName == "System.Object"
                && KeptException(handler.HandlerStart) is { } kept
                && handler.HandlerEnd is { } start
                && EndOf(start, kept) is { } end)
            {
                _regions.Add((graph.Variables.PositionOf(start), end));
            }
        }
    }

    /// <summary>The call by which <c>await using</c> and <c>await foreach</c> dispose of something: the gate makes it.</summary>
    public static bool IsDisposal(Instruction instruction) =>
        instruction.OpCode.Code == Code.Callvirt
        && instruction.Previous?.OpCode.Code != Code.Constrained
        && instruction.Operand is MethodReference { Name: "DisposeAsync", DeclaringType.FullName: "System.IAsyncDisposable" };

    public bool Contains(Instruction instruction)
    {
        var position = _graph.Variables.PositionOf(instruction);
        return _regions.Exists(region => region.From <= position && position < region.To);
    }

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
        var from = _graph.Variables.PositionOf(start);
        foreach (var load in _graph.LoadsOf(kept))
        {
            var position = _graph.Variables.PositionOf(load.Producer!);
            if (position >= from && After(load.Producer) is { OpCode.Code: Code.Brfalse or Code.Stloc })
            {
                return position;
            }
        }

        return null;
    }
}
