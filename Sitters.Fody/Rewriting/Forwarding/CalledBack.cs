namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// Lambdas, local functions and private methods that a method does not call itself, and whose tasks it awaits all the same: it passes them
/// to something that calls them, such as <c>Select</c>. The calls whose tasks they return are given the token too, if nothing else can
/// call them.
/// </summary>
internal sealed class CalledBack
{
    private readonly HashSet<MethodDefinition> _candidates;
    private readonly Func<MethodDefinition, bool> _forward;
    private readonly Dictionary<MethodDefinition, bool> _forwarded = [];

    /// <param name="subject">The assembly, before it is changed.</param>
    /// <param name="forward">Forwards the token in such a method, and tells whether what it returns has one.</param>
    public CalledBack(Subject subject, Func<MethodDefinition, bool> forward)
    {
        _forward = forward;
        var instructions = subject.Module.GetTypes()
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Where(instruction => instruction.Operand is MethodReference)
            .ToArray();
        _candidates =
        [
            .. instructions.Select(TargetOf).Where(target => target is not null && IsCandidate(target)).Select(target => target!),
        ];
        _candidates.ExceptWith(subject.SatMethods.Select(sat => sat.Method));

        var names = new HashSet<string>(_candidates.Select(target => target.Name));
        var called = instructions
            .Select(instruction => (MethodReference)instruction.Operand)
            .Where(reference => names.Contains(reference.Name) && IsOfModule(reference.DeclaringType.GetElementType()))
            .GroupBy(reference => reference.Resolve())
            .Where(references => references.Key is not null && references.Skip(1).Any());
        _candidates.ExceptWith(called.Select(references => references.Key));
    }

    /// <summary>The method that a delegate calls, if it is one of these.</summary>
    public MethodDefinition? TargetOf(Instruction call, ValueGraph graph) =>
        call.OpCode.Code == Code.Newobj
        && graph.InputsOf(call) is { Count: 2 } inputs
        && inputs[1].Producer is { } load
        && TargetOf(load) is { } target
        && _candidates.Contains(target)
            ? target
            : null;

    /// <summary>Forwards the token in a method that is called back, once.</summary>
    /// <returns>Whether what it returns has a token.</returns>
    public bool Forward(MethodDefinition target)
    {
        if (!_forwarded.TryGetValue(target, out var hasToken))
        {
            _forwarded.Add(target, hasToken = _forward(target));
        }

        return hasToken;
    }

    private static MethodDefinition? TargetOf(Instruction load) =>
        load is { OpCode.Code: Code.Ldftn, Operand: MethodReference reference } && IsOfModule(reference.DeclaringType.GetElementType())
            ? reference.Resolve()
            : null;

    private static bool IsOfModule(TypeReference type) => type is TypeDefinition;

    private static bool IsCandidate(MethodDefinition method) =>
        Members.HasCode(method)
        && !method.IsVirtual
        && (method.IsPrivate || method.Name[0] is '<' or '_')
        && PassedThrough.IsTask(method.ReturnType)
        && !AsyncBodies.IsRuntimeAsync(method)
        && AsyncBodies.StateMachineOf(method) is null;
}
