using static Sitters.Rules.Severity;

namespace Sitters.Rules;

/// <summary>The catalogue of all that the weaver and the analyzer report. What the package's build files report, SIT09xx, is in those.</summary>
internal static class KnownRules
{
    public static Rule WeaverFailure { get; } = new("SIT000", Error, "The weaver failed at a method") { IsSeenInSource = false };

    public static Rule UnsupportedReturnType { get; } = new("SIT001", Error, "The method returns something that can't be sat");

    public static Rule AsyncVoid { get; } = new("SIT002", Error, "The method is async void");

    public static Rule UnusableMember { get; } = new("SIT003", Error, "A named member is not found, or does not fit");

    public static Rule CacheWithoutResult { get; } = new("SIT004", Error, "A cache on a method without a result");

    public static Rule AmbiguousDefault { get; } = new("SIT005", Warning, "ReturnDefault where there always is a result");

    public static Rule OutOfRange { get; } = new("SIT006", Error, "A number is out of range");

    public static Rule ExclusiveSettings { get; } = new("SIT007", Error, "Two settings exclude each other");

    public static Rule UnknownConfiguration { get; } = new("SIT008", Error, "FodyWeavers.xml says something unknown");

    public static Rule NotRestartable { get; } = new("SIT009", Error, "A parameter can't be kept across a restart");

    public static Rule KeyWithoutEquality { get; } = new("SIT010", Warning, "A cached method has a parameter without value equality");

    public static Rule NoBody { get; } = new("SIT011", Error, "The method has no body");

    public static Rule NotCacheable { get; } = new("SIT012", Error, "The method can't be retried, restarted or cached by its nature");

    public static Rule IneffectiveAttemptTimeout { get; } = new("SIT013", Warning, "The limit for an attempt has no effect");

    public static Rule WithoutEffect { get; } = new("SIT014", Warning, "A setting has no effect");

    public static Rule ApplyWithoutMatch { get; } = new("SIT015", Warning, "An Apply matches no method") { IsSeenInSource = false };

    public static Rule SharedCacheOfState { get; } = new("SIT016", Warning, "A shared cache of a method that reads its instance's state");

    public static Rule UnknownAwait { get; } = new("SIT017", Warning, "An await that is not under control") { IsSeenInSource = false };

    public static IReadOnlyList<Rule> All { get; } =
    [
        WeaverFailure, UnsupportedReturnType, AsyncVoid, UnusableMember, CacheWithoutResult, AmbiguousDefault, OutOfRange,
        ExclusiveSettings, UnknownConfiguration, NotRestartable, KeyWithoutEquality, NoBody, NotCacheable, IneffectiveAttemptTimeout,
        WithoutEffect, ApplyWithoutMatch, SharedCacheOfState, UnknownAwait,
    ];
}
