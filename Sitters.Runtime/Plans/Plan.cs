using System.ComponentModel;
using Sitters.Runtime.Retrying;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Plans;

/// <summary>The settings for all calls of one sat method: made once per method, before its first call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Plan
{
    private readonly PlanOptions _options;
    private string? _typedName;

    internal Plan(PlanOptions options)
    {
        _options = options;
        Timeout = ToTimeSpan(options.TimeoutSeconds);
        AttemptTimeout = ToTimeSpan(options.AttemptTimeoutSeconds);
        Deadlines = Timeout is { } limit ? DeadlineQueue.For(limit, TimeProvider.System) : null;
        AttemptDeadlines = AttemptTimeout is { } attemptLimit ? DeadlineQueue.For(attemptLimit, TimeProvider.System) : null;
        SettleTime = TimeSpan.FromSeconds(options.SettleSeconds);
        SettleDeadlines = DeadlineQueue.For(SettleTime, TimeProvider.System);
        GraceDeadlines = DeadlineQueue.For(TimeSpan.FromSeconds(options.GraceSeconds), TimeProvider.System);
        CacheTime = ToTimeSpan(options.CacheSeconds);
        CacheSlidingTime = ToTimeSpan(options.CacheSlidingSeconds);
        StartsAtOnce = !Has(HookEvent.Startup) && !options.HasRetryMember;
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

    /// <summary>With namespace and type.</summary>
    internal string Name => _options.Name;

    internal PlanOptions Options => _options;

    internal string MethodName => _options.Name[(_options.Name.LastIndexOf('.') + 1)..];

    /// <summary>With its type alone, as in <c>Jobs.Sync</c>. Made when somebody first asks.</summary>
    internal string TypedName => _typedName ??= WithType(_options.Name);

    internal bool IsAsync => _options.IsAsync;

    internal bool FlowContext => _options.FlowContext;

    internal bool ForwardToken => _options.ForwardToken;

    internal SitOutcome OnTimeout => _options.OnTimeout;

    internal SitOutcome OnCancel => _options.OnCancel;

    internal int CacheSize => _options.CacheSize;

    internal bool HasCacheMember => _options.HasCacheMember;

    internal int TokenCount => _options.TokenCount;

    internal bool TakesEnumeratorToken => _options.TakesEnumeratorToken;

    internal bool Retries => _options.MaxAttempts > 1 || _options.HasRetryMember;

    internal TimeSpan? Timeout { get; }

    internal TimeSpan? AttemptTimeout { get; }

    internal TimeSpan SettleTime { get; }

    internal TimeSpan? CacheTime { get; }

    internal TimeSpan? CacheSlidingTime { get; }

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
    internal bool StartsAtOnce { get; }

    /// <summary>The same, for an async body without flow and tokens: the shortest path of all, chosen by a single test.</summary>
    internal bool IsPlainUnflowed { get; }

    /// <summary>Nothing stands between a result and the caller.</summary>
    internal bool EndsAtOnce { get; }

    internal bool HasPauseHooks { get; }

    /// <summary>
    /// Reading the clock is a good part of the cost of a call: if this is false, it is read only when somebody asks, or the call suspends.
    /// </summary>
    internal bool NeedsStartStamp { get; }

    /// <summary>Nothing stands between a failure and the caller.</summary>
    internal bool FailsAtOnce { get; }

    internal bool Has(HookEvent hooks) => Count(hooks) > 0;

    internal int First(HookEvent hooks) => _options.FirstHook(hooks);

    internal int Count(HookEvent hooks) => _options.HookCount(hooks);

    private static string WithType(string name)
    {
        var method = name.LastIndexOf('.');
        return method <= 0 ? name : name[(name.LastIndexOf('.', method - 1) + 1)..];
    }

    private static TimeSpan? ToTimeSpan(double seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
}
