namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// The stores and loads of each variable, and which store may reach which load. A variable of one store, as nearly all are, needs no
/// search; for the others the search goes back from the load, and gives up where all of them together would take too long.
/// </summary>
internal sealed class Variables
{
    /// <summary>How many stretches of code, and stores before handlers, all searches may look at, for each stretch of the body.</summary>
    private const int Patience = 32;

    private readonly MethodBody _body;
    private readonly Dictionary<Instruction, int> _positions = [];
    private readonly Dictionary<Instruction, List<int>> _sources = [];
    private readonly Dictionary<object, Accesses> _accesses = [];
    private readonly ILookup<Instruction, ExceptionHandler> _handlers;

    /// <summary>For each instruction the first one of its stretch, the straight line of code around it.</summary>
    private readonly int[] _starts;
    private int _left;

    public Variables(MethodBody body)
    {
        _body = body;
        var instructions = body.Instructions;
        for (var position = 0; position < instructions.Count; position++)
        {
            _positions.Add(instructions[position], position);
            foreach (var target in InstructionWalk.Targets(instructions[position]))
            {
                if (!_sources.TryGetValue(target, out var sources))
                {
                    _sources.Add(target, sources = []);
                }

                sources.Add(position);
            }
        }

        _handlers = body.ExceptionHandlers
            .SelectMany(handler => new[] { handler.HandlerStart, handler.FilterStart }, (handler, start) => (handler, start))
            .Where(pair => pair.start is not null)
            .ToLookup(pair => pair.start, pair => pair.handler);
        _starts = new int[instructions.Count];
        for (var position = 1; position < instructions.Count; position++)
        {
            _starts[position] = BeginsStretch(instructions[position]) ? position : _starts[position - 1];
        }

        _left = Patience * (_sources.Count + Patience);
    }

    public int PositionOf(Instruction instruction) => _positions[instruction];

    /// <summary>Whether there is a way into the code between two positions, or to its last, that does not begin at the first.</summary>
    public bool IsEntered(int first, int last)
    {
        for (var position = first + 1; position <= last; position++)
        {
            var instruction = _body.Instructions[position];
            if (_handlers.Contains(instruction)
                || (_sources.TryGetValue(instruction, out var sources) && sources.Exists(source => source < first || source > last)))
            {
                return true;
            }
        }

        return false;
    }

    public void Add(Instruction instruction, object variable, bool isStore)
    {
        if (!_accesses.TryGetValue(variable, out var accesses))
        {
            _accesses.Add(variable, accesses = new Accesses());
        }

        (isStore ? accesses.Stores : accesses.Loads).Add(_positions[instruction]);
    }

    public IEnumerable<Instruction> LoadsOf(object variable) =>
        _accesses.TryGetValue(variable, out var accesses) ? accesses.Loads.Select(position => _body.Instructions[position]) : [];

    /// <summary>The loads of a variable at a position and after it, in the order of the code.</summary>
    public IEnumerable<Instruction> LoadsFrom(int position, object variable)
    {
        if (!_accesses.TryGetValue(variable, out var accesses))
        {
            yield break;
        }

        for (var index = FirstFrom(accesses.Loads, position); index < accesses.Loads.Count; index++)
        {
            yield return _body.Instructions[accesses.Loads[index]];
        }
    }

    /// <summary>The loads that may find the value of a store.</summary>
    public IEnumerable<Instruction> LoadsReachedBy(Instruction store, object variable)
    {
        var accesses = _accesses[variable];
        accesses.Reached ??= LoadsOf(variable)
            .SelectMany(load => StoresReaching(load, variable), (load, reaching) => (load, reaching))
            .ToLookup(pair => pair.reaching, pair => pair.load);
        return accesses.Reached[store];
    }

    /// <summary>The stores whose value a load may find.</summary>
    public IReadOnlyCollection<Instruction> StoresReaching(Instruction load, object variable)
    {
        if (!_accesses.TryGetValue(variable, out var accesses) || accesses.Stores.Count == 0)
        {
            return [];
        }

        if (!accesses.Reaching.TryGetValue(load, out var found))
        {
            accesses.Reaching.Add(load, found = accesses.Stores.Count == 1
                ? [_body.Instructions[accesses.Stores[0]]]
                : Search(_positions[load], accesses.Stores));
        }

        return found;
    }

    private HashSet<Instruction> Search(int load, List<int> stores)
    {
        var found = new HashSet<Instruction>();
        var seen = new HashSet<int>();

        // Each is an instruction, and the one before which to look in its stretch.
        var open = new Stack<(int At, int Before)>();
        open.Push((load, load));
        while (open.Count > 0 && _left-- > 0)
        {
            var (at, before) = open.Pop();
            var start = _starts[at];
            if (LastBetween(stores, start, before) is { } store)
            {
                found.Add(_body.Instructions[store]);
            }
            else if (seen.Add(start))
            {
                PushBefore(start, stores, open, found);
            }
        }

        return found;
    }

    private void PushBefore(int start, List<int> stores, Stack<(int At, int Before)> open, HashSet<Instruction> found)
    {
        var first = _body.Instructions[start];
        if (first.Previous is { } previous && !EndsStretch(previous))
        {
            open.Push((start - 1, start));
        }

        if (_sources.TryGetValue(first, out var sources))
        {
            sources.ForEach(source => open.Push((source, source)));
        }

        // A handler may be entered from anywhere in what it guards.
        foreach (var handler in _handlers[first])
        {
            var (from, to) = (_positions[handler.TryStart], _positions[handler.TryEnd]);
            open.Push((from, from));
            for (var index = FirstFrom(stores, from); index < stores.Count && stores[index] < to && _left-- > 0; index++)
            {
                found.Add(_body.Instructions[stores[index]]);
            }
        }
    }

    private bool BeginsStretch(Instruction instruction) =>
        _sources.ContainsKey(instruction) || EndsStretch(instruction.Previous) || _handlers.Contains(instruction);

    private static bool EndsStretch(Instruction instruction) =>
        instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw;

    private static int? LastBetween(List<int> stores, int from, int to)
    {
        var index = FirstFrom(stores, to) - 1;
        return index >= 0 && stores[index] >= from ? stores[index] : null;
    }

    /// <summary>The index of the first of some positions that is not before another.</summary>
    private static int FirstFrom(List<int> positions, int from)
    {
        var index = positions.BinarySearch(from);
        return index < 0 ? ~index : index;
    }

    private sealed class Accesses
    {
        /// <summary>In the order of the code.</summary>
        public List<int> Stores { get; } = [];

        /// <inheritdoc cref="Stores"/>
        public List<int> Loads { get; } = [];

        public Dictionary<Instruction, IReadOnlyCollection<Instruction>> Reaching { get; } = [];

        public ILookup<Instruction, Instruction>? Reached { get; set; }
    }
}
