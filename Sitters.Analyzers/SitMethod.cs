namespace Sitters.Analyzers;

/// <summary>A method, lambda or local function to be sat, as the source shows it.</summary>
internal sealed record SitMethod(
    IMethodSymbol Symbol,
    Level Level,
    SettingStack Settings,
    Compilation Compilation,
    Captures? Captures)
    : Sat(Level, Settings, ReturnTypes.Of(Symbol))
{
    private readonly Dictionary<string, MemberFinder> _finders = [];

    public override string Name => Names.Of(Symbol);

    public override Location? Location => SourceLocations.Of(Symbol);

    public override bool IsAsync => (Symbol.PartialImplementationPart ?? Symbol).IsAsync;

    /// <summary>A lambda becomes an instance method of something in any case.</summary>
    public override bool IsStatic => Symbol.MethodKind switch
    {
        MethodKind.AnonymousFunction => false,
        MethodKind.LocalFunction => !Captures!.This,
        _ => Symbol.IsStatic,
    };

    /// <summary>Whether its code has an instance of the type that it is written in.</summary>
    public bool KnowsInstance => Captures?.KnowsInstance ?? !Symbol.IsStatic;

    public override string ReturnTypeName => Names.Of(Symbol.ReturnType);

    public override string? ResultName => Result is { } result ? Names.Of(result) : null;

    public override bool ResultCanBeNull => Result is { } result && Nullability.CanBeNull(result);

    public override bool ResultIsNeverNull => Result is { } result && Nullability.IsNeverNull(result);

    public override string? SingleUseResultName => Result is { } result ? SingleUseResults.Of(result) : null;

    public override string? WhyEmpty => Symbol.IsAbstract ? "abstract" : Symbol.IsExtern ? "extern" : null;

    public override IEnumerable<string> NotRestartable => Captures is { IsPassedByReference: true }
        ? Parameters.NotRestartable(Symbol).Append(ParameterTexts.Captured)
        : Parameters.NotRestartable(Symbol);

    public override IEnumerable<(string Name, string Type)> ParametersWithoutEquality => Symbol.Parameters
        .Where(parameter => !ValueEquality.Has(parameter.Type))
        .Select(parameter => (parameter.Name, Names.Of(parameter.Type)));

    public override string? StructWithoutEquality =>
        Captures is null && Symbol is { IsStatic: false, ContainingType: { IsValueType: true } owner } && !ValueEquality.Has(owner)
            ? Names.OfDefinition(owner)
            : null;

    public override string? KnownOfInstance => this switch
    {
        { Captures.Variable: { } captured } => InstanceTexts.Reads(captured),
        { KnowsInstance: true, Symbol.ContainingType.IsValueType: false } => InstanceState.KnownTo(Symbol, Compilation),
        _ => null,
    };

    public override IEnumerable<(Setting Setting, MissingMember Missing)> MissingMembers =>
        Members.Where(use => use.Missing is not null).Select(use => (use.Setting, use.Missing!));

    public IEnumerable<NamedMember> Members
    {
        get
        {
            foreach (var setting in KnownSettings.Hooks)
            {
                foreach (var (names, hooksType, _) in Settings.Hooks(setting))
                {
                    foreach (var name in names)
                    {
                        yield return In(hooksType).Hook(setting, name);
                    }
                }
            }

            if (Settings.Text(KnownSettings.Retry) is { } retry)
            {
                yield return In(Settings.HooksTypeOf(KnownSettings.Retry)).Retry(retry, Result);
            }

            if (Settings.Text(KnownSettings.Cache) is { } cache)
            {
                yield return In(Settings.HooksTypeOf(KnownSettings.Cache)).Cache(cache);
            }
        }
    }

    private ITypeSymbol? Result =>
        Returned is Returned.TaskOf or Returned.ValueTaskOf ? ((INamedTypeSymbol)Symbol.ReturnType).TypeArguments[0] : null;

    public override IEnumerable<string> NoExceptions(Setting setting) =>
        Settings.Types(setting).Where(type => !IsException(type)).Select(Names.Of);

    private static bool IsException(ITypeSymbol type)
    {
        var level = type;
        while (level is not null && Names.InMetadata(level) != "System.Exception")
        {
            level = level.BaseType;
        }

        return level is not null;
    }

    private MemberFinder In(ITypeSymbol? hooksType)
    {
        var key = hooksType is null ? "" : Names.InMetadata(hooksType) + Names.Of(hooksType);
        if (!_finders.TryGetValue(key, out var finder))
        {
            finder = new MemberFinder(this, hooksType);
            _finders.Add(key, finder);
        }

        return finder;
    }
}
