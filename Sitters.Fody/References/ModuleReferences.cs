using System.Globalization;
using Fody;

namespace Sitters.Fody.References;

/// <summary>Finds the types and members that woven code refers to by their names, and imports each into the module once.</summary>
internal sealed class ModuleReferences
{
    private readonly BaseModuleWeaver _weaver;
    private readonly Dictionary<string, TypeDefinition> _definitions = [];
    private readonly Dictionary<string, TypeReference> _types = [];
    private readonly Dictionary<(string Type, string Name, string Parameters), MethodReference> _methods = [];
    private readonly UnifyingImporter _importer;
    private GenericArguments? _imported;

    public ModuleReferences(BaseModuleWeaver weaver)
    {
        _weaver = weaver;
        _importer = new UnifyingImporter(weaver.ModuleDefinition);
        Runtime = new SittersRuntime(this);
    }

    public SittersRuntime Runtime { get; }

    public TypeReference Object => _weaver.TypeSystem.ObjectReference;

    public TypeReference Void => _weaver.TypeSystem.VoidReference;

    public TypeReference Boolean => _weaver.TypeSystem.BooleanReference;

    public TypeReference String => _weaver.TypeSystem.StringReference;

    public TypeReference Int32 => _weaver.TypeSystem.Int32Reference;

    public TypeReference ValueTask => Type("System.Threading.Tasks.ValueTask");

    public TypeReference CancellationToken => Type("System.Threading.CancellationToken");

    /// <summary>A type by its full name.</summary>
    public TypeReference Type(string name)
    {
        if (!_types.TryGetValue(name, out var type))
        {
            _types.Add(name, type = _importer.ImportReference(Definition(name), null));
        }

        return type;
    }

    public TypeReference Type(string name, params TypeReference[] arguments) => GenericArguments.Instance(Type(name), arguments);

    /// <summary>A type that another module may have named, as this one names it; generic parameters stay as they are.</summary>
    public TypeReference Import(TypeReference type) =>
        (_imported ??= new GenericArguments([], [], leaf => _importer.ImportReference(leaf, null))).In(type);

    /// <summary>The only method of that name (and that many parameters) of a type.</summary>
    public MethodReference Method(string typeName, string name, int? parameterCount = null) => Known(
        typeName,
        name,
        parameterCount?.ToString(CultureInfo.InvariantCulture) ?? "",
        method => method.Name == name && (parameterCount is null || method.Parameters.Count == parameterCount));

    public MethodReference Method(string typeName, TypeReference[] typeArguments, string name, int? parameterCount = null) =>
        Members.Copy(Method(typeName, name, parameterCount), Type(typeName, typeArguments));

    public MethodReference Getter(string typeName, string property) => Method(typeName, "get_" + property);

    public MethodReference Setter(string typeName, string property) => Method(typeName, "set_" + property);

    public MethodReference GenericMethod(string typeName, string name, params TypeReference[] arguments)
    {
        var method = new GenericInstanceMethod(Method(typeName, name));
        foreach (var argument in arguments)
        {
            method.GenericArguments.Add(argument);
        }

        return method;
    }

    public MethodReference Constructor(string typeName, params string[] parameterTypes) => Known(
        typeName,
        ".ctor",
        string.Join(",", parameterTypes),
        method => method.IsConstructor && !method.IsStatic
            && method.Parameters.Select(parameter => parameter.ParameterType.FullName).SequenceEqual(parameterTypes));

    /// <summary>The value of an enumeration's member.</summary>
    public int Constant(string typeName, string name) => (int)Definition(typeName).Fields.Single(field => field.Name == name).Constant;

    public bool Exists(string typeName) => _weaver.TryFindTypeDefinition(typeName, out _);

    /// <summary>A method of any assembly, as a member of that instance of its type.</summary>
    public MethodReference On(MethodDefinition method, TypeReference declaringType)
    {
        if (method.Module == _weaver.ModuleDefinition)
        {
            return Members.On(method, declaringType);
        }

        var reference = _importer.ImportReference(method, null);
        reference.DeclaringType = Import(declaringType);
        return reference;
    }

    public FieldReference On(FieldDefinition field, TypeReference declaringType)
    {
        if (field.Module == _weaver.ModuleDefinition)
        {
            return Members.On(field, declaringType);
        }

        var reference = _importer.ImportReference(field, null);
        reference.DeclaringType = Import(declaringType);
        return reference;
    }

    public CustomAttribute Attribute(string typeName) => new(Constructor(typeName));

    /// <summary>The method that is wanted, imported only once: thousands of sat methods may refer to it.</summary>
    private MethodReference Known(string typeName, string name, string parameters, Func<MethodDefinition, bool> isWanted)
    {
        var key = (typeName, name, parameters);
        if (!_methods.TryGetValue(key, out var method))
        {
            _methods.Add(key, method = On(Definition(typeName).Methods.Single(isWanted), Type(typeName)));
        }

        return method;
    }

    private TypeDefinition Definition(string fullName)
    {
        if (_definitions.TryGetValue(fullName, out var definition))
        {
            return definition;
        }

        if (!_weaver.TryFindTypeDefinition(fullName, out definition))
        {
            throw new WeavingException(
                $"Sitters needs {fullName}, which this project does not reference. "
                    + "Add the package Sitters.Fody (it brings Sitters.Runtime) without ExcludeAssets, in the same version everywhere.");
        }

        _definitions.Add(fullName, definition);
        return definition;
    }
}
