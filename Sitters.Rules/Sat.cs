namespace Sitters.Rules;

/// <summary>
/// A method to be sat, as the checks see it: what is set for it, and what else they ask. The weaver answers from the assembly, the
/// analyzer from the source.
/// </summary>
/// <param name="Level">Where it is sat from.</param>
/// <param name="Settings">What is set for it.</param>
/// <param name="Returned">What it returns.</param>
internal abstract record Sat(Level Level, SettingStack Settings, Returned Returned)
{
    /// <summary>In full, as the source has it.</summary>
    public abstract string Name { get; }

    public abstract Place? Location { get; }

    public abstract bool IsAsync { get; }

    public abstract bool IsStatic { get; }

    public abstract string ReturnTypeName { get; }

    /// <summary>The name of what the task carries; null where it carries nothing.</summary>
    public abstract string? ResultName { get; }

    /// <summary>Whether null, and so "no result", is among the results.</summary>
    public abstract bool ResultCanBeNull { get; }

    /// <summary>Whether the declaration says that there is always a result.</summary>
    public abstract bool ResultIsNeverNull { get; }

    /// <summary>The type that makes the result one that only the first caller could use; null if none does.</summary>
    public abstract string? SingleUseResultName { get; }

    /// <summary>Why it has no body; null if it has one.</summary>
    public abstract string? WhyEmpty { get; }

    /// <summary>What can't be kept across a restart, each as a phrase.</summary>
    public abstract IEnumerable<string> NotRestartable { get; }

    /// <summary>The parameters that have no value equality, and their types.</summary>
    public abstract IEnumerable<(string Name, string Type)> ParametersWithoutEquality { get; }

    /// <summary>The struct that it is a method of, if that has no value equality.</summary>
    public abstract string? StructWithoutEquality { get; }

    /// <summary>What it knows of its instance, as the end of a sentence; null for nothing, and for a struct's method.</summary>
    public abstract string? KnownOfInstance { get; }

    /// <summary>The names, in settings, that mean no member.</summary>
    public abstract IEnumerable<(Setting Setting, MissingMember Missing)> MissingMembers { get; }

    /// <summary>The types, among those to be retried or not, that are no exceptions.</summary>
    public abstract IEnumerable<string> NoExceptions(Setting setting);

    public bool HasResult => ResultName is not null;

    public bool IsStream => Returned is Returned.Stream or Returned.Enumerator;

    public bool HasRetryMember => Settings.Text(KnownSettings.Retry) is not null;

    /// <summary>A cache that is set for many methods at once skips those without a result, or whose result can be used only once.</summary>
    public bool IsCached => AsksForCache && HasResult && (AsksForCacheItself || SingleUseResultName is null);

    public bool AsksForCache => Settings.Text(KnownSettings.Cache) is not null || Settings.Number(KnownSettings.CacheSize) > 0;

    public bool AsksForCacheItself =>
        AsksForCache && (Settings.LevelOf(KnownSettings.Cache) ?? Settings.LevelOf(KnownSettings.CacheSize)) is Level.Method;

    /// <summary>All instances share one cache; that of a static method, or of a struct without identity, is shared in any case.</summary>
    public bool IsCacheShared => Settings.Number(KnownSettings.CacheScope) != 0;

    public bool HasTimeout =>
        Settings.Seconds(KnownSettings.TimeoutSeconds) > 0 || Settings.Seconds(KnownSettings.AttemptTimeoutSeconds) > 0;

    public CallerOutcome OnTimeout => Decide(KnownSettings.OnTimeout);

    public CallerOutcome OnCancel => Decide(KnownSettings.OnCancel);

    /// <summary>Auto returns a default only where nobody takes it for an answer, or a part of a stream for the whole.</summary>
    public CallerOutcome AutoOutcome =>
        !IsStream && (!HasResult || ResultCanBeNull) ? CallerOutcome.ReturnDefault : CallerOutcome.Throw;

    private CallerOutcome Decide(Setting setting) =>
        (CallerOutcome)Settings.Number(setting) is var said and not CallerOutcome.Auto ? said : AutoOutcome;
}
