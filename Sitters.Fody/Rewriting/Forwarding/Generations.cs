namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// A local that is cleared and filled anew, as the compiler does with the array behind the arguments of a call, serves something else
/// after each time. What is known of one generation says nothing of the others.
/// </summary>
internal sealed class Generations(ValueGraph graph)
{
    private readonly Dictionary<object, Dictionary<Value, IReadOnlyList<Value>>> _ofLocals = [];

    /// <summary>The loads of the same local that may find what is put behind its address here, in the order of the code.</summary>
    public IReadOnlyList<Value> Of(Value load)
    {
        var local = load.Producer!.Operand;
        if (!_ofLocals.TryGetValue(local, out var generations))
        {
            _ofLocals.Add(local, generations = Read(local));
        }

        return generations[load];
    }

    public static bool Clears(Value load) => load.Uses.Exists(use => use.Consumer?.OpCode.Code == Code.Initobj);

    private Dictionary<Value, IReadOnlyList<Value>> Read(object local)
    {
        var all = new List<Value>();
        var generations = new List<List<Value>>();
        foreach (var load in graph.LoadsOf(local))
        {
            if (generations.Count == 0 || Clears(load))
            {
                generations.Add([]);
            }

            generations[generations.Count - 1].Add(load);
            all.Add(load);
        }

        if (!generations.TrueForAll(IsClosed))
        {
            generations = [all];
        }

        return generations
            .SelectMany(generation => generation, (generation, load) => (generation, load))
            .ToDictionary(pair => pair.load, pair => (IReadOnlyList<Value>)pair.generation);
    }

    /// <summary>Whether every way to its loads clears the local first.</summary>
    private bool IsClosed(List<Value> generation) =>
        Clears(generation[0])
        && !graph.Variables.IsEntered(PositionOf(generation[0]), PositionOf(generation[generation.Count - 1]));

    private int PositionOf(Value load) => graph.Variables.PositionOf(load.Producer!);
}
