using Polly;
using Sitters.Runtime.Mapping;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Configuring;

/// <summary>How the settings of a configuration become those of a plan, and which fit which method.</summary>
internal static class PlanSettings
{
    private const string CompiledWithout = "was compiled without a cache, and none can be added: give its [Sit] a CacheSize";

    private static readonly Dictionary<ConfigurableSetting, Action<PlanOptions, object>> _apply = new()
    {
        [ConfigurableSettings.TimeoutSeconds] = static (plan, value) => plan.TimeoutSeconds = (double)value,
        [ConfigurableSettings.AttemptTimeoutSeconds] = static (plan, value) => plan.AttemptTimeoutSeconds = (double)value,
        [ConfigurableSettings.OnTimeout] = static (plan, value) => plan.OnTimeout = (SitOutcome)value,
        [ConfigurableSettings.OnCancel] = static (plan, value) => plan.OnCancel = (SitOutcome)value,
        [ConfigurableSettings.MaxAttempts] = static (plan, value) => plan.MaxAttempts = (int)value,
        [ConfigurableSettings.RetryDelaySeconds] = static (plan, value) => plan.RetryDelaySeconds = (double)value,
        [ConfigurableSettings.RetryBackoff] = static (plan, value) => plan.RetryBackoff = (DelayBackoffType)value,
        [ConfigurableSettings.RetryJitter] = static (plan, value) => plan.RetryJitter = (bool)value,
        [ConfigurableSettings.MaxRetryDelaySeconds] = static (plan, value) => plan.MaxRetryDelaySeconds = (double)value,
        [ConfigurableSettings.CacheSize] = static (plan, value) => plan.CacheSize = (int)value,
        [ConfigurableSettings.CacheSeconds] = static (plan, value) => plan.CacheSeconds = (double)value,
        [ConfigurableSettings.CacheSlidingSeconds] = static (plan, value) => plan.CacheSlidingSeconds = (double)value,
        [ConfigurableSettings.ForwardToken] = static (plan, value) => plan.ForwardToken = (bool)value,
        [ConfigurableSettings.SettleSeconds] = static (plan, value) => plan.SettleSeconds = (double)value,
        [ConfigurableSettings.GraceSeconds] = static (plan, value) => plan.GraceSeconds = (double)value,
        [ConfigurableSettings.Policy] = static (plan, value) => plan.Policy = (string)value,
        [ConfigurableSettings.Disabled] = static (plan, value) => plan.IsDisabled = (bool)value,
    };

    /// <summary>What counts for a method: of each setting the closest value, if that fits the method at all.</summary>
    /// <param name="compiled">What was compiled in.</param>
    /// <param name="overlays">The closest first.</param>
    public static IReadOnlyList<SettingValue> InForce(PlanOptions compiled, IEnumerable<Overlay> overlays)
    {
        var decided = new Dictionary<ConfigurableSetting, SettingValue>();
        foreach (var value in overlays.SelectMany(overlay => overlay.For(compiled)).SelectMany(static set => set.Values))
        {
            if (WhyNot(compiled, value) is null)
            {
                decided.TryAdd(value.Setting, value);
            }
        }

        return [.. decided.Values];
    }

    public static PlanOptions Apply(PlanOptions compiled, IReadOnlyList<SettingValue> values)
    {
        var options = compiled.Copy();
        foreach (var value in values)
        {
            _apply[value.Setting](options, value.Value);
        }

        return options;
    }

    /// <summary>Why a method can't have a setting, in words that go on after its name.</summary>
    /// <returns>Null if it can.</returns>
    public static string? WhyNot(PlanOptions method, SettingValue value) => value.Setting.Name switch
    {
        nameof(SitSettings.MaxAttempts) or nameof(SitSettings.RetryDelaySeconds) or nameof(SitSettings.RetryBackoff)
            or nameof(SitSettings.RetryJitter) or nameof(SitSettings.MaxRetryDelaySeconds) =>
            method.HasRetryMember ? "takes its retries from the member that Retry names, which is used as it is" : null,
        nameof(SitSettings.CacheSize) when method.HasCacheMember => "keeps its results in the member that Cache names, which is used as it is",
        nameof(SitSettings.CacheSize) => method.CacheSize > 0 || value.Value is 0 ? null : CompiledWithout,
        nameof(SitSettings.CacheSeconds) or nameof(SitSettings.CacheSlidingSeconds) =>
            method.CacheSize > 0 || method.HasCacheMember || value.Value is 0.0 ? null : CompiledWithout,
        nameof(SitSettings.OnTimeout) or nameof(SitSettings.OnCancel) when value.Value is SitOutcome.ReturnDefault && method.AlwaysHasResult =>
            $"has a result that can't say \"no result\": make it nullable, or leave {value.Setting.Name} at Auto",
        _ => null,
    };

    /// <summary>The settings of a method that need not have been called yet.</summary>
    public static PlanOptions Of(CatalogedMethod method)
    {
        var options = new PlanOptions
        {
            Name = method.Name,
            AutoOutcome = method.AutoThrows ? SitOutcome.Throw : SitOutcome.ReturnDefault,
            AlwaysHasResult = method.AlwaysHasResult,
        };
        var read = new SitSettings();
        foreach (var compiled in method.Settings)
        {
            if (ConfigurableSettings.Find(compiled.Name) is { } setting && setting.TrySet(read, compiled.Text))
            {
                _apply[setting](options, setting.Get(read)!);
            }
        }

        options.HasRetryMember = method.Settings.Any(static setting => setting.Name == nameof(SitAttribute.Retry));
        options.HasCacheMember = method.Settings.Any(static setting => setting.Name == nameof(SitAttribute.Cache));
        return options;
    }
}
