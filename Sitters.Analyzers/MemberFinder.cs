using Sitters.Rules.Reading;

namespace Sitters.Analyzers;

/// <summary>Finds the hook, retry and cache members that the settings of one method name.</summary>
internal sealed class MemberFinder : IMembers<ISymbol>
{
    private readonly SitMethod _method;
    private readonly IReadOnlyList<INamedTypeSymbol> _path;
    private readonly bool _knowsInstance;
    private readonly string? _problem;

    public MemberFinder(SitMethod method, ITypeSymbol? hooksType)
    {
        _method = method;
        var own = LookupPath.From(method.Symbol.ContainingType);
        var isOwn = hooksType is null || own.Any(level => SymbolEqualityComparer.Default.Equals(level.OriginalDefinition, hooksType.OriginalDefinition));
        _knowsInstance = method.KnowsInstance && isOwn;
        _path = hooksType is null ? own : hooksType is INamedTypeSymbol named ? LookupPath.From(isOwn ? named.OriginalDefinition : named) : [];
        if (hooksType is INamedTypeSymbol { IsUnboundGenericType: true })
        {
            _problem = MemberTexts.OpenHooksType(Names.Of(hooksType));
        }
        else if (hooksType is not null && _path.Count == 0)
        {
            _problem = MemberTexts.NotLoaded(Names.Of(hooksType));
        }
    }

    public NamedMember Hook(Setting setting, string name) =>
        Find(setting, name, type => type.GetMembers().OfType<IMethodSymbol>().Where(IsMethod), IsHook, MemberTexts.HookShape);

    public NamedMember Retry(string name, ITypeSymbol? result) => Find(
        KnownSettings.Retry, name, ValueMembers, member => HoldsRetry(member, result), MemberTexts.RetryShape(result is null ? null : Names.Of(result)));

    public NamedMember Cache(string name) => Find(KnownSettings.Cache, name, ValueMembers, HoldsCache, MemberTexts.CacheShape);

    public string NameOf(ISymbol member) => member.MetadataName;

    public bool IsStatic(ISymbol member) => member.IsStatic;

    public bool HasParameters(ISymbol member) => member is IMethodSymbol { Parameters.Length: > 0 };

    public bool IsSat(ISymbol member) => AttributeReader.Find(member) is not null;

    private NamedMember Find(
        Setting setting, string name, Func<INamedTypeSymbol, IEnumerable<ISymbol>> members, Func<ISymbol, bool> fits, string shape)
    {
        if (_problem is not null)
        {
            return new NamedMember(setting, null, new MissingMember(name, _problem));
        }

        var search = new MemberSearch<ISymbol>(this, Names.OfDefinition(_path[0]), _method.IsStatic, _knowsInstance);
        foreach (var type in _path)
        {
            if (search.In(name, members(type), fits) is { } found)
            {
                return new NamedMember(setting, found, AccessProblem(found));
            }
        }

        var all = _path.SelectMany(members).Where(member => member.CanBeReferencedByName).ToArray();
        var others = _path.SelectMany(type => type.GetMembers()).Where(member => member is not ITypeSymbol).Select(member => member.MetadataName);
        return new NamedMember(setting, null, search.Missing(name, all, others, fits, shape));
    }

    /// <summary>Also what the compiler adds, as to a record; not what stands in brackets for something else.</summary>
    private static bool IsMethod(IMethodSymbol method) =>
        method.MethodKind is not (MethodKind.Constructor or MethodKind.StaticConstructor)
        && method.PartialDefinitionPart is null;

    private static IEnumerable<ISymbol> ValueMembers(INamedTypeSymbol type) => type.GetMembers().Where(member => member switch
    {
        IFieldSymbol => true,
        IPropertySymbol property => property is { GetMethod: not null, Parameters.Length: 0 },
        IMethodSymbol method => IsMethod(method) && method.Parameters.Length == 0
            && method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation,
        _ => false,
    });

    private static bool IsHook(ISymbol member) =>
        member is IMethodSymbol { Arity: 0 } method
        && ReturnTypes.Of(method) is Returned.Void or Returned.Task or Returned.ValueTask
        && (method.Parameters.Length == 0
            || (method.Parameters.Length == 1
                && method.Parameters[0] is { RefKind: RefKind.None, Type: INamedTypeSymbol type }
                && Names.InMetadata(type) == "Sitters.SitContext"));

    /// <summary>As in the assembly, the names of a tuple's elements are none of the type's, and dynamic is object.</summary>
    private static bool HoldsRetry(ISymbol member, ITypeSymbol? result) => Inherited(TypeOf(member)).Any(type => Names.InMetadata(type) switch
    {
        "Polly.Retry.RetryStrategyOptions`1" or "Polly.ResiliencePipeline`1" =>
            result is not null && Names.Of(type.TypeArguments[0]) == Names.Of(result),
        "Polly.Retry.RetryStrategyOptions" or "Polly.ResiliencePipeline" => true,
        _ => false,
    });

    private static bool HoldsCache(ISymbol member) => TypeOf(member) is { } type
        && Inherited(type).Concat(type.AllInterfaces)
            .Any(level => Names.InMetadata(level) == "Microsoft.Extensions.Caching.Memory.IMemoryCache");

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IMethodSymbol { Arity: 0 } method => method.ReturnType,
        _ => null,
    };

    private static IEnumerable<INamedTypeSymbol> Inherited(ITypeSymbol? type)
    {
        for (var level = type as INamedTypeSymbol; level is not null; level = level.BaseType)
        {
            yield return level;
        }
    }

    /// <summary>Inside the assembly the weaver makes private members accessible; those of another assembly stay out of reach.</summary>
    private MissingMember? AccessProblem(ISymbol member)
    {
        var mine = _method.Symbol.ContainingAssembly;
        if (SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, mine) || member.ContainingAssembly.GivesAccessTo(mine))
        {
            return null;
        }

        var accessibility = ((member as IPropertySymbol)?.GetMethod ?? member).DeclaredAccessibility;
        var isInherited = Inherited(_method.Symbol.ContainingType)
            .Any(type => SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, member.ContainingType.OriginalDefinition));
        return accessibility == Accessibility.Public
            || (isInherited && accessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal)
            ? null
            : new MissingMember(member.Name, MemberTexts.NotAccessible(member.Name, Names.OfDefinition(member.ContainingType)));
    }
}
