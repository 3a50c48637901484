using Sitters.Fody.Rewriting.Forwarding;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>Finds the line where a reader sees an await.</summary>
internal sealed class AwaitLines
{
    /// <summary>How many variables a value may come through.</summary>
    private const int Reach = 8;

    private readonly ValueGraph _graph;
    private readonly VariableNames _names;

    /// <summary>What symbols say, in the order of the code.</summary>
    private readonly SequencePoint[] _points;
    private readonly int[] _offsets;

    /// <summary>For each point the last one up to it that is visible.</summary>
    private readonly SequencePoint?[] _visible;

    /// <summary>For each point the last one up to it that is longer than a line.</summary>
    private readonly SequencePoint?[] _statements;

    /// <summary>The points by which symbols hide the rest of an await.</summary>
    private readonly HashSet<int> _ofAwaits = [];

    public AwaitLines(ValueGraph graph, MethodDefinition code, VariableNames names)
    {
        _graph = graph;
        _names = names;
        _points = [.. code.DebugInformation.SequencePoints.OrderBy(point => point.Offset)];
        _offsets = [.. _points.Select(point => point.Offset)];
        _visible = new SequencePoint?[_points.Length];
        _statements = new SequencePoint?[_points.Length];
        for (var index = 0; index < _points.Length; index++)
        {
            var point = _points[index];
            _visible[index] = !point.IsHidden ? point : index > 0 ? _visible[index - 1] : null;
            _statements[index] = !point.IsHidden && point.EndLine > point.StartLine ? point : index > 0 ? _statements[index - 1] : null;
        }
    }

    /// <param name="site">The instruction by which the await is known.</param>
    /// <param name="awaited">What it awaits.</param>
    /// <returns>Null where it is not known.</returns>
    public SequencePoint? Of(Instruction site, Value awaited)
    {
        if (_points.Length == 0)
        {
            return null;
        }

        // Symbols hide the rest of an await, which comes after the call that makes the awaiter.
        var awaiter = Origin(awaited);
        var begin = CalledBy(awaiter) == "GetAwaiter" ? awaiter!.Producer! : site;
        var line = OfStatement(awaiter, begin) ?? OfArm(begin, site) ?? At(begin);
        if (IndexOf(site) is var hidden && hidden > IndexOf(begin))
        {
            _ofAwaits.Add(hidden);
        }

        return line;
    }

    /// <summary>
    /// Where a statement begins that awaits without saying so: <c>await foreach</c> for each element, and like <c>await using</c> at its
    /// end.
    /// </summary>
    private SequencePoint? OfStatement(Value? awaiter, Instruction begin)
    {
        var value = awaiter;
        while (CalledBy(value) is "GetAwaiter" or "ConfigureAwait")
        {
            value = Origin(value!.Inputs[0]);
        }

        var called = CalledBy(value);
        if (called is not ("MoveNextAsync" or "DisposeAsync") || _graph.Loaded(value!.Inputs[0]) is not { } variable)
        {
            return null;
        }

        var load = value.Inputs[0];
        var isHidden = called == "DisposeAsync" ? IsHidden(begin) : _names.Of(variable, load.Producer!) is null;
        return isHidden ? FirstUse(load, variable) : null;
    }

    /// <summary>
    /// The line of an arm of a <c>switch</c> expression: symbols have it within those of the statement, and only behind the awaits that
    /// are in it.
    /// </summary>
    private SequencePoint? OfArm(Instruction begin, Instruction site)
    {
        var index = IndexOf(begin);
        while (_ofAwaits.Contains(index))
        {
            index--;
        }

        if (index < 0 || !_points[index].IsHidden || _statements[index] is not { } statement)
        {
            return null;
        }

        var next = IndexOf(site) + 1;
        while (next < _points.Length && _points[next].IsHidden)
        {
            next++;
        }

        return next < _points.Length && Contains(statement, _points[next]) ? _points[next] : null;
    }

    private static bool Contains(SequencePoint outer, SequencePoint inner) =>
        inner.StartLine > outer.StartLine && inner.EndLine <= outer.EndLine && inner.Document == outer.Document;

    /// <summary>The first line of all that a variable is used for while it has the value that is loaded.</summary>
    private SequencePoint? FirstUse(Value load, object variable)
    {
        var stores = _graph.StoresOf(load).Where(store => !IsClearing(store)).ToArray();
        var loads = stores.Length > 0 ? stores.SelectMany(_graph.Targets) : _graph.LoadsOf(variable);
        return stores.Select(At)
            .Concat(loads.Select(use => use.Producer!).Where(use => !IsHidden(use)).Select(At))
            .Where(point => point is not null)
            .OrderBy(point => point!.StartLine)
            .FirstOrDefault();
    }

    private bool IsClearing(Instruction store) =>
        _graph.InputsOf(store) is { Count: > 0 } inputs && inputs[inputs.Count - 1].Producer?.OpCode.Code == Code.Ldnull;

    /// <summary>What was put into a variable, if that is only one value.</summary>
    private Value? Origin(Value value)
    {
        for (var step = 0; step < Reach && _graph.Loaded(value) is not null; step++)
        {
            var sources = _graph.Sources(value).Take(2).ToArray();
            if (sources.Length != 1)
            {
                return null;
            }

            value = sources[0];
        }

        return value;
    }

    private static string? CalledBy(Value? value) =>
        value is { Producer: { OpCode.Code: Code.Call or Code.Callvirt, Operand: MethodReference called }, Inputs.Count: > 0 }
            ? called.Name
            : null;

    /// <summary>The last visible point up to an instruction.</summary>
    private SequencePoint? At(Instruction instruction) => IndexOf(instruction) is >= 0 and var index ? _visible[index] : null;

    private bool IsHidden(Instruction instruction) => IndexOf(instruction) is >= 0 and var index && _points[index].IsHidden;

    private int IndexOf(Instruction instruction)
    {
        var index = Array.BinarySearch(_offsets, instruction.Offset);
        return index < 0 ? ~index - 1 : index;
    }
}
