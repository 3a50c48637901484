namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>The methods around lambdas and local functions: those whose code names them.</summary>
internal sealed class Enclosing
{
    private readonly Dictionary<MethodDefinition, MethodDefinition> _methods = [];

    /// <param name="module">The module, before it is changed.</param>
    public Enclosing(ModuleDefinition module)
    {
        var methods = module.GetTypes().SelectMany(type => type.Methods).ToArray();
        var kickoffs = new Dictionary<MethodDefinition, MethodDefinition>();
        foreach (var method in methods)
        {
            if (AsyncBodies.AnyStateMachineOf(method) is { } machine)
            {
                kickoffs[machine.MoveNext] = method;
            }
        }

        foreach (var code in methods.Where(method => method.HasBody))
        {
            var outer = kickoffs.TryGetValue(code, out var kickoff) ? kickoff : code;
            foreach (var instruction in code.Body.Instructions)
            {
                // (A local function may call itself, or the one around it.)
                if (instruction.Operand is MethodReference reference
                    && Names.Inner(reference.Name) is not null
                    && reference.Resolve() is { } inner
                    && inner != outer
                    && inner.Module == module
                    && !_methods.ContainsKey(inner)
                    && !IsWithin(outer, inner))
                {
                    _methods.Add(inner, outer);
                }
            }
        }
    }

    /// <summary>The method that a lambda or local function is written in; null for any other.</summary>
    public MethodDefinition? MethodAround(MethodDefinition method) => _methods.TryGetValue(method, out var outer) ? outer : null;

    private bool IsWithin(MethodDefinition? method, MethodDefinition other)
    {
        while (method is not null && method != other)
        {
            method = MethodAround(method);
        }

        return method is not null;
    }
}
