using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// What is done to the calls of one body that begin what it awaits: they are left out where an interrupt is due, and they are given the
/// call's token. Everything is decided before the body is changed, and then inserted.
/// </summary>
internal sealed class MethodForwarding
{
    private readonly MethodBody _body;
    private readonly ModuleReferences _references;
    private readonly CalledBack _calledBack;
    private readonly Action<Instruction, ForwardedCall> _report;
    private readonly AwaitedValue _awaited;
    private readonly Whereabouts _whereabouts;
    private readonly CleanupRegions _cleanup;
    private readonly CallForwarding _calls;
    private readonly Dictionary<Instruction, ForwardedCall?> _forwarded = [];
    private readonly HashSet<Instruction> _first = [];
    private readonly HashSet<Instruction> _cleaning = [];
    private readonly Dictionary<Instruction, int> _traits = [];

    /// <param name="body">The code.</param>
    /// <param name="machine">Its state machine, if it has one.</param>
    /// <param name="owner">The method that the code belongs to, as the user wrote it.</param>
    /// <param name="references">What woven code refers to.</param>
    /// <param name="calledBack">What others call for it.</param>
    /// <param name="report">Is told of each call that is given the token.</param>
    public MethodForwarding(
        MethodBody body,
        TypeDefinition? machine,
        MethodDefinition owner,
        ModuleReferences references,
        CalledBack calledBack,
        Action<Instruction, ForwardedCall> report)
    {
        _body = body;
        _references = references;
        _calledBack = calledBack;
        _report = report;
        Graph = new ValueGraph(body, machine);
        var generations = new Generations(Graph);
        _awaited = new AwaitedValue(Graph, generations);
        _whereabouts = new Whereabouts(Graph, generations);
        _cleanup = new CleanupRegions(body, Graph);
        _calls = new CallForwarding(body, owner, Graph, references);
    }

    public ValueGraph Graph { get; }

    /// <summary>Whether there is anything to insert.</summary>
    public bool IsNeeded => _first.Count > 0 || _cleaning.Count > 0 || _forwarded.Values.Any(call => call is not null);

    /// <summary>Looks at one await.</summary>
    /// <param name="site">The instruction by which it is known.</param>
    /// <param name="awaited">What it awaits.</param>
    /// <returns>The calls that begin what is awaited.</returns>
    public IReadOnlyCollection<Instruction> AddAwait(Instruction site, Value awaited)
    {
        var traits = _references.Runtime.AwaitTraits;
        var calls = _awaited.Calls(awaited);
        var first = new List<Instruction>();
        var finds = !_awaited.TryBegin(awaited, first);
        var onlyWaits = OnlyWaits(calls);

        // A cleanup is carried out whole, whatever is due: what it awaits is neither left out nor ended.
        if (!onlyWaits && (_cleanup.Contains(site) || first.Exists(IsDisposal)))
        {
            // (The gate that disposes of something knows that by itself.)
            _cleaning.UnionWith(first.Where(call => !CleanupRegions.IsDisposal(call)));
            _traits[site] = traits.CleansUp;
            return calls;
        }

        _first.UnionWith(first);
        _traits[site] =
            (ForwardTo(calls, mayReturn: false) ? traits.Settles : 0)
            | (finds ? traits.FindsTask : 0)
            | (onlyWaits ? traits.OnlyWaits : 0);
        return calls;
    }

    /// <summary>The method is not async, and returns this.</summary>
    /// <returns>Whether it has a token.</returns>
    public bool AddReturn(Value returned) => ForwardTo(_awaited.Calls(returned), mayReturn: true);

    public int TraitsOf(Instruction site) => _traits.TryGetValue(site, out var traits) ? traits : _references.Runtime.AwaitTraits.FindsTask;

    /// <summary>What asks whether the await continues at once.</summary>
    public MethodReference IsCompletedGate(Instruction site)
    {
        var gate = _references.Runtime.Gate;
        var traits = _references.Runtime.AwaitTraits;
        return (TraitsOf(site) & traits.FindsTask) != 0 ? gate.IsCompletedFound
            : (TraitsOf(site) & traits.CleansUp) != 0 ? gate.IsCompletedCleanup
            : gate.IsCompleted;
    }

    /// <summary>Changes the body, except for some calls, which the gate copies.</summary>
    public void Emit(Func<Instruction[]> loadFrame, ICollection<Instruction> except)
    {
        var given = _forwarded.Where(pair => pair.Value is not null).Select(pair => pair.Key);
        foreach (var call in given.Union(_first).Union(_cleaning).ToArray())
        {
            if (_forwarded.TryGetValue(call, out var forwarded) && forwarded is not null)
            {
                _report(call, forwarded);
                ReplaceOmitted(forwarded, loadFrame);
            }

            if (!except.Contains(call))
            {
                InsertInFront(call, InFrontOf(call, loadFrame));
            }
        }
    }

    /// <summary>A copy of a call, with what stands in front of it; the end is where it goes on.</summary>
    public IEnumerable<Instruction> CopyOf(Instruction call, Func<Instruction[]> loadFrame)
    {
        var end = Instruction.Create(OpCodes.Nop);
        var plain = Copy(call);
        var inFront = InFrontOf(call, loadFrame)(plain, end);
        return inFront.Length == 0 ? [plain] : [.. inFront, plain, end];
    }

    /// <summary>Gives the token to all calls that begin what is awaited and stay in the method.</summary>
    /// <returns>Whether one of them has a token, of ours or of the user's.</returns>
    private bool ForwardTo(IReadOnlyCollection<Instruction> calls, bool mayReturn)
    {
        var settles = false;
        foreach (var call in calls)
        {
            if (_calledBack.TargetOf(call, Graph) is { } target)
            {
                settles |= _whereabouts.StaysHere(Graph.ResultOf(call)!, mayReturn) && _calledBack.Forward(target);
                continue;
            }

            if (!_forwarded.TryGetValue(call, out var forwarded))
            {
                forwarded = Graph.ResultOf(call) is { } made && _whereabouts.StaysHere(made, mayReturn) ? _calls.Find(call) : null;
                _forwarded.Add(call, forwarded);
            }

            settles |= (forwarded is not null || _calls.HasToken(call)) && !PassedThrough.StartsOnly((MethodReference)call.Operand);
        }

        return settles;
    }

    private static bool OnlyWaits(IReadOnlyCollection<Instruction> calls)
    {
        var begun = calls
            .Select(call => (MethodReference)call.Operand)
            .Where(called => !PassedThrough.Is(called))
            .ToArray();
        return begun.Length > 0 && Array.TrueForAll(begun, PassedThrough.OnlyWaits);
    }

    /// <summary>What stands in front of a call; given the plain call, and where both ways meet after it.</summary>
    private Func<Instruction, Instruction, Instruction[]> InFrontOf(Instruction call, Func<Instruction[]> loadFrame) => (plain, end) =>
    {
        var gate = _references.Runtime.Gate;
        var inFront = new List<Instruction>();
        if (_first.Contains(call))
        {
            inFront.AddRange([.. loadFrame(), Instruction.Create(OpCodes.Call, gate.BeforeCall)]);
        }
        else if (_cleaning.Contains(call))
        {
            inFront.AddRange([.. loadFrame(), Instruction.Create(OpCodes.Call, gate.BeforeCleanup)]);
        }

        if (_forwarded.TryGetValue(call, out var forwarded) && forwarded is { Overload: { } overload })
        {
            inFront.AddRange(
            [
                .. loadFrame(), Instruction.Create(OpCodes.Call, gate.HasToken), Instruction.Create(OpCodes.Brfalse, plain),
                .. loadFrame(), Instruction.Create(OpCodes.Call, gate.Token),
                .. call.Previous?.OpCode.Code == Code.Constrained ? [Copy(call.Previous)] : Array.Empty<Instruction>(),
                Instruction.Create(forwarded.IsVirtual ? OpCodes.Callvirt : call.OpCode, overload),
                .. Convert(forwarded.Conversion, (MethodReference)call.Operand, overload),
                Instruction.Create(OpCodes.Br, end),
            ]);
        }

        return [.. inFront];
    };

    /// <summary>The first instruction stays the first, since branches and symbols may point at it.</summary>
    private static void InsertInFront(Instruction call, Func<Instruction, Instruction, Instruction[]> inFrontOf)
    {
        var head = call.Previous?.OpCode.Code == Code.Constrained ? call.Previous : call;
        var plain = Copy(head);
        var inFront = inFrontOf(plain, call.Next);
        if (inFront.Length == 0)
        {
            return;
        }

        // A prefix stands right before its call. Without this one the call does the same.
        if (head.Previous?.OpCode.Code == Code.Tail)
        {
            head.Previous.OpCode = OpCodes.Nop;
        }

        head.OpCode = inFront[0].OpCode;
        head.Operand = inFront[0].Operand;
        InsertAfter(head, [.. inFront.Skip(1), plain]);
    }

    private void ReplaceOmitted(ForwardedCall forwarded, Func<Instruction[]> loadFrame)
    {
        if (forwarded.Omitted is not { } omitted)
        {
            return;
        }

        // At most three instructions take the place of three.
        Instruction[] places = [omitted.Address, omitted.Clear, omitted.Load];
        var gate = _references.Runtime.Gate;
        var isNullable = !Parameters.IsToken(((VariableDefinition)omitted.Load.Operand).VariableType);
        Instruction[] token = [.. loadFrame(), Instruction.Create(OpCodes.Call, isNullable ? gate.NullableToken : gate.Token)];
        for (var index = 0; index < places.Length; index++)
        {
            places[index].OpCode = index < token.Length ? token[index].OpCode : OpCodes.Nop;
            places[index].Operand = index < token.Length ? token[index].Operand : null;
        }
    }

    private Instruction[] Convert(TaskConversion conversion, MethodReference called, MethodReference overload)
    {
        if (conversion == TaskConversion.None)
        {
            return [];
        }

        var from = Returned(overload);
        if (conversion == TaskConversion.ToValueTask)
        {
            var valueTask = Returned(called);
            var constructor = valueTask.Resolve().Methods.Single(method =>
                method.IsConstructor && method.Parameters.Count == 1 && PassedThrough.IsTask(method.Parameters[0].ParameterType));
            return [Instruction.Create(OpCodes.Newobj, _references.On(constructor, valueTask))];
        }

        var local = new VariableDefinition(from);
        _body.Variables.Add(local);
        var asTask = from.Resolve().Methods.Single(method => method.Name == "AsTask");
        return
        [
            Instruction.Create(OpCodes.Stloc, local), Instruction.Create(OpCodes.Ldloca, local),
            Instruction.Create(OpCodes.Call, _references.On(asTask, from)),
        ];
    }

    /// <summary>The type that a call returns, on its type arguments.</summary>
    private TypeReference Returned(MethodReference called) => _references.Import(GenericArguments.Of(called).In(called.ReturnType));

    private static bool IsDisposal(Instruction call) => call.Operand is MethodReference { Name: "DisposeAsync", Parameters.Count: 0 };
}
