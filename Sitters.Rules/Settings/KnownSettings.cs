using static Sitters.Rules.Settings.SettingKind;

namespace Sitters.Rules.Settings;

/// <summary>Everything that can be set, in one table.</summary>
internal static class KnownSettings
{
    public static IReadOnlyList<Setting> Hooks { get; } =
    [
        HooksOf("Startup"), HooksOf("Completion"), HooksOf("Exception"), HooksOf("Timeout"), HooksOf("Cancellation"), HooksOf("Restart"),
        HooksOf("Retry"), HooksOf("Pause"), HooksOf("Resume"),
    ];

    public static Setting HooksType { get; } = new("HooksType", SettingKind.Type);

    public static Setting InheritHooks { get; } = new("InheritHooks", Switch);

    public static Setting TimeoutSeconds { get; } = Time("TimeoutSeconds", Longest.Timer);

    public static Setting AttemptTimeoutSeconds { get; } = Time("AttemptTimeoutSeconds", Longest.Timer);

    public static Setting OnTimeout { get; } = OneOf("OnTimeout", "Auto", "ReturnDefault", "Throw");

    public static Setting OnCancel { get; } = OneOf("OnCancel", "Auto", "ReturnDefault", "Throw");

    public static Setting MaxAttempts { get; } = new("MaxAttempts", Count) { PlanDefault = 1, Minimum = 1 };

    public static Setting RetryDelaySeconds { get; } = new("RetryDelaySeconds", Seconds) { PlanDefault = 0.0, Maximum = Longest.RetryDelay };

    public static Setting RetryBackoff { get; } = OneOf("RetryBackoff", "Constant", "Linear", "Exponential");

    public static Setting RetryJitter { get; } = new("RetryJitter", Switch) { PlanDefault = false };

    public static Setting MaxRetryDelaySeconds { get; } = Time("MaxRetryDelaySeconds", Longest.RetryDelay);

    public static Setting RetryOn { get; } = new("RetryOn", Types);

    public static Setting AbortOn { get; } = new("AbortOn", Types);

    public static Setting Retry { get; } = new("Retry", Text);

    public static Setting CacheSize { get; } = new("CacheSize", Count) { PlanDefault = 0, ZeroIsNone = true };

    public static Setting CacheSeconds { get; } = Time("CacheSeconds", Longest.CacheTime);

    public static Setting CacheSlidingSeconds { get; } = Time("CacheSlidingSeconds", Longest.CacheTime);

    /// <summary>Decides what is woven; the plan does not know it.</summary>
    public static Setting CacheScope { get; } = OneOf("CacheScope", "PerInstance", "Shared") with { PlanDefault = null };

    public static Setting Cache { get; } = new("Cache", Text);

    public static Setting ForwardToken { get; } = new("ForwardToken", Switch) { PlanDefault = true };

    public static Setting SettleSeconds { get; } = new("SettleSeconds", Seconds) { PlanDefault = 0.25, Maximum = Longest.Timer };

    public static Setting GraceSeconds { get; } = new("GraceSeconds", Seconds) { PlanDefault = 5.0, Maximum = Longest.Timer };

    public static Setting Policy { get; } = new("Policy", Text);

    public static Setting FlowContext { get; } = new("FlowContext", Switch) { PlanDefault = true };

    public static Setting IncludeNotAsync { get; } = new("IncludeNotAsync", Switch);

    public static Setting Disabled { get; } = new("Disabled", Switch);

    public static IReadOnlyList<Setting> All { get; } =
    [
        .. Hooks, HooksType, InheritHooks, TimeoutSeconds, AttemptTimeoutSeconds, OnTimeout, OnCancel,
        MaxAttempts, RetryDelaySeconds, RetryBackoff, RetryJitter, MaxRetryDelaySeconds, RetryOn, AbortOn, Retry,
        CacheSize, CacheSeconds, CacheSlidingSeconds, CacheScope, Cache, ForwardToken, SettleSeconds, GraceSeconds, Policy, FlowContext,
        IncludeNotAsync, Disabled,
    ];

    /// <summary>What the user provides as one object, and the settings that it replaces.</summary>
    public static IReadOnlyList<(Setting Whole, IReadOnlyList<Setting> Parts)> Exclusive { get; } =
    [
        (Retry, [MaxAttempts, RetryDelaySeconds, RetryBackoff, RetryJitter, MaxRetryDelaySeconds, RetryOn, AbortOn]),
        (Cache, [CacheSize]),
    ];

    public static Setting? Find(string name) => All.FirstOrDefault(setting => setting.Name == name);

    private static Setting HooksOf(string hookEvent) => new(hookEvent + "Hooks", Texts) { HookEvent = hookEvent };

    private static Setting Time(string name, double longest) =>
        new(name, Seconds) { PlanDefault = 0.0, Maximum = longest, ZeroIsNone = true };

    private static Setting OneOf(string name, params string[] choices) =>
        new(name, Choice) { PlanDefault = 0, Maximum = choices.Length - 1, Choices = choices };
}
