using System.ComponentModel;
using Sitters.Runtime.Retrying;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Plans;

/// <summary>
/// The settings for all calls of one sat method: made once per method, before its first call. Where configuration changes some, there are
/// others beside it, of which each call takes the one in force when it begins, and when it restarts.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Plan
{
    private readonly PlanOptions _options;
    private string? _typedName;

    /// <summary>Set once, before any configuration that concerns the method is in force.</summary>
    private PlanOverrides? _overrides;

    /// <param name="options">Its settings.</param>
    /// <param name="compiled">The plan that woven code knows; null if it is this one.</param>
    /// <param name="cache">What <see cref="LimitsOf"/> gives for the settings, since when they hold; null for since ever.</param>
    internal Plan(PlanOptions options, Plan? compiled = null, CacheLimits? cache = null)
    {
        _options = options;
        Compiled = compiled ?? this;
        Timeout = ToTimeSpan(options.TimeoutSeconds);
        AttemptTimeout = ToTimeSpan(options.AttemptTimeoutSeconds);
        Deadlines = Timeout is { } limit ? DeadlineQueue.For(limit, TimeProvider.System) : null;
        AttemptDeadlines = AttemptTimeout is { } attemptLimit ? DeadlineQueue.For(attemptLimit, TimeProvider.System) : null;
        SettleTime = TimeSpan.FromSeconds(options.SettleSeconds);
        SettleDeadlines = DeadlineQueue.For(SettleTime, TimeProvider.System);
        GraceDeadlines = DeadlineQueue.For(TimeSpan.FromSeconds(options.GraceSeconds), TimeProvider.System);
        Cache = cache ?? LimitsOf(options);
        StartsAtOnce = !Has(HookEvent.Startup) && !options.HasRetryMember && !options.IsDisabled;
        ShortestLimit = Math.Min(Timeout?.Ticks ?? long.MaxValue, AttemptTimeout?.Ticks ?? long.MaxValue);
        NeedsStartStamp = options.FlowContext || HasLimits;
        IsPlainUnflowed = StartsAtOnce && options is { IsAsync: true, FlowContext: false, TokenCount: 0 };
        EndsAtOnce = !Has(HookEvent.Completion);
        HasPauseHooks = Has(HookEvent.Pause) || Has(HookEvent.Resume);
        FailsAtOnce = !Has(HookEvent.Exception) && !Retries;
        Retry = new RetryPolicy(new RetrySettings
        {
            Name = options.Name,
            MaxAttempts = options.MaxAttempts,
            Delay = TimeSpan.FromSeconds(options.RetryDelaySeconds),
            Backoff = options.RetryBackoff,
            UseJitter = options.RetryJitter,
            MaxDelay = ToTimeSpan(options.MaxRetryDelaySeconds),
            RetryOn = options.RetryOn,
            AbortOn = options.AbortOn,
            HasMember = options.HasRetryMember,
        });
    }

    /// <summary>The plan that woven code knows, made of what the weaver found.</summary>
    internal Plan Compiled { get; }

    /// <summary>Whether configuration may have something to say: then <see cref="InForce"/> is another plan.</summary>
    internal bool IsOverridden => _overrides is not null;

    /// <summary>The plan for a call that begins now, in the scope that the code runs in. Asked of the compiled plan.</summary>
    internal Plan InForce => IsOverridden ? InForceIn(SitterScope.Current) : this;

    /// <summary>The method runs as if it were not sat.</summary>
    internal bool IsDisabled => _options.IsDisabled;

    /// <summary>With namespace and type.</summary>
    internal string Name => _options.Name;

    internal PlanOptions Options => _options;

    internal string MethodName => _options.Name[(_options.Name.LastIndexOf('.') + 1)..];

    /// <summary>With its type alone, as in <c>Jobs.Sync</c>. Made when somebody first asks.</summary>
    internal string TypedName => _typedName ??= WithType(_options.Name);

    internal bool IsAsync => _options.IsAsync;

    internal bool FlowContext => _options.FlowContext;

    internal bool ForwardToken => _options.ForwardToken;

    internal SitOutcome OnTimeout => Decide(_options.OnTimeout);

    internal SitOutcome OnCancel => Decide(_options.OnCancel);

    internal CacheLimits Cache { get; }

    internal bool HasCacheMember => _options.HasCacheMember;

    internal bool IsCached => Cache.Size > 0 || HasCacheMember;

    internal int TokenCount => _options.TokenCount;

    internal bool TakesEnumeratorToken => _options.TakesEnumeratorToken;

    internal bool Retries => _options.MaxAttempts > 1 || _options.HasRetryMember;

    internal TimeSpan? Timeout { get; }

    internal TimeSpan? AttemptTimeout { get; }

    internal TimeSpan SettleTime { get; }

    /// <summary>The limit that is over first, in ticks; a time that never comes if there is none.</summary>
    internal long ShortestLimit { get; }

    internal bool HasLimits => ShortestLimit != long.MaxValue;

    // A call takes those of its own clock.

    internal DeadlineQueue? Deadlines { get; }

    internal DeadlineQueue? AttemptDeadlines { get; }

    internal DeadlineQueue SettleDeadlines { get; }

    internal DeadlineQueue GraceDeadlines { get; }

    internal RetryPolicy Retry { get; }

    /// <summary>Nothing stands between the caller and the first attempt.</summary>
    internal bool StartsAtOnce { get; private set; }

    /// <summary>The same, for an async body without flow and tokens: the shortest path of all, chosen by a single test.</summary>
    internal bool IsPlainUnflowed { get; private set; }

    /// <summary>Nothing stands between a result and the caller.</summary>
    internal bool EndsAtOnce { get; }

    internal bool HasPauseHooks { get; }

    /// <summary>
    /// Reading the clock is a good part of the cost of a call: if this is false, it is read only when somebody asks, or the call suspends.
    /// </summary>
    internal bool NeedsStartStamp { get; }

    /// <summary>Nothing stands between a failure and the caller.</summary>
    internal bool FailsAtOnce { get; }

    internal static CacheLimits LimitsOf(PlanOptions options) =>
        new(options.CacheSize, ToTimeSpan(options.CacheSeconds), ToTimeSpan(options.CacheSlidingSeconds), options.IsDisabled);

    /// <summary>From now on configuration decides. For ever: what is kept of earlier calls, as in a cache, may follow it.</summary>
    internal void Override(PlanOverrides overrides)
    {
        // First, so that a call that finds the shortest paths closed also finds where it is to go.
        Volatile.Write(ref _overrides, overrides);
        StartsAtOnce = IsPlainUnflowed = false;
    }

    /// <summary>The plan for a call that begins in a scope, or null in none. Asked of the compiled plan.</summary>
    internal Plan InForceIn(SitterScope? scope) => Volatile.Read(ref _overrides)?.InForceIn(scope) ?? this;

    /// <summary>Another configuration is in force.</summary>
    internal void Renew() => Volatile.Read(ref _overrides)?.Renew();

    internal bool Has(HookEvent hooks) => Count(hooks) > 0;

    internal int First(HookEvent hooks) => _options.FirstHook(hooks);

    internal int Count(HookEvent hooks) => _options.HookCount(hooks);

    private static string WithType(string name)
    {
        var method = name.LastIndexOf('.');
        return method <= 0 ? name : name[(name.LastIndexOf('.', method - 1) + 1)..];
    }

    private SitOutcome Decide(SitOutcome said) => said == SitOutcome.Auto ? _options.AutoOutcome : said;

    private static TimeSpan? ToTimeSpan(double seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
}
