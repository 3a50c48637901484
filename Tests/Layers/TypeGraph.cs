using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tests.Layers;

/// <summary>Which types of an assembly name which others of it, read off the compiled code. Nested types count as the one around them.</summary>
internal sealed class TypeGraph
{
    private readonly Dictionary<string, HashSet<string>> _uses = [];

    public TypeGraph(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        foreach (var type in module.Types.Where(type => type.Namespace.StartsWith("Sitters", StringComparison.Ordinal)))
        {
            var uses = new HashSet<string>();
            AddUses(type, uses, module);
            uses.Remove(type.FullName);
            _uses.Add(type.FullName, uses);
        }
    }

    public IReadOnlyCollection<string> Types => _uses.Keys;

    public IEnumerable<(string From, string To)> Arrows => _uses.SelectMany(type => type.Value, (type, used) => (type.Key, used));

    public static string NamespaceOf(string type) => type[..type.LastIndexOf('.')];

    /// <summary>The types that reach one another, the largest such set first.</summary>
    public List<List<string>> Knots()
    {
        var reachable = _uses.Keys.ToDictionary(type => type, Reachable);
        var left = _uses.Keys.ToHashSet();
        var knots = new List<List<string>>();
        foreach (var type in _uses.Keys.Where(left.Contains))
        {
            var knot = reachable[type].Where(other => reachable[other].Contains(type)).Append(type).Distinct().Order(StringComparer.Ordinal).ToList();
            left.ExceptWith(knot);
            knots.Add(knot);
        }

        return [.. knots.Where(knot => knot.Count > 1).OrderByDescending(knot => knot.Count)];
    }

    private HashSet<string> Reachable(string type)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>(_uses[type]);
        while (next.TryPop(out var used))
        {
            if (reached.Add(used))
            {
                foreach (var further in _uses[used])
                {
                    next.Push(further);
                }
            }
        }

        return reached;
    }

    private static void AddUses(TypeDefinition type, HashSet<string> uses, ModuleDefinition module)
    {
        Add(type.BaseType);
        AddAll(type.Interfaces.Select(implementation => implementation.InterfaceType));
        AddAll(type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));
        AddAll(type.Fields.Select(field => field.FieldType));
        foreach (var method in type.Methods)
        {
            Add(method.ReturnType);
            AddAll(method.Parameters.Select(parameter => parameter.ParameterType));
            AddAll(method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));
            if (method.HasBody)
            {
                AddAll(method.Body.Variables.Select(variable => variable.VariableType));
                foreach (var instruction in method.Body.Instructions)
                {
                    AddOperand(instruction);
                }
            }
        }

        foreach (var nested in type.NestedTypes)
        {
            AddUses(nested, uses, module);
        }

        void AddOperand(Instruction instruction)
        {
            switch (instruction.Operand)
            {
                case TypeReference named:
                    Add(named);
                    break;
                case MemberReference member:
                    Add(member.DeclaringType);
                    AddAll((member as GenericInstanceMethod)?.GenericArguments ?? []);
                    break;
            }
        }

        void AddAll(IEnumerable<TypeReference> references)
        {
            foreach (var reference in references.ToList())
            {
                Add(reference);
            }
        }

        void Add(TypeReference? reference)
        {
            if (reference is null)
            {
                return;
            }

            AddAll((reference as GenericInstanceType)?.GenericArguments ?? []);
            if (reference is TypeSpecification specification)
            {
                Add(specification.ElementType);
            }
            else if (reference is TypeDefinition definition && definition.Module == module)
            {
                while (definition.DeclaringType is { } outer)
                {
                    definition = outer;
                }

                // What the compiler adds of its own, for constants, has no namespace.
                if (definition.Namespace.Length > 0)
                {
                    uses.Add(definition.FullName);
                }
            }
        }
    }
}
