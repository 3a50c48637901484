using Polly;

namespace Sitters;

/// <summary>
/// Babysits an async method: hooks, timeout, retries, cache, and pause, resume, restart and cancel at each of its awaits.
/// </summary>
/// <remarks>
/// Goes on a method, on a class or struct (all its eligible methods), or on the assembly. What is not set here comes from the
/// class's attribute, then the assembly's, then FodyWeavers.xml, then the default given at the property. The weaver reads every value
/// at build time; a wrong one is a build error.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface
    | AttributeTargets.Assembly,
    Inherited = false)]
public sealed class SitAttribute : Attribute
{
    /// <summary>
    /// Methods that run before the first attempt, and again after each restart. A failure stops the call from starting. Default: none.
    /// </summary>
    public string[]? StartupHooks { get; set; }

    /// <summary>Methods that run when the call has completed with a result. Default: none.</summary>
    public string[]? CompletionHooks { get; set; }

    /// <summary>Methods that run when the call has failed, after the last attempt. Default: none.</summary>
    public string[]? ExceptionHooks { get; set; }

    /// <summary>Methods that run when the call has timed out. Default: none.</summary>
    public string[]? TimeoutHooks { get; set; }

    /// <summary>
    /// Methods that run when the call was cancelled: by a signal, by the API, by the caller's token, or by the call that it runs in.
    /// Default: none.
    /// </summary>
    public string[]? CancellationHooks { get; set; }

    /// <summary>Methods that run when the call is about to start again from its beginning. Default: none.</summary>
    public string[]? RestartHooks { get; set; }

    /// <summary>Methods that run after a failed attempt, before the wait for the next one. Default: none.</summary>
    public string[]? RetryHooks { get; set; }

    /// <summary>Methods that run when the running call is paused. Default: none.</summary>
    public string[]? PauseHooks { get; set; }

    /// <summary>Methods that run when the paused call is resumed. Default: none.</summary>
    public string[]? ResumeHooks { get; set; }

    /// <summary>
    /// The type in which hook, <see cref="Retry"/> and <see cref="Cache"/> members are looked up. Default: the declaring type and its
    /// bases.
    /// </summary>
    public Type? HooksType { get; set; }

    /// <summary>
    /// Whether the hooks of the outer levels (the class's, the assembly's, FodyWeavers.xml's) run too, before those that are named here.
    /// Default: true.
    /// </summary>
    public bool InheritHooks { get; set; } = true;

    /// <summary>
    /// How long the whole call may take, in seconds: startup hooks, all attempts and the waits between them. Time spent paused
    /// does not count. Default: no limit.
    /// </summary>
    public double TimeoutSeconds { get; set; }

    /// <summary>
    /// How long one attempt may take, in seconds. A timed-out attempt is retried like a failed one (as a
    /// <see cref="TimeoutException"/>); if no attempt is left, the call has timed out. Default: no limit.
    /// </summary>
    public double AttemptTimeoutSeconds { get; set; }

    /// <summary>
    /// What the caller gets when the call has timed out; <see cref="SitOutcome.Throw"/> throws <see cref="TimeoutException"/>.
    /// Default: <see cref="SitOutcome.Auto"/>.
    /// </summary>
    public SitOutcome OnTimeout { get; set; }

    /// <summary>
    /// What the caller gets when a signal or the API cancelled the call; <see cref="SitOutcome.Throw"/> throws
    /// <see cref="OperationCanceledException"/>. Default: <see cref="SitOutcome.Auto"/>.
    /// </summary>
    public SitOutcome OnCancel { get; set; }

    /// <summary>How often the method is tried in all, the first time included. Default: 1.</summary>
    public int MaxAttempts { get; set; } = 1;

    /// <summary>The wait before the second attempt, in seconds; <see cref="RetryBackoff"/> says how it grows. Default: 0.</summary>
    public double RetryDelaySeconds { get; set; }

    /// <summary>
    /// How the wait grows from attempt to attempt. Default: <see cref="DelayBackoffType.Constant"/>. The rules are those of Polly's
    /// <see cref="DelayBackoffType"/>.
    /// </summary>
    public DelayBackoffType RetryBackoff { get; set; }

    /// <summary>
    /// Whether the waits are randomized, by Polly's rule for the chosen <see cref="RetryBackoff"/>. Default: false.
    /// </summary>
    public bool RetryJitter { get; set; }

    /// <summary>The longest wait between two attempts, in seconds. Default: a day, beyond which no wait grows.</summary>
    public double MaxRetryDelaySeconds { get; set; }

    /// <summary>
    /// Only these exceptions and their subclasses are retried. Default: every exception except <see cref="OperationCanceledException"/>.
    /// </summary>
    public Type[]? RetryOn { get; set; }

    /// <summary>These exceptions and their subclasses are never retried; wins over <see cref="RetryOn"/>. Default: none.</summary>
    public Type[]? AbortOn { get; set; }

    /// <summary>
    /// The name of a member that holds a Polly v8 <c>RetryStrategyOptions</c>, <c>RetryStrategyOptions&lt;T&gt;</c>,
    /// <c>ResiliencePipeline</c> or <c>ResiliencePipeline&lt;T&gt;</c>, used as it is instead of the settings above. Default: none.
    /// </summary>
    public string? Retry { get; set; }

    /// <summary>
    /// Keeps at most this many results: never more, the newest always, the least recently used goes first. Default: no cache.
    /// </summary>
    public int CacheSize { get; set; }

    /// <summary>How long a result is kept, in seconds after it was stored. Default: no limit.</summary>
    public double CacheSeconds { get; set; }

    /// <summary>How long a result is kept, in seconds after it was last used. Default: no limit.</summary>
    public double CacheSlidingSeconds { get; set; }

    /// <summary>
    /// Whether each instance has a cache of its own, or all share one. Default: <see cref="CacheScope.PerInstance"/>; the cache of a
    /// static method is always shared.
    /// </summary>
    public CacheScope CacheScope { get; set; }

    /// <summary>
    /// The name of a member that holds an <c>IMemoryCache</c>, used as it is instead of the built-in cache. Default: none.
    /// </summary>
    public string? Cache { get; set; }

    /// <summary>
    /// Whether the call's token is handed to what the code awaits: to calls that could have been given a <see cref="CancellationToken"/>
    /// and were not. Default: true.
    /// </summary>
    public bool ForwardToken { get; set; } = true;

    /// <summary>
    /// On an interrupt, how long an await whose operation was given the call's token may take to end by itself, in seconds, before it
    /// is left behind. Default: 0.25.
    /// </summary>
    public double SettleSeconds { get; set; } = 0.25;

    /// <summary>
    /// How long the own <c>catch</c>, <c>finally</c> and <c>await using</c> of an interrupted attempt may take, in seconds, before
    /// the caller gets the outcome anyway. Default: 5.
    /// </summary>
    public double GraceSeconds { get; set; } = 5;

    /// <summary>
    /// The name of a <c>&lt;Policy&gt;</c> in FodyWeavers.xml; what the attribute sets itself takes precedence. Default: none.
    /// </summary>
    public string? Policy { get; set; }

    /// <summary>
    /// Whether the call travels with the <see cref="ExecutionContext"/>, so that <see cref="SitContext.Current"/> works and control
    /// reaches helpers across <c>Task.Run</c>, <c>Parallel</c>, timers and code that is not woven. False is for hot paths: the call
    /// then travels through woven code only, and costs nothing. Default: true.
    /// </summary>
    public bool FlowContext { get; set; } = true;

    /// <summary>
    /// On a class, struct, interface or assembly: whether methods are sat that return a task or a stream without being <c>async</c>.
    /// They often hand on a task or stream of somebody's, whose identity matters. Default: false; an attribute on the method itself
    /// always sits it. An attribute on the assembly passes over generated code, async or not: types and methods that bear
    /// <c>[GeneratedCode]</c> or <c>[CompilerGenerated]</c>.
    /// </summary>
    public bool IncludeNotAsync { get; set; }

    /// <summary>Leaves this method (or type, or assembly) alone. Default: false.</summary>
    public bool Disabled { get; set; }
}
