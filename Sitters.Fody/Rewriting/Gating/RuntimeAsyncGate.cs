using Mono.Cecil.Rocks;
using Sitters.Fody.Rewriting.Forwarding;
using Sitters.Fody.Rewriting.Mapping;
using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>
/// Brings a method under control that the runtime itself suspends, and that has no state machine: its frame is a local, which the
/// runtime preserves. Inside a call an await goes through the awaiter of what is awaited; outside of any call it stays as it is.
/// </summary>
internal sealed class RuntimeAsyncGate
{
    private readonly MethodDefinition _method;
    private readonly MappedMethod _mapped;
    private readonly ModuleReferences _references;
    private readonly SittersRuntime.GateMembers _gate;
    private readonly Func<Instruction> _loadFrame;
    private readonly bool _isSat;
    private readonly MethodForwarding _forwarding;
    private readonly Dictionary<string, VariableDefinition> _locals = [];
    private readonly BranchTargets _targets;

    private RuntimeAsyncGate(
        MethodDefinition method,
        MappedMethod mapped,
        ModuleReferences references,
        ParameterDefinition? frameArgument,
        MethodForwarding forwarding)
    {
        _forwarding = forwarding;
        _mapped = mapped;
        _method = method;
        _targets = new BranchTargets(method.Body);
        _references = references;
        _gate = references.Runtime.Gate;
        _isSat = frameArgument is not null;
        if (frameArgument is not null)
        {
            _loadFrame = () => Instruction.Create(OpCodes.Ldarg, frameArgument);
        }
        else
        {
            var frame = Local("frame", references.Runtime.Frame);
            _loadFrame = () => Instruction.Create(OpCodes.Ldloc, frame);
        }
    }

    /// <param name="method">The method, or the body of a sat one.</param>
    /// <param name="mapped">What the map of awaits says of it.</param>
    /// <param name="references">What woven code refers to.</param>
    /// <param name="frameArgument">The frame that is passed to a sat method; null for a helper, which asks for one.</param>
    /// <param name="forward">What is to be done to the calls that its body awaits, once that is simplified.</param>
    public static void Install(
        MethodDefinition method,
        MappedMethod mapped,
        ModuleReferences references,
        ParameterDefinition? frameArgument,
        Func<MethodForwarding> forward)
    {
        var body = method.Body;
        body.SimplifyMacros();
        try
        {
            var sites = RuntimeAwaitSite.Find(body);
            if (sites.Count == 0)
            {
                return;
            }

            body.InitLocals = true;
            var gate = new RuntimeAsyncGate(method, mapped, references, frameArgument, forward());
            gate.Install(sites);

            if (frameArgument is null)
            {
                HelperBoundary.Install(method, (VariableDefinition)gate._loadFrame().Operand, references);
            }
        }
        finally
        {
            ShortForms.Give(body);
        }
    }

    private void Install(IReadOnlyList<RuntimeAwaitSite> sites)
    {
        _mapped.Read(
            _method,
            _forwarding,
            [.. sites.Select(site => (site.Call, _forwarding.Graph.InputsOf(site.IsCompleted ?? site.Call)[0]))]);

        // The calls that are copied for the gated path are given the token there.
        _forwarding.Emit(LoadFrame, [.. sites.Where(site => site.IsCompleted is null).SelectMany(SourceOf)]);
        foreach (var site in sites)
        {
            if (site.IsCompleted is null)
            {
                GateAwaitable(site);
            }
            else
            {
                GateAwaiter(site);
            }
        }
    }

    private Instruction[] LoadFrame() => [_loadFrame()];

    /// <summary>An await whose awaiter is in the code gets two gates more.</summary>
    private void GateAwaiter(RuntimeAwaitSite site)
    {
        var load = Before(site.Call)!;
        var awaiter = (VariableDefinition)load.Operand;
        var mergePoint = site.Call.Next;
        InsertAfter(
            site.IsCompleted!,
            _loadFrame(),
            Call(_forwarding.IsCompletedGate(site.Call)));
        Instruction[] gated = [.. Suspend(site, awaiter), .. ResultGate(awaiter)];
        InsertBefore(load, _loadFrame(), Instruction.Create(OpCodes.Brtrue, gated[0]));
        InsertAfter(site.Call, [.. Hop(site), Instruction.Create(OpCodes.Br, mergePoint), .. gated]);
    }

    /// <summary>
    /// An await that leaves everything to the runtime. If the frame is null, the call that returns the awaitable stays right before it,
    /// so that the runtime can still call one method from the other without a task between them; the gated path has a copy of that call.
    /// </summary>
    private void GateAwaitable(RuntimeAwaitSite site)
    {
        var mergePoint = site.Call.Next;
        var source = SourceOf(site);
        Instruction[] gated = [.. source.SelectMany(instruction => UnderControl(site, instruction)), .. Gated(site)];

        // The first instruction stays first: branches and symbols may point at it.
        var first = source.Length > 0 ? source[0] : site.Call;
        Instruction[] plain =
        [
            Copy(first), .. source.Skip(1), .. source.Length > 0 ? [site.Call] : Array.Empty<Instruction>(),
        ];
        var load = _loadFrame();
        first.OpCode = load.OpCode;
        first.Operand = load.Operand;
        InsertAfter(first, Instruction.Create(OpCodes.Brtrue, gated[0]), plain[0]);
        InsertAfter(plain[plain.Length - 1], [.. Hop(site), Instruction.Create(OpCodes.Br, mergePoint), .. gated]);
    }

    /// <summary>
    /// The call that returns what is awaited, with that of ConfigureAwait on it: the runtime knows the two as one only where nothing else stands
    /// between them. A ValueTask is put into a local for it.
    /// </summary>
    private static Instruction[] SourceOf(RuntimeAwaitSite site)
    {
        var last = site.Call.Previous;
        if (!IsPlainCall(last))
        {
            return [];
        }

        if (Called(last)!.Name != "ConfigureAwait" || Before(last) is not { OpCode.Code: Code.Ldc_I4 } option)
        {
            return [last];
        }

        var before = Before(option);
        if (IsPlainCall(before))
        {
            return [before!, option, last];
        }

        return before?.OpCode.Code == Code.Ldloca
            && Before(before) is { OpCode.Code: Code.Stloc } store
            && store.Operand == before.Operand
            && IsPlainCall(Before(store))
            ? [Before(store)!, store, before, option, last]
            : [last];
    }

    private static bool IsPlainCall(Instruction? instruction) =>
        Called(instruction) is not null && instruction!.Previous?.OpCode.OpCodeType != OpCodeType.Prefix;

    private IEnumerable<Instruction> Gated(RuntimeAwaitSite site)
    {
        var getAwaiter = MethodOf(site.Argument, "GetAwaiter");
        var awaiterType = _references.Import(GenericArguments.Of(site.Argument).In(getAwaiter.Resolve().ReturnType));
        var awaiter = Local("awaiter", awaiterType);
        if (site.Argument.Resolve().IsValueType)
        {
            var awaitable = Local("awaitable", site.Argument);
            yield return Instruction.Create(OpCodes.Stloc, awaitable);
            yield return Instruction.Create(OpCodes.Ldloca, awaitable);
            yield return Instruction.Create(OpCodes.Call, getAwaiter);
        }
        else
        {
            yield return Instruction.Create(OpCodes.Callvirt, getAwaiter);
        }

        var load = Instruction.Create(OpCodes.Ldloca, awaiter);
        yield return Instruction.Create(OpCodes.Stloc, awaiter);
        yield return Instruction.Create(OpCodes.Ldloca, awaiter);
        yield return Instruction.Create(OpCodes.Call, MethodOf(awaiterType, "get_IsCompleted"));
        yield return _loadFrame();
        yield return Call(_forwarding.IsCompletedGate(site.Call));
        yield return Instruction.Create(OpCodes.Brtrue, load);
        foreach (var instruction in Suspend(site, awaiter).Concat(ResultGate(awaiter)))
        {
            yield return instruction;
        }

        yield return load;
        yield return Instruction.Create(OpCodes.Call, MethodOf(awaiterType, "GetResult"));
    }

    private Instruction[] Suspend(RuntimeAwaitSite site, VariableDefinition awaiter)
    {
        var context = ContextCapture.Of(awaiter.VariableType, site.Call, _targets);
        var isKept = context.ConfigureAwait is { } configureAwait && configureAwait == site.Call.Previous;
        var gated = _references.Runtime.GatedAwait(awaiter.VariableType);
        return
        [
            Instruction.Create(OpCodes.Ldloca, awaiter),
            _loadFrame(),
            .. context.LoadTraits(
                SittersRuntime.AwaitTraitsMembers.Numbered(_forwarding.TraitsOf(site.Call), _mapped.NumberOf(site.Call)),
                _references.Runtime.AwaitTraits.CapturesContext,
                isKept ? Option : null),
            Instruction.Create(OpCodes.Call, _mapped.Gate.Gated(awaiter.VariableType)),
            Await(site, gated),
        ];
    }

    private Instruction[] ResultGate(VariableDefinition awaiter) =>
    [
        Instruction.Create(OpCodes.Ldloca, awaiter),
        _loadFrame(),
        Instruction.Create(OpCodes.Call, _gate.BeforeResult(awaiter.VariableType)),
    ];

    /// <summary>A helper outside of any call continues elsewhere if code of a call has just resumed it.</summary>
    private Instruction[] Hop(RuntimeAwaitSite site)
    {
        if (_isSat)
        {
            return [];
        }

        var after = Instruction.Create(OpCodes.Nop);
        var hop = _gate.Hop;
        return
        [
            Call(_gate.IsForeign),
            Instruction.Create(OpCodes.Brfalse, after),
            Instruction.Create(OpCodes.Call, hop),
            Await(site, hop.ReturnType),
            after,
        ];
    }

    private Instruction Await(RuntimeAwaitSite site, TypeReference awaiterType)
    {
        var helpers = site.Await.DeclaringType;
        var method = helpers.Resolve().Methods.Single(candidate => candidate.Name == "UnsafeAwaitAwaiter");
        var await = new GenericInstanceMethod(_references.On(method, helpers));
        await.GenericArguments.Add(awaiterType);
        return Instruction.Create(OpCodes.Call, await);
    }

    /// <summary>What the last ConfigureAwait was given.</summary>
    private VariableDefinition Option => Local("option", _references.Int32);

    /// <summary>A copy of the instruction, but the gate disposes of iterators: an interrupt may have left a step behind.</summary>
    private IEnumerable<Instruction> UnderControl(RuntimeAwaitSite site, Instruction instruction) =>
        CleanupRegions.IsDisposal(instruction)
            ? [_loadFrame(), Call(_gate.DisposeAsync)]
            :
            [
                .. instruction == site.Call.Previous && Called(instruction)?.Name == "ConfigureAwait"
                    ? ContextCapture.Keep(Option) : Array.Empty<Instruction>(),
                .. _forwarding.CopyOf(instruction, LoadFrame),
            ];

    private MethodReference MethodOf(TypeReference type, string name) =>
        _references.On(type.Resolve().Methods.Single(method => method.Name == name && !method.HasParameters && !method.IsStatic), type);

    private static Instruction Call(MethodReference method) => Instruction.Create(OpCodes.Call, method);

    private VariableDefinition Local(string use, TypeReference type)
    {
        var key = use + " " + type.FullName;
        if (_locals.TryGetValue(key, out var local))
        {
            return local;
        }

        _locals.Add(key, local = new VariableDefinition(type));
        _method.Body.Variables.Add(local);
        return local;
    }
}
