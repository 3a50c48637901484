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
    // How a call may start: what _start holds, and every transition. Each later one starts sooner.
    //
    //   Unmade -> any        Make: a CAS by the method's first call
    //   any    -> Looking    Override: an exchange
    private const int Unmade = 0;
    private const int Looking = 1;
    private const int AtOnce = 2;
    private const int PlainUnflowed = 3;

    private readonly PlanOptions _options;
    private volatile int _start;
    private string? _typedName;
    private InterruptMessages? _messages;

    // Made when they are first asked for: most methods never do, and a process is to start quickly.
    private CacheLimits? _cache;
    private RetryPolicy? _retry;
    private DeadlineQueue? _settleDeadlines;
    private DeadlineQueue? _graceDeadlines;

    /// <summary>Set once, before any configuration that concerns the method is in force.</summary>
    private PlanOverrides? _overrides;

    private Delegate? _callMaker;

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
        _cache = cache;
        ShortestLimit = Math.Min(Timeout?.Ticks ?? long.MaxValue, AttemptTimeout?.Ticks ?? long.MaxValue);
        NeedsStartStamp = options.FlowContext || HasLimits;
        EndsAtOnce = !Has(HookEvent.Completion);
        HasPauseHooks = Has(HookEvent.Pause) || Has(HookEvent.Resume);
        FailsAtOnce = !Has(HookEvent.Exception) && !Retries;
    }

    /// <summary>The plan that woven code knows, made of what the weaver found.</summary>
    internal Plan Compiled { get; }

    /// <summary>Whether configuration may have something to say: then <see cref="InForce"/> is another plan.</summary>
    internal bool IsOverridden => _overrides is not null;

    internal InterruptMessages Messages => _messages ??= new InterruptMessages(Name);

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

    /// <summary>The same object whenever it is asked for: see <see cref="CacheLimits"/>.</summary>
    internal CacheLimits Cache => _cache ?? Kept(ref _cache, LimitsOf(_options));

    internal bool HasCacheMember => _options.HasCacheMember;

    internal bool IsCached => _options.CacheSize > 0 || HasCacheMember;

    internal int TokenCount => _options.TokenCount;

    internal bool TakesEnumeratorToken => _options.TakesEnumeratorToken;

    /// <summary>The user supplies the strategy.</summary>
    internal bool HasRetryMember => _options.HasRetryMember;

    internal bool Retries => _options.MaxAttempts > 1 || HasRetryMember;

    internal TimeSpan? Timeout { get; }

    internal TimeSpan? AttemptTimeout { get; }

    internal TimeSpan SettleTime => TimeSpan.FromSeconds(_options.SettleSeconds);

    /// <summary>The limit that is over first, in ticks; a time that never comes if there is none.</summary>
    internal long ShortestLimit { get; }

    internal bool HasLimits => ShortestLimit != long.MaxValue;

    // A call takes those of its own clock.

    internal DeadlineQueue? Deadlines { get; }

    internal DeadlineQueue? AttemptDeadlines { get; }

    internal DeadlineQueue SettleDeadlines => _settleDeadlines ??= DeadlineQueue.For(SettleTime, TimeProvider.System);

    internal DeadlineQueue GraceDeadlines =>
        _graceDeadlines ??= DeadlineQueue.For(TimeSpan.FromSeconds(_options.GraceSeconds), TimeProvider.System);

    internal RetryPolicy Retry => _retry ?? Kept(ref _retry, new RetryPolicy(RetrySettings()));

    /// <summary>Nothing stands between the caller and the first attempt.</summary>
    internal bool StartsAtOnce => _start >= AtOnce;

    /// <summary>The same, for an async body without flow and tokens: the shortest path of all, chosen by a single test.</summary>
    internal bool IsPlainUnflowed => _start == PlainUnflowed;

    /// <summary>Makes the method's calls; null before the first one. Its type is known to the layers above, which cast it.</summary>
    internal Delegate? CallMaker => Volatile.Read(ref _callMaker);

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

    /// <summary>The method's first call: only code that is made for the method knows the type of its calls.</summary>
    internal void Make(Delegate callMaker)
    {
        // First, so that who starts at once finds it.
        Volatile.Write(ref _callMaker, callMaker);
        var start = Has(HookEvent.Startup) || HasRetryMember || IsDisabled ? Looking
            : _options is { IsAsync: true, FlowContext: false, TokenCount: 0 } ? PlainUnflowed
            : AtOnce;
        Interlocked.CompareExchange(ref _start, start, Unmade);
    }

    /// <summary>From now on configuration decides. For ever: what is kept of earlier calls, as in a cache, may follow it.</summary>
    internal void Override(PlanOverrides overrides)
    {
        // First, so that a call that finds the shortest paths closed also finds where it is to go.
        Volatile.Write(ref _overrides, overrides);
        Interlocked.Exchange(ref _start, Looking);
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

    private RetrySettings RetrySettings() => new()
    {
        Name = _options.Name,
        MaxAttempts = _options.MaxAttempts,
        Delay = TimeSpan.FromSeconds(_options.RetryDelaySeconds),
        Backoff = _options.RetryBackoff,
        UseJitter = _options.RetryJitter,
        MaxDelay = ToTimeSpan(_options.MaxRetryDelaySeconds),
        RetryOn = _options.RetryOn,
        AbortOn = _options.AbortOn,
        HasMember = _options.HasRetryMember,
    };

    /// <summary>What is kept in a field: this, or what another thread has made meanwhile.</summary>
    private static T Kept<T>(ref T? field, T made)
        where T : class => Interlocked.CompareExchange(ref field, made, null) ?? made;

    private static TimeSpan? ToTimeSpan(double seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
}
