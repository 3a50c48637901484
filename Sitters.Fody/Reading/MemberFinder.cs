using Sitters.Rules.Reading;

namespace Sitters.Fody.Reading;

/// <summary>Finds the hook, retry and cache members that the settings of one method name.</summary>
internal sealed class MemberFinder : IMembers<IMemberDefinition>
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
            _problem = MemberTexts.OpenHooksType(Names.Of(hooksType));
        }
        else if (hooksType is not null && _path.Count == 0)
        {
            _problem = MemberTexts.NotLoaded(Names.Of(hooksType));
        }
        else if (hooksType is not null && ownPath.FirstOrDefault(level => level.Definition == hooksType.Resolve()).Reference is { } own)
        {
            _path = LookupPath.From(own);
        }
    }

    public MemberUse Hook(Setting setting, string name) =>
        Find(setting, name, definition => definition.Methods.Where(candidate => !candidate.IsConstructor), IsHook,
            MemberTexts.HookShape);

    public MemberUse Retry(string name, TypeReference? result) =>
        Find(KnownSettings.Retry, name, ValueMembers, member => HoldsRetry(member, result),
            MemberTexts.RetryShape(result is null ? null : Names.Of(result)));

    public MemberUse Cache(string name) =>
        Find(KnownSettings.Cache, name, ValueMembers, HoldsCache, MemberTexts.CacheShape);

    public string NameOf(IMemberDefinition member) => member.Name;

    public bool IsStatic(IMemberDefinition member) => member switch
    {
        FieldDefinition field => field.IsStatic,
        PropertyDefinition property => property.GetMethod.IsStatic,
        _ => ((MethodDefinition)member).IsStatic,
    };

    public bool HasParameters(IMemberDefinition member) => member is MethodDefinition { HasParameters: true };

    public bool IsSat(IMemberDefinition member) => AttributeReader.Has(member);

    private MemberUse Find(
        Setting setting,
        string name,
        Func<TypeDefinition, IEnumerable<IMemberDefinition>> members,
        Func<IMemberDefinition, bool> fits,
        string shape)
    {
        if (_problem is not null)
        {
            return new MemberUse(setting, name, null, null, new MissingMember(name, _problem));
        }

        var type = Names.Of(_path[0].Reference is GenericInstanceType instance ? instance.ElementType : _path[0].Reference);
        var search = new MemberSearch<IMemberDefinition>(this, type, _method.IsStatic, _knowsInstance);
        foreach (var (reference, definition) in _path)
        {
            if (search.In(name, members(definition), fits) is { } found)
            {
                return new MemberUse(setting, name, found, reference, AccessProblem(found));
            }
        }

        var all = _path.SelectMany(level => members(level.Definition)).Where(member => !Names.IsCompilerMade(member.Name)).ToArray();
        var others = _path.SelectMany(level => OtherMembers(level.Definition)).Select(member => member.Name);
        return new MemberUse(setting, name, null, null, search.Missing(name, all, others, fits, shape));
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
    private MissingMember? AccessProblem(IMemberDefinition member)
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
            : new MissingMember(member.Name, MemberTexts.NotAccessible(member.Name, Names.Of(member.DeclaringType)));
    }

    private bool IsFriend(AssemblyDefinition assembly) => assembly.CustomAttributes.Any(attribute =>
        attribute.AttributeType.Name == "InternalsVisibleToAttribute"
        && attribute.ConstructorArguments[0].Value is string name
        && name.Split(',')[0].Trim() == _method.Module.Assembly.Name.Name);
}
