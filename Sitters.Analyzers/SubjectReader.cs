using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sitters.Analyzers;

/// <summary>Reads what is to be sat in one compilation, as far as somebody asks: a type, a lambda, or everything.</summary>
internal sealed class SubjectReader
{
    private const string Getter = "get_";

    private readonly Compilation _compilation;
    private readonly Mentions _mentions;
    private readonly Lazy<HashSet<ISymbol>> _members;

    public SubjectReader(Compilation compilation, Configuration configuration, Mentions mentions)
    {
        (_compilation, _mentions) = (compilation, mentions);
        Configuration = configuration;
        var attribute = AttributeReader.Find(compilation.Assembly);
        IsReadable = attribute is null || AttributeReader.IsReadable(attribute);
        Assembly = attribute is null || !IsReadable
            ? null
            : AttributeReader.Read(
                attribute, Level.Assembly, $"assembly {compilation.AssemblyName}", attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation());
        _members = new(FindMembers, LazyThreadSafetyMode.PublicationOnly);
    }

    public Configuration Configuration { get; }

    /// <summary>What the attribute of the assembly says.</summary>
    public Layer? Assembly { get; }

    /// <summary>Whether the compiler finds no fault with the attribute of the assembly.</summary>
    public bool IsReadable { get; }

    /// <summary>False for most types, at the cost of no allocation.</summary>
    public bool MayHaveSat(INamedTypeSymbol type) => Assembly is not null || Configuration.Rules.Count > 0 || _mentions.In(type);

    /// <summary>The attribute of a type, and the methods in it that are to be sat, without its lambdas and local functions.</summary>
    public (Layer? Layer, IReadOnlyList<Layer> Layers, IReadOnlyList<SitMethod> Methods) Read(INamedTypeSymbol type)
    {
        var (layer, layers, methods) = ReadAll(type);
        return (layer, layers, [.. methods.Where(method => method.Level == Level.Method || !IsMember(method.Symbol))]);
    }

    /// <summary>The lambdas and local functions of a type that bear an attribute, given that of the type.</summary>
    public IEnumerable<SitMethod> ReadInner(INamedTypeSymbol type, Layer? layer)
    {
        foreach (var syntax in type.DeclaringSyntaxReferences.Where(part => _mentions.In(part.SyntaxTree)).Select(part => part.GetSyntax()))
        {
            // What is nested in the type is not its own.
            var inner = syntax.DescendantNodes(node => node == syntax || node is not BaseTypeDeclarationSyntax).Where(IsInner).ToArray();
            if (inner.Length > 0)
            {
#pragma warning disable RS1030 // Only where a whole type has an attribute, and a lambda in it too.
                var model = _compilation.GetSemanticModel(syntax.SyntaxTree);
#pragma warning restore RS1030
                foreach (var found in inner.Select(node => ReadInner(node, model, layer).Method).Where(method => method is not null))
                {
                    yield return found!;
                }
            }
        }
    }

    /// <summary>A lambda or local function, and its attribute.</summary>
    public (Layer? Layer, SitMethod? Method) ReadInner(SyntaxNode node, SemanticModel model) =>
        SymbolOf(node, model)?.ContainingType is { } type ? ReadInner(node, model, ReadType(type)) : (null, null);

    private (Layer? Layer, SitMethod? Method) ReadInner(SyntaxNode node, SemanticModel model, Layer? type)
    {
        if (!IsReadable || SymbolOf(node, model) is not { } symbol || ReadOwn(symbol) is not { } own)
        {
            return (null, null);
        }

        var settings = Configuration.Stack(own, type, Assembly, rule: null);
        return (own, settings.Switch(KnownSettings.Disabled)
            ? null
            : new SitMethod(symbol, Level.Method, settings, _compilation, new Captures(node, model)));
    }

    private static IMethodSymbol? SymbolOf(SyntaxNode node, SemanticModel model) =>
        (node is LocalFunctionStatementSyntax ? model.GetDeclaredSymbol(node) : model.GetSymbolInfo(node).Symbol) as IMethodSymbol;

    /// <summary>Whether it is a lambda or a local function that bears an attribute.</summary>
    public static bool IsInner(SyntaxNode node) => node is LocalFunctionStatementSyntax { AttributeLists.Count: > 0 }
        or ParenthesizedLambdaExpressionSyntax { AttributeLists.Count: > 0 };

    /// <summary>Everything that is to be sat.</summary>
    public IEnumerable<SitMethod> ReadEverything() =>
        Types(_compilation.Assembly.GlobalNamespace).SelectMany(type => WithInner(type, Read(type)));

    /// <summary>A method that serves as a hook is not sat by a type's or an assembly's attribute: it would be its own hook.</summary>
    private bool IsMember(IMethodSymbol method) => method.Parameters.Length < 2 && _members.Value.Contains(method.OriginalDefinition);

    private HashSet<ISymbol> FindMembers() => new(
        Types(_compilation.Assembly.GlobalNamespace)
            .SelectMany(type => WithInner(type, ReadAll(type)))
            .SelectMany(method => method.Members)
            .Select(use => use.Missing is null ? use.Member : null)
            .Select(member => (member as IPropertySymbol)?.GetMethod ?? member)
            .Where(member => member is not null)
            .Select(member => member!.OriginalDefinition),
        SymbolEqualityComparer.Default);

    private IEnumerable<SitMethod> WithInner(
        INamedTypeSymbol type, (Layer? Layer, IReadOnlyList<Layer> Layers, IReadOnlyList<SitMethod> Methods) read) =>
        read.Methods.Concat(ReadInner(type, read.Layer));

    private (Layer? Layer, IReadOnlyList<Layer> Layers, IReadOnlyList<SitMethod> Methods) ReadAll(INamedTypeSymbol type)
    {
        if (!IsReadable || !MayHaveSat(type) || type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface))
        {
            return (null, [], []);
        }

        var layer = ReadType(type);
        var layers = new List<Layer>();
        var methods = new List<SitMethod>();
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Where(method => method.PartialDefinitionPart is null))
        {
            if (AttributeOf(method) is { } attribute && !AttributeReader.IsReadable(attribute))
            {
                continue;
            }

            var own = ReadOwn(method);
            if (own is not null)
            {
                layers.Add(own);
            }

            if (Read(method, own, layer) is { } sat)
            {
                methods.Add(sat);
            }
        }

        return (layer, layers, methods);
    }

    private SitMethod? Read(IMethodSymbol method, Layer? own, Layer? type)
    {
        if (own is null && (!IsEligible(method) || (type is null && IsGenerated(method))))
        {
            return null;
        }

        var attribute = own ?? type ?? Assembly;
        var rule = attribute is null && Configuration.Rules.Count > 0 ? Configuration.RuleFor(Names.Of(method)) : null;
        if ((attribute ?? rule) is not { } closest)
        {
            return null;
        }

        var settings = Configuration.Stack(own, type, Assembly, rule);
        var sat = new SitMethod(method, closest.Level, settings, _compilation, Captures: null);
        return settings.Switch(KnownSettings.Disabled)
            || (own is null && (!sat.IsAsync || IsStreamItself(method)) && !settings.Switch(KnownSettings.IncludeNotAsync))
                ? null
                : sat;
    }

    private static Layer? ReadOwn(IMethodSymbol method) => AttributeOf(method) is { } attribute && AttributeReader.IsReadable(attribute)
        ? AttributeReader.Read(attribute, Level.Method, Names.Of(method), SourceLocations.Of(method))
        : null;

    /// <summary>An attribute on a property means its getter.</summary>
    private static AttributeData? AttributeOf(IMethodSymbol method) => AttributeReader.Find(method)
        ?? (PropertyOf(method) is { } property ? AttributeReader.Find(property) : null);

    /// <summary>The property of an extension block has its getter beside the block, as an ordinary method.</summary>
    private static ISymbol? PropertyOf(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.PropertyGet } => method.AssociatedSymbol,
        { IsStatic: true, IsImplicitlyDeclared: true } when method.Name.StartsWith(Getter, StringComparison.Ordinal) =>
            method.ContainingType.GetTypeMembers()
                .Where(type => !type.CanBeReferencedByName)
                .SelectMany(type => type.GetMembers(method.Name.Substring(Getter.Length)))
                .FirstOrDefault(),
        _ => null,
    };

    private static Layer? ReadType(INamedTypeSymbol type) =>
        AttributeReader.Find(type) is { } attribute && AttributeReader.IsReadable(attribute)
            ? AttributeReader.Read(attribute, Level.Type, Names.OfDefinition(type), SourceLocations.Of(type))
            : null;

    /// <summary>What an attribute on a type or an assembly, or an Apply, may sit; it silently skips everything else.</summary>
    private static bool IsEligible(IMethodSymbol method) =>
        method is { IsAbstract: false, IsExtern: false, IsImplicitlyDeclared: false }
        && method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation
        && ReturnTypes.CanBeSat(ReturnTypes.Of(method))
        && (!method.IsPartialDefinition || method.PartialImplementationPart is not null)
        && !method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute")
        && !Parameters.NotRestartable(method).Any();

    /// <summary>What an attribute on the assembly, or an Apply, passes over: whoever wrote them did not mean what nobody has written.</summary>
    private static bool IsGenerated(ISymbol symbol) =>
        symbol.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && TypeNames.Generated.Contains(Names.InMetadata(type)))
        || (symbol.ContainingType is { } outer && IsGenerated(outer));

    /// <summary>GetAsyncEnumerator of a type that is a stream itself, which makes none.</summary>
    private static bool IsStreamItself(IMethodSymbol method) => ReturnTypes.Of(method) == Returned.Enumerator
        && (method.ExplicitInterfaceImplementations.FirstOrDefault()?.Name ?? method.Name) == "GetAsyncEnumerator";

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol owner) => owner.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
