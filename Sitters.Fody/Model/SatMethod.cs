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
{
    /// <summary>What the task carries; null where it carries nothing.</summary>
    public TypeReference? Result =>
        Returned is Returned.TaskOf or Returned.ValueTaskOf ? ((GenericInstanceType)Method.ReturnType).GenericArguments[0] : null;

    public bool IsStream => Returned is Returned.Stream or Returned.Enumerator;

    /// <summary>The type of the result, or of the elements of a stream.</summary>
    public TypeReference? Outcome => IsStream ? ((GenericInstanceType)Method.ReturnType).GenericArguments[0] : Result;

    /// <summary>
    /// An async iterator takes the token of <c>WithCancellation</c> only if a parameter says so; what another stream does with it is
    /// its own affair.
    /// </summary>
    public bool TakesEnumeratorToken =>
        Returned == Returned.Stream && (!IsAsync || Method.Parameters.Any(Parameters.IsEnumeratorToken));

    /// <summary>Read at once: the flag of a method that the runtime suspends moves away with its body.</summary>
    public bool IsAsync { get; } = StateMachine is not null || AsyncBodies.IsRuntimeAsync(Method);

    /// <summary>A cache that is set for many methods at once skips those without a result, or whose result can be used only once.</summary>
    public bool IsCached => AsksForCache && Result is { } result && (AsksForCacheItself || SingleUseResults.Of(result) is null);

    public bool AsksForCache => Cache is not null || Settings.Number(KnownSettings.CacheSize) > 0;

    public bool AsksForCacheItself =>
        AsksForCache && (Settings.LevelOf(KnownSettings.Cache) ?? Settings.LevelOf(KnownSettings.CacheSize)) is Level.Method;

    /// <summary>All instances share one cache; that of a static method, or of a struct without identity, is shared in any case.</summary>
    public bool IsCacheShared => Settings.Number(KnownSettings.CacheScope) != 0;

    public bool HasTimeout =>
        Settings.Seconds(KnownSettings.TimeoutSeconds) > 0 || Settings.Seconds(KnownSettings.AttemptTimeoutSeconds) > 0;

    public CallerOutcome OnTimeout => Decide(KnownSettings.OnTimeout);

    public CallerOutcome OnCancel => Decide(KnownSettings.OnCancel);

    public string Name => Names.Of(Method);

    public SequencePoint? Location => SourceLocations.Of(Method);

    /// <summary>Auto returns a default only where nobody takes it for an answer, or a part of a stream for the whole.</summary>
    private CallerOutcome Decide(Setting setting)
    {
        if ((CallerOutcome)Settings.Number(setting) is var said and not CallerOutcome.Auto)
        {
            return said;
        }

        return !IsStream && (Result is not { } result || Nullability.CanBeNull(Method, result))
            ? CallerOutcome.ReturnDefault
            : CallerOutcome.Throw;
    }

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
}
