namespace Sitters.Fody.Model;

/// <summary>A method to be sat, and everything that checking and rewriting need to know about it.</summary>
internal sealed record SatMethod(
    MethodDefinition Method,
    Level Level,
    SettingStack Settings,
    Returned Returned,
    StateMachine? StateMachine,
    IReadOnlyList<MemberUse> Hooks,
    MemberUse? Retry,
    MemberUse? Cache)
    : Sat(Level, Settings, Returned)
{
    /// <summary>What the task carries; null where it carries nothing.</summary>
    public TypeReference? Result =>
        Returned is Returned.TaskOf or Returned.ValueTaskOf ? ((GenericInstanceType)Method.ReturnType).GenericArguments[0] : null;

    /// <summary>The type of the result, or of the elements of a stream.</summary>
    public TypeReference? Outcome => IsStream ? ((GenericInstanceType)Method.ReturnType).GenericArguments[0] : Result;

    /// <summary>
    /// An async iterator takes the token of <c>WithCancellation</c> only if a parameter says so; what another stream does with it is
    /// its own affair.
    /// </summary>
    public bool TakesEnumeratorToken =>
        Returned == Returned.Stream && (!IsAsync || Method.Parameters.Any(Parameters.IsEnumeratorToken));

    /// <summary>Read at once: the flag of a method that the runtime suspends moves away with its body.</summary>
    public override bool IsAsync { get; } = StateMachine is not null || AsyncBodies.IsRuntimeAsync(Method);

    public override bool IsStatic => Method.IsStatic;

    public override string Name => Names.Of(Method);

    public override SequencePoint? Location => SourceLocations.Of(Method);

    public override string ReturnTypeName => Names.Of(Method.ReturnType);

    public override string? ResultName => Result is { } result ? Names.Of(result) : null;

    public override bool ResultCanBeNull => Result is { } result && Nullability.CanBeNull(Method, result);

    public override bool ResultIsNeverNull => Result is { } result && Nullability.IsNeverNull(Method, result);

    public override string? SingleUseResultName =>
        Result is { } result && SingleUseResults.Of(result) is { } used ? Names.Of(used) : null;

    public override string? WhyEmpty => Metadata.Members.HasCode(Method) ? null : Method.IsAbstract ? "abstract" : "extern";

    public override IEnumerable<string> NotRestartable => Parameters.NotRestartable(Method);

    public override IEnumerable<(string Name, string Type)> ParametersWithoutEquality => Method.Parameters
        .Where(parameter => !ValueEquality.Has(parameter.ParameterType))
        .Select(parameter => (parameter.Name, Names.Of(parameter.ParameterType)));

    public override string? StructWithoutEquality =>
        Method is { IsStatic: false, DeclaringType: { IsValueType: true } owner } && !ValueEquality.Has(owner) ? Names.Of(owner) : null;

    public override string? KnownOfInstance =>
        Method is { IsStatic: false, DeclaringType.IsValueType: false } ? InstanceState.KnownTo(Method) : null;

    public override IEnumerable<(Setting Setting, MissingMember Missing)> MissingMembers =>
        Members.Where(use => use.Missing is not null).Select(use => (use.Setting, use.Missing!));

    public IEnumerable<MemberUse> Members
    {
        get
        {
            foreach (var hook in Hooks)
            {
                yield return hook;
            }

            if (Retry is not null)
            {
                yield return Retry;
            }

            if (Cache is not null)
            {
                yield return Cache;
            }
        }
    }

    public override IEnumerable<string> NoExceptions(Setting setting) =>
        Settings.Types(setting).Where(type => !IsException(type)).Select(Names.Of);

    private static bool IsException(TypeReference type)
    {
        var definition = type.Resolve();
        while (definition is not null && definition.FullName != "System.Exception")
        {
            definition = definition.BaseType?.Resolve();
        }

        return definition is not null;
    }
}
