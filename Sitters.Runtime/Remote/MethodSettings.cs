using System.Globalization;
using System.Text.Json;
using Sitters.Runtime.Configuring;
using Sitters.Runtime.Mapping;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Remote;

/// <summary>
/// The settings in force of the sat methods of all loaded assemblies, called or not, and where each comes from: configuration, what the
/// weaver found, or the built-in default. Of calls in no scope; with one host these are its own.
/// </summary>
internal static class MethodSettings
{
    private const string Default = "default";

    /// <summary>In the order of [Sit]'s properties, and what holds where nothing sets one: null where there is nothing to say then.</summary>
    private static readonly (string Name, Func<PlanOptions, object?> Default)[] _settings =
    [
        (nameof(SitAttribute.TimeoutSeconds), Nothing),
        (nameof(SitAttribute.AttemptTimeoutSeconds), Nothing),
        (nameof(SitAttribute.OnTimeout), static plan => plan.AutoOutcome),
        (nameof(SitAttribute.OnCancel), static plan => plan.AutoOutcome),
        (nameof(SitAttribute.MaxAttempts), static plan => plan.HasRetryMember ? null : plan.MaxAttempts),
        (nameof(SitAttribute.RetryDelaySeconds), static plan => IfRetried(plan, plan.RetryDelaySeconds)),
        (nameof(SitAttribute.RetryBackoff), static plan => IfRetried(plan, plan.RetryBackoff)),
        (nameof(SitAttribute.RetryJitter), static plan => IfRetried(plan, plan.RetryJitter)),
        (nameof(SitAttribute.MaxRetryDelaySeconds), Nothing),
        (nameof(SitAttribute.RetryOn), Nothing),
        (nameof(SitAttribute.AbortOn), Nothing),
        (nameof(SitAttribute.Retry), Nothing),
        (nameof(SitAttribute.CacheSize), Nothing),
        (nameof(SitAttribute.CacheSeconds), Nothing),
        (nameof(SitAttribute.CacheSlidingSeconds), Nothing),
        (nameof(SitAttribute.CacheScope), Nothing),
        (nameof(SitAttribute.Cache), Nothing),
        (nameof(SitAttribute.ForwardToken), static plan => plan.ForwardToken),
        (nameof(SitAttribute.SettleSeconds), static plan => plan.SettleSeconds),
        (nameof(SitAttribute.GraceSeconds), static plan => plan.GraceSeconds),
        (nameof(SitAttribute.Policy), Nothing),
        (nameof(SitAttribute.FlowContext), static plan => plan.FlowContext),
        (nameof(SitAttribute.Disabled), Nothing),
        .. Enum.GetNames<HookEvent>().Select(static hooks => ($"{hooks}Hooks", (Func<PlanOptions, object?>)Nothing)),
    ];

    public static void WriteTo(Answer answer, MethodPattern? methods)
    {
        var overlays = Snapshot.Current.Unscoped();
        var count = 0;
        foreach (var method in AppDomain.CurrentDomain.GetAssemblies().SelectMany(MethodCatalogs.Of))
        {
            if (methods?.Matches(method.Name) != false)
            {
                answer.BeginLine();
                answer.Json.WriteStartObject(Names.Method);
                answer.Write(Names.Name, method.Name);
                WriteSettings(answer.Json, method, overlays);
                answer.Json.WriteEndObject();
                answer.EndLine();
                count++;
            }
        }

        answer.EndList(count);
    }

    private static void WriteSettings(Utf8JsonWriter json, CatalogedMethod method, IReadOnlyList<Overlay> overlays)
    {
        var compiled = PlanSettings.Of(method);
        var configured = PlanSettings.InForce(compiled, overlays);
        var plan = PlanSettings.Apply(compiled, configured);
        json.WriteStartObject(Names.Settings);
        foreach (var (name, defaultOf) in _settings)
        {
            if (configured.FirstOrDefault(value => value.Setting.Name == name) is { } overriding)
            {
                Write(json, name, Decided(overriding.Value, plan), overriding.From);
            }
            else if (method.Settings.FirstOrDefault(setting => setting.Name == name) is { } set)
            {
                Write(json, name, Decided(ValueOf(set), plan), set.From);
            }
            else if (defaultOf(plan) is { } value)
            {
                Write(json, name, value, Default);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>What <see cref="SitOutcome.Auto"/> means for the method.</summary>
    private static object Decided(object value, PlanOptions plan) =>
        value is SitOutcome.Auto or nameof(SitOutcome.Auto) ? plan.AutoOutcome : value;

    private static object ValueOf(CatalogedSetting setting) => setting.Kind switch
    {
        ValueKind.Number => double.Parse(setting.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        ValueKind.Switch => bool.Parse(setting.Text),
        ValueKind.List => setting.Text.Split('\n'),
        _ => setting.Text,
    };

    private static void Write(Utf8JsonWriter json, string name, object value, string from)
    {
        json.WriteStartObject(name);
        json.WritePropertyName(Names.Value);
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case string[] texts:
                json.WriteStartArray();
                Array.ForEach(texts, text => json.WriteStringValue(text));
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(ConfigurableSetting.Text(value));
                break;
        }

        json.WriteString(Names.From, from);
        json.WriteEndObject();
    }

    private static object? Nothing(PlanOptions plan) => null;

    private static object? IfRetried(PlanOptions plan, object value) => plan is { MaxAttempts: > 1, HasRetryMember: false } ? value : null;
}
