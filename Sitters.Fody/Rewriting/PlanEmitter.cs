using static Sitters.Rules.Settings.KnownSettings;

namespace Sitters.Fody.Rewriting;

/// <summary>Emits the static constructor that makes a sat method's plan: only what differs from the plan's own defaults.</summary>
internal sealed class PlanEmitter
{
    private static readonly Setting[] _shorthand = [MaxAttempts, RetryDelaySeconds, RetryBackoff, RetryJitter, MaxRetryDelaySeconds];
    private static readonly Setting[] _cache = [CacheSize, CacheSeconds, CacheSlidingSeconds];
    private static readonly Setting[] _always =
        [TimeoutSeconds, AttemptTimeoutSeconds, OnTimeout, OnCancel, ForwardToken, SettleSeconds, GraceSeconds, FlowContext];

    private readonly Carrier _carrier;
    private readonly ModuleReferences _references;
    private readonly SittersRuntime.PlanOptionsMembers _options;
    private readonly SatMethod _sat;
    private readonly ILProcessor _il;

    public PlanEmitter(Carrier carrier)
    {
        _carrier = carrier;
        _references = carrier.References;
        _options = _references.Runtime.PlanOptions;
        _sat = carrier.Sat;
        var constructor = new MethodDefinition(
            ".cctor",
            MethodAttributes.Private | MethodAttributes.HideBySig | MethodAttributes.Static | MethodAttributes.SpecialName
                | MethodAttributes.RTSpecialName,
            _references.Void);
        carrier.Type.Methods.Add(constructor);
        _il = constructor.Body.GetILProcessor();
    }

    public void Emit()
    {
        _il.Emit(OpCodes.Newobj, _options.Constructor);
        Set(_options.Name, () => _il.Emit(OpCodes.Ldstr, _sat.Name));
        SetFlag(_options.IsAsync, _sat.IsAsync);
        foreach (var setting in _always)
        {
            Set(setting);
        }

        if (_sat.AutoOutcome != CallerOutcome.ReturnDefault)
        {
            Set(_options.AutoOutcome, () => _il.Emit(OpCodes.Ldc_I4, (int)_sat.AutoOutcome));
        }

        if (_sat.Retry is null)
        {
            foreach (var setting in _shorthand)
            {
                Set(setting);
            }

            SetTypes(RetryOn);
            SetTypes(AbortOn);
        }

        SetFlag(_options.HasRetryMember, _sat.Retry is not null);
        if (_sat.IsCached)
        {
            foreach (var setting in _cache)
            {
                Set(setting);
            }

            SetFlag(_options.HasCacheMember, _sat.Cache is not null);
        }

        var tokens = _sat.Method.Parameters.Count(Parameters.IsAnyToken);
        if (tokens > 0)
        {
            Set(_options.TokenCount, () => _il.Emit(OpCodes.Ldc_I4, tokens));
        }

        SetFlag(_options.TakesEnumeratorToken, _sat.TakesEnumeratorToken);
        SetFlag(_options.AlwaysHasResult, _sat.ResultIsNeverNull);
        if (_sat.Settings.Text(Policy) is { } policy)
        {
            Set(_options.Policy, () => _il.Emit(OpCodes.Ldstr, policy));
        }

        foreach (var hooks in _sat.Hooks.GroupBy(hook => hook.Setting))
        {
            SetHooks(hooks.Key, hooks.Count());
        }

        _il.Emit(OpCodes.Call, _references.Runtime.Sat.CreatePlan);
        _il.Emit(OpCodes.Stsfld, _carrier.Field(_carrier.Plan));
        _il.Emit(OpCodes.Ret);
    }

    private void Set(Setting setting)
    {
        object value = setting.Kind switch
        {
            SettingKind.Seconds => _sat.Settings.Seconds(setting),
            SettingKind.Switch => _sat.Settings.Switch(setting),
            _ => _sat.Settings.Number(setting),
        };
        if (value.Equals(setting.PlanDefault))
        {
            return;
        }

        Set(_options.Of(setting), () =>
        {
            if (value is double seconds)
            {
                _il.Emit(OpCodes.Ldc_R8, seconds);
            }
            else
            {
                _il.Emit(OpCodes.Ldc_I4, value is bool isOn ? (isOn ? 1 : 0) : (int)value);
            }
        });
    }

    private void SetFlag(MethodReference setter, bool value)
    {
        if (value)
        {
            Set(setter, () => _il.Emit(OpCodes.Ldc_I4_1));
        }
    }

    private void SetTypes(Setting setting)
    {
        var types = _sat.Settings.Types(setting);
        if (types.Count == 0)
        {
            return;
        }

        Set(_options.Of(setting), () =>
        {
            _il.Emit(OpCodes.Ldc_I4, types.Count);
            _il.Emit(OpCodes.Newarr, _references.Type("System.Type"));
            for (var index = 0; index < types.Count; index++)
            {
                _il.Emit(OpCodes.Dup);
                _il.Emit(OpCodes.Ldc_I4, index);
                _il.Emit(OpCodes.Ldtoken, _references.Import(types[index]));
                _il.Emit(OpCodes.Call, _references.Method("System.Type", "GetTypeFromHandle"));
                _il.Emit(OpCodes.Stelem_Ref);
            }
        });
    }

    /// <summary>In the order of the hooks' ids, which the runtime counts through.</summary>
    private void SetHooks(Setting hooks, int count)
    {
        _il.Emit(OpCodes.Dup);
        _il.Emit(OpCodes.Ldc_I4, _options.HookEvent(hooks));
        _il.Emit(OpCodes.Ldc_I4, count);
        _il.Emit(OpCodes.Callvirt, _options.SetHooks);
    }

    private void Set(MethodReference setter, Action emitValue)
    {
        _il.Emit(OpCodes.Dup);
        emitValue();
        _il.Emit(OpCodes.Callvirt, setter);
    }
}
