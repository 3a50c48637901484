using System.Text.Json;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Remote;

/// <summary>The settings in force of the sat methods that were called so far, and where each comes from.</summary>
internal static class MethodSettings
{
    private static readonly JsonEncodedText _compiled = JsonEncodedText.Encode("compiled");

    /// <summary>By the names that [Sit] has for them. What is not set at all is null, and left out.</summary>
    private static readonly (JsonEncodedText Name, Func<PlanOptions, object?> Value)[] _settings =
    [
        Setting(nameof(SitAttribute.TimeoutSeconds), static plan => Set(plan.TimeoutSeconds)),
        Setting(nameof(SitAttribute.AttemptTimeoutSeconds), static plan => Set(plan.AttemptTimeoutSeconds)),
        Setting(nameof(SitAttribute.OnTimeout), static plan => plan.OnTimeout),
        Setting(nameof(SitAttribute.OnCancel), static plan => plan.OnCancel),
        Setting(nameof(SitAttribute.MaxAttempts), static plan => plan.HasRetryMember ? null : plan.MaxAttempts),
        Setting(nameof(SitAttribute.RetryDelaySeconds), static plan => IfRetried(plan, plan.RetryDelaySeconds)),
        Setting(nameof(SitAttribute.RetryBackoff), static plan => IfRetried(plan, plan.RetryBackoff)),
        Setting(nameof(SitAttribute.RetryJitter), static plan => IfRetried(plan, plan.RetryJitter)),
        Setting(nameof(SitAttribute.MaxRetryDelaySeconds), static plan => Set(plan.MaxRetryDelaySeconds)),
        Setting(nameof(SitAttribute.RetryOn), static plan => plan.RetryOn),
        Setting(nameof(SitAttribute.AbortOn), static plan => plan.AbortOn),
        Setting(nameof(SitAttribute.Retry), static plan => plan.HasRetryMember ? true : null),
        Setting(nameof(SitAttribute.CacheSize), static plan => Set(plan.CacheSize)),
        Setting(nameof(SitAttribute.CacheSeconds), static plan => Set(plan.CacheSeconds)),
        Setting(nameof(SitAttribute.CacheSlidingSeconds), static plan => Set(plan.CacheSlidingSeconds)),
        Setting(nameof(SitAttribute.Cache), static plan => plan.HasCacheMember ? true : null),
        Setting(nameof(SitAttribute.ForwardToken), static plan => plan.ForwardToken),
        Setting(nameof(SitAttribute.SettleSeconds), static plan => plan.SettleSeconds),
        Setting(nameof(SitAttribute.GraceSeconds), static plan => plan.GraceSeconds),
        Setting(nameof(SitAttribute.FlowContext), static plan => plan.FlowContext),
        .. Enum.GetValues<HookEvent>().Select(Hooks),
    ];

    public static void WriteTo(Answer answer, MethodPattern? methods)
    {
        // A generic method has a plan for each of its instances, all alike.
        var written = new HashSet<string>();
        foreach (var plan in KnownPlans.All())
        {
            if (methods?.Matches(plan.Name) != false && written.Add(plan.Name))
            {
                answer.BeginLine();
                answer.Json.WriteStartObject(Names.Method);
                answer.Write(Names.Name, plan.Name);
                WriteSettings(answer.Json, plan);
                answer.Json.WriteEndObject();
                answer.EndLine();
            }
        }

        answer.EndList(written.Count);
    }

    private static void WriteSettings(Utf8JsonWriter json, Plan plan)
    {
        json.WriteStartObject(Names.Settings);
        foreach (var (name, valueOf) in _settings)
        {
            if (valueOf(plan.Options) is { } value)
            {
                json.WriteStartObject(name);
                json.WritePropertyName(Names.Value);
                Write(json, value);

                // All of them, as long as a plan is made of constants alone: whoever changes one at run time says so here.
                json.WriteString(Names.From, _compiled);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
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
            case Type[] types:
                json.WriteStartArray();
                Array.ForEach(types, type => json.WriteStringValue(type.FullName));
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static (JsonEncodedText Name, Func<PlanOptions, object?> Value) Setting(string name, Func<PlanOptions, object?> value) =>
        (JsonEncodedText.Encode(name), value);

    /// <summary>How many there are: their names are not known at run time.</summary>
    private static (JsonEncodedText Name, Func<PlanOptions, object?> Value) Hooks(HookEvent hooks) =>
        Setting($"{hooks}Hooks", plan => plan.HookCount(hooks) is var count and > 0 ? count : null);

    private static object? Set<T>(T value)
        where T : struct => value.Equals(default(T)) ? null : value;

    private static object? IfRetried(PlanOptions plan, object value) => plan.MaxAttempts > 1 ? value : null;
}
