namespace Sitters.Fody.Reading;

/// <summary>Finds the hook, retry and cache members that the settings of one method name.</summary>
internal sealed class MemberFinder
{
    private readonly MethodDefinition _method;
    private readonly IReadOnlyList<(TypeReference Reference, TypeDefinition Definition)> _path;
    private readonly bool _knowsInstance;
    private readonly string? _problem;

    public MemberFinder(MethodDefinition method, TypeReference? hooksType)
    {
        _method = method;
        var user = Names.UserType(method.DeclaringType);
        var ownPath = LookupPath.From(GenericArguments.Self(user));
        _path = hooksType is null ? ownPath : LookupPath.From(hooksType);
        _knowsInstance = !method.IsStatic && method.DeclaringType == user
            && (hooksType is null || ownPath.Any(level => level.Definition == hooksType.Resolve()));

        if (hooksType is { HasGenericParameters: true } and not GenericInstanceType)
        {
            _problem = $"HooksType {Names.Of(hooksType)} is an open generic type; close it, such as typeof(Hooks<int>)";
        }
        else if (hooksType is not null && _path.Count == 0)
        {
            _problem = $"HooksType {Names.Of(hooksType)} can't be loaded";
        }
        else if (hooksType is not null && ownPath.FirstOrDefault(level => level.Definition == hooksType.Resolve()).Reference is { } own)
        {
            _path = LookupPath.From(own);
        }
    }

    public MemberUse Hook(Setting setting, string name) =>
        Find(setting, name, definition => definition.Methods.Where(candidate => !candidate.IsConstructor), IsHook,
            "must be a method () or (SitContext) that returns void, Task or ValueTask");

    public MemberUse Retry(string name, TypeReference? result) =>
        Find(KnownSettings.Retry, name, ValueMembers, member => HoldsRetry(member, result), result is null
            ? "must hold a Polly RetryStrategyOptions or ResiliencePipeline (without a result type: the method has no result)"
            : $"must hold a Polly RetryStrategyOptions or ResiliencePipeline (or one of {Names.Of(result)})");

    public MemberUse Cache(string name) =>
        Find(KnownSettings.Cache, name, ValueMembers, HoldsCache, "must hold an IMemoryCache");

    private MemberUse Find(
        Setting setting,
        string name,
        Func<TypeDefinition, IEnumerable<IMemberDefinition>> members,
        Func<IMemberDefinition, bool> fits,
        string rule)
    {
        if (_problem is not null)
        {
            return new MemberUse(setting, name, null, null, _problem);
        }

        foreach (var (reference, definition) in _path)
        {
            // Of two overloads, the one that takes the context is preferred.
            var found = members(definition)
                .Where(member => member.Name == name && fits(member) && (IsStatic(member) || _knowsInstance))
                .OrderByDescending(member => member is MethodDefinition { HasParameters: true })
                .FirstOrDefault();
            if (found is not null)
            {
                return new MemberUse(setting, name, found, reference, AccessProblem(found));
            }
        }

        return new MemberUse(setting, name, null, null, Explain(name, members, fits, rule));
    }

    private string Explain(
        string name,
        Func<TypeDefinition, IEnumerable<IMemberDefinition>> members,
        Func<IMemberDefinition, bool> fits,
        string rule)
    {
        var type = Names.Of(_path[0].Reference is GenericInstanceType instance ? instance.ElementType : _path[0].Reference);
        var all = _path.SelectMany(level => members(level.Definition)).Where(member => !Names.IsCompilerMade(member.Name)).ToArray();
        var usable = all.Where(member => fits(member) && (IsStatic(member) || _knowsInstance) && !AttributeReader.Has(member))
            .Select(member => member.Name)
            .Distinct()
            .ToArray();
        var candidates = usable.Length == 0 ? "there is no other candidate" : $"candidates are {string.Join(", ", usable)}";
        var named = all.Where(member => member.Name == name).ToArray();
        var isNamed = _path.SelectMany(level => OtherMembers(level.Definition)).Concat(all).Any(member => member.Name == name);

        if (named.Any(fits))
        {
            return _method.IsStatic
                ? $"'{name}' of {type} is an instance member, but the method is static: make it static"
                : $"'{name}' of {type} is an instance member that this method has no instance for: make it static";
        }

        return isNamed
            ? $"'{name}' of {type} {rule}; {candidates}"
            : $"{type} has no member '{name}'; {candidates}{Nearest.Hint(name, usable)}";
    }

    /// <summary>What else a name may refer to, for the message.</summary>
    private static IEnumerable<IMemberDefinition> OtherMembers(TypeDefinition type) =>
        [.. type.Methods, .. type.Fields, .. type.Properties, .. type.Events];

    private static IEnumerable<IMemberDefinition> ValueMembers(TypeDefinition type) =>
    [
        .. type.Fields,
        .. type.Properties.Where(property => property.GetMethod is { HasParameters: false }),
        .. type.Methods.Where(method => !method.HasParameters && !method.IsConstructor && !method.IsSpecialName),
    ];

    private static bool IsStatic(IMemberDefinition member) => member switch
    {
        FieldDefinition field => field.IsStatic,
        PropertyDefinition property => property.GetMethod.IsStatic,
        _ => ((MethodDefinition)member).IsStatic,
    };

    private static bool IsHook(IMemberDefinition member) =>
        member is MethodDefinition { HasGenericParameters: false } method
        && method.ReturnType.FullName is "System.Void" or "System.Threading.Tasks.Task" or "System.Threading.Tasks.ValueTask"
        && (!method.HasParameters
            || (method.Parameters.Count == 1 && method.Parameters[0].ParameterType.FullName == SittersRuntime.SitContext));

    private static bool HoldsRetry(IMemberDefinition member, TypeReference? result) => Inherited(TypeOf(member)).Any(type => type switch
    {
        GenericInstanceType { ElementType.FullName: "Polly.Retry.RetryStrategyOptions`1" or "Polly.ResiliencePipeline`1" } generic =>
            generic.GenericArguments[0].FullName == result?.FullName,
        _ => type.FullName is "Polly.Retry.RetryStrategyOptions" or "Polly.ResiliencePipeline",
    });

    private static bool HoldsCache(IMemberDefinition member) => Inherited(TypeOf(member))
        .SelectMany(type => new[] { type.FullName }.Concat(Interfaces(type)))
        .Contains("Microsoft.Extensions.Caching.Memory.IMemoryCache");

    private static IEnumerable<string> Interfaces(TypeReference type) =>
        type.Resolve()?.Interfaces
            .Select(implementation => implementation.InterfaceType)
            .SelectMany(parent => Interfaces(parent).Prepend(parent.FullName)) ?? [];

    private static TypeReference? TypeOf(IMemberDefinition member) => member switch
    {
        FieldDefinition field => field.FieldType,
        PropertyDefinition property => property.PropertyType,
        MethodDefinition { HasGenericParameters: false } method => method.ReturnType,
        _ => null,
    };

    private static IEnumerable<TypeReference> Inherited(TypeReference? type)
    {
        while (type is not null)
        {
            yield return type;
            type = type.Resolve()?.BaseType is { } parent ? GenericArguments.Of(type).In(parent) : null;
        }
    }

    /// <summary>Inside the assembly the weaver makes private members accessible; those of another assembly stay out of reach.</summary>
    private string? AccessProblem(IMemberDefinition member)
    {
        var accessor = member as MethodDefinition ?? (member as PropertyDefinition)?.GetMethod;
        var module = member.DeclaringType.Module;
        if (module == _method.Module || IsFriend(module.Assembly))
        {
            return null;
        }

        var field = member as FieldDefinition;
        var isPublic = accessor?.IsPublic ?? field!.IsPublic;
        var isProtected = accessor is not null
            ? accessor.IsFamily || accessor.IsFamilyOrAssembly
            : field!.IsFamily || field.IsFamilyOrAssembly;
        return isPublic || (isProtected && Inherited(_method.DeclaringType).Any(type => type.Resolve() == member.DeclaringType))
            ? null
            : $"'{member.Name}' of {Names.Of(member.DeclaringType)} is not accessible: it belongs to another assembly; make it public";
    }

    private bool IsFriend(AssemblyDefinition assembly) => assembly.CustomAttributes.Any(attribute =>
        attribute.AttributeType.Name == "InternalsVisibleToAttribute"
        && attribute.ConstructorArguments[0].Value is string name
        && name.Split(',')[0].Trim() == _method.Module.Assembly.Name.Name);
}
