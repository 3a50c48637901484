using System.Globalization;
using Polly;
using Sitters.Rules.Settings;

namespace Sitters;

/// <summary>Everything that configuration may set over the attributes, in one table.</summary>
internal static class ConfigurableSettings
{
    public static ConfigurableSetting TimeoutSeconds { get; } =
        Limit(nameof(SitSettings.TimeoutSeconds), Longest.Timer, static s => s.TimeoutSeconds, static (s, value) => s.TimeoutSeconds = value);

    public static ConfigurableSetting AttemptTimeoutSeconds { get; } = Limit(
        nameof(SitSettings.AttemptTimeoutSeconds),
        Longest.Timer,
        static s => s.AttemptTimeoutSeconds,
        static (s, value) => s.AttemptTimeoutSeconds = value);

    public static ConfigurableSetting OnTimeout { get; } =
        OneOf<SitOutcome>(nameof(SitSettings.OnTimeout), static s => s.OnTimeout, static (s, value) => s.OnTimeout = value);

    public static ConfigurableSetting OnCancel { get; } =
        OneOf<SitOutcome>(nameof(SitSettings.OnCancel), static s => s.OnCancel, static (s, value) => s.OnCancel = value);

    public static ConfigurableSetting MaxAttempts { get; } =
        Count(nameof(SitSettings.MaxAttempts), static s => s.MaxAttempts, static (s, value) => s.MaxAttempts = value) with
        {
            Range = (1, double.MaxValue),
        };

    public static ConfigurableSetting RetryDelaySeconds { get; } = Seconds(
        nameof(SitSettings.RetryDelaySeconds),
        Longest.RetryDelay,
        static s => s.RetryDelaySeconds,
        static (s, value) => s.RetryDelaySeconds = value);

    public static ConfigurableSetting RetryBackoff { get; } =
        OneOf<DelayBackoffType>(nameof(SitSettings.RetryBackoff), static s => s.RetryBackoff, static (s, value) => s.RetryBackoff = value);

    public static ConfigurableSetting RetryJitter { get; } =
        Switch(nameof(SitSettings.RetryJitter), static s => s.RetryJitter, static (s, value) => s.RetryJitter = value);

    public static ConfigurableSetting MaxRetryDelaySeconds { get; } = Limit(
        nameof(SitSettings.MaxRetryDelaySeconds),
        Longest.RetryDelay,
        static s => s.MaxRetryDelaySeconds,
        static (s, value) => s.MaxRetryDelaySeconds = value);

    public static ConfigurableSetting CacheSize { get; } =
        Count(nameof(SitSettings.CacheSize), static s => s.CacheSize, static (s, value) => s.CacheSize = value);

    public static ConfigurableSetting CacheSeconds { get; } =
        Limit(nameof(SitSettings.CacheSeconds), Longest.CacheTime, static s => s.CacheSeconds, static (s, value) => s.CacheSeconds = value);

    public static ConfigurableSetting CacheSlidingSeconds { get; } = Limit(
        nameof(SitSettings.CacheSlidingSeconds),
        Longest.CacheTime,
        static s => s.CacheSlidingSeconds,
        static (s, value) => s.CacheSlidingSeconds = value);

    public static ConfigurableSetting ForwardToken { get; } =
        Switch(nameof(SitSettings.ForwardToken), static s => s.ForwardToken, static (s, value) => s.ForwardToken = value);

    public static ConfigurableSetting SettleSeconds { get; } =
        Seconds(nameof(SitSettings.SettleSeconds), Longest.Timer, static s => s.SettleSeconds, static (s, value) => s.SettleSeconds = value);

    public static ConfigurableSetting GraceSeconds { get; } =
        Seconds(nameof(SitSettings.GraceSeconds), Longest.Timer, static s => s.GraceSeconds, static (s, value) => s.GraceSeconds = value);

    public static ConfigurableSetting Policy { get; } = new(
        nameof(SitSettings.Policy),
        static s => s.Policy,
        static (s, text) => (s.Policy = text.Trim()).Length > 0,
        "the name of a policy");

    public static ConfigurableSetting Disabled { get; } =
        Switch(nameof(SitSettings.Disabled), static s => s.Disabled, static (s, value) => s.Disabled = value);

    public static IReadOnlyList<ConfigurableSetting> All { get; } =
    [
        TimeoutSeconds, AttemptTimeoutSeconds, OnTimeout, OnCancel, MaxAttempts, RetryDelaySeconds, RetryBackoff, RetryJitter,
        MaxRetryDelaySeconds, CacheSize, CacheSeconds, CacheSlidingSeconds, ForwardToken, SettleSeconds, GraceSeconds, Policy, Disabled,
    ];

    /// <summary>The properties of [Sit] that the weaver has built in, so that no configuration can change them.</summary>
    public static IReadOnlyList<string> CompiledIn { get; } =
    [
        nameof(SitAttribute.StartupHooks), nameof(SitAttribute.CompletionHooks), nameof(SitAttribute.ExceptionHooks),
        nameof(SitAttribute.TimeoutHooks), nameof(SitAttribute.CancellationHooks), nameof(SitAttribute.RestartHooks),
        nameof(SitAttribute.RetryHooks), nameof(SitAttribute.PauseHooks), nameof(SitAttribute.ResumeHooks), nameof(SitAttribute.HooksType),
        nameof(SitAttribute.InheritHooks), nameof(SitAttribute.RetryOn), nameof(SitAttribute.AbortOn), nameof(SitAttribute.Retry),
        nameof(SitAttribute.CacheScope), nameof(SitAttribute.Cache), nameof(SitAttribute.FlowContext), nameof(SitAttribute.IncludeNotAsync),
    ];

    public static ConfigurableSetting? Find(string name) =>
        All.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static ConfigurableSetting Limit(
        string name, double longest, Func<SitSettings, double?> get, Action<SitSettings, double> set) =>
        Seconds(name, longest, get, set) with { ZeroIsNone = true };

    private static ConfigurableSetting Seconds(
        string name, double longest, Func<SitSettings, double?> get, Action<SitSettings, double> set) =>
        Parsed(name, get, set, static text => Number(text), "a number of seconds, such as 1.5") with { Range = (0, longest) };

    private static ConfigurableSetting Count(string name, Func<SitSettings, int?> get, Action<SitSettings, int> set) => Parsed(
        name,
        get,
        set,
        static text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
        "a whole number");

    private static ConfigurableSetting Switch(string name, Func<SitSettings, bool?> get, Action<SitSettings, bool> set) =>
        Parsed<bool>(name, get, set, static text => bool.TryParse(text, out var isOn) ? isOn : null, "true or false");

    /// <summary>By name alone: a number would say nothing to whoever reads the file.</summary>
    private static ConfigurableSetting OneOf<T>(string name, Func<SitSettings, T?> get, Action<SitSettings, T> set)
        where T : struct, Enum => Parsed(
            name,
            get,
            set,
            static text => Array.Find(Enum.GetNames<T>(), choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found
                ? Enum.Parse<T>(found)
                : null,
            $"one of {string.Join(", ", Enum.GetNames<T>())}");

    private static ConfigurableSetting Parsed<T>(
        string name, Func<SitSettings, T?> get, Action<SitSettings, T> set, Func<string, T?> parse, string expected)
        where T : struct => new(
            name,
            settings => get(settings),
            (settings, text) =>
            {
                if (parse(text.Trim()) is not { } value)
                {
                    return false;
                }

                set(settings, value);
                return true;
            },
            expected);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
