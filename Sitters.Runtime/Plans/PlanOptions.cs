using System.ComponentModel;
using Polly;

namespace Sitters.Runtime.Plans;

/// <summary>
/// What [Sit] and FodyWeavers.xml say about one method, as written by the weaver. See <see cref="SitAttribute"/> for the meaning of each
/// value.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PlanOptions
{
    /// <summary>As many as <see cref="HookEvent"/> has values.</summary>
    private const int Events = (int)HookEvent.Resume + 1;

    private int[]? _firstHook;
    private int[]? _hookCount;
    private int _hooks;

    /// <summary>A number, since a field of Polly's type has Polly loaded with the first plan.</summary>
    private int _retryBackoff;

    /// <summary>The method's full name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether the body is an async method, whose awaits are gated.</summary>
    public bool IsAsync { get; set; }

    /// <summary><see cref="SitAttribute.TimeoutSeconds"/>; 0 is none.</summary>
    public double TimeoutSeconds { get; set; }

    /// <summary><see cref="SitAttribute.AttemptTimeoutSeconds"/>; 0 is none.</summary>
    public double AttemptTimeoutSeconds { get; set; }

    /// <summary><see cref="SitAttribute.OnTimeout"/>.</summary>
    public SitOutcome OnTimeout { get; set; }

    /// <summary><see cref="SitAttribute.OnCancel"/>.</summary>
    public SitOutcome OnCancel { get; set; }

    /// <summary>What <see cref="SitOutcome.Auto"/> means for the method's result.</summary>
    public SitOutcome AutoOutcome { get; set; } = SitOutcome.ReturnDefault;

    /// <summary><see cref="SitAttribute.MaxAttempts"/>.</summary>
    public int MaxAttempts { get; set; } = 1;

    /// <summary><see cref="SitAttribute.RetryDelaySeconds"/>.</summary>
    public double RetryDelaySeconds { get; set; }

    /// <summary><see cref="SitAttribute.RetryBackoff"/>.</summary>
    public DelayBackoffType RetryBackoff
    {
        get => (DelayBackoffType)_retryBackoff;
        set => _retryBackoff = (int)value;
    }

    /// <summary><see cref="SitAttribute.RetryJitter"/>.</summary>
    public bool RetryJitter { get; set; }

    /// <summary><see cref="SitAttribute.MaxRetryDelaySeconds"/>; 0 is none.</summary>
    public double MaxRetryDelaySeconds { get; set; }

    /// <summary><see cref="SitAttribute.RetryOn"/>.</summary>
    public Type[]? RetryOn { get; set; }

    /// <summary><see cref="SitAttribute.AbortOn"/>.</summary>
    public Type[]? AbortOn { get; set; }

    /// <summary>Whether <see cref="SitAttribute.Retry"/> names a member.</summary>
    public bool HasRetryMember { get; set; }

    /// <summary><see cref="SitAttribute.CacheSize"/>; 0 is none.</summary>
    public int CacheSize { get; set; }

    /// <summary><see cref="SitAttribute.CacheSeconds"/>; 0 is none.</summary>
    public double CacheSeconds { get; set; }

    /// <summary><see cref="SitAttribute.CacheSlidingSeconds"/>; 0 is none.</summary>
    public double CacheSlidingSeconds { get; set; }

    /// <summary>Whether <see cref="SitAttribute.Cache"/> names a member.</summary>
    public bool HasCacheMember { get; set; }

    /// <summary><see cref="SitAttribute.ForwardToken"/>.</summary>
    public bool ForwardToken { get; set; } = true;

    /// <summary><see cref="SitAttribute.SettleSeconds"/>.</summary>
    public double SettleSeconds { get; set; } = 0.25;

    /// <summary><see cref="SitAttribute.GraceSeconds"/>.</summary>
    public double GraceSeconds { get; set; } = 5;

    /// <summary><see cref="SitAttribute.FlowContext"/>.</summary>
    public bool FlowContext { get; set; } = true;

    /// <summary>How many parameters of type <see cref="CancellationToken"/>, nullable ones too, the method has.</summary>
    public int TokenCount { get; set; }

    /// <summary>Whether an async stream takes the token that its consumer passes with <c>WithCancellation</c>.</summary>
    public bool TakesEnumeratorToken { get; set; }

    /// <summary>Whether the declaration says that there always is a result: no <c>default</c> passes for one.</summary>
    public bool AlwaysHasResult { get; set; }

    /// <summary><see cref="SitAttribute.Policy"/>, of the closest level that names one.</summary>
    public string? Policy { get; set; }

    /// <summary>Configuration says that the method is not sat.</summary>
    internal bool IsDisabled { get; set; }

    /// <summary>Adds the hooks of one event. Their ids continue those of the events added before.</summary>
    /// <param name="hooks">The event.</param>
    /// <param name="count">How many hooks it has.</param>
    public void SetHooks(HookEvent hooks, int count)
    {
        (_firstHook ??= new int[Events])[(int)hooks] = _hooks;
        (_hookCount ??= new int[Events])[(int)hooks] = count;
        _hooks += count;
    }

    internal PlanOptions Copy() => (PlanOptions)MemberwiseClone();

    internal int FirstHook(HookEvent hooks) => _firstHook?[(int)hooks] ?? 0;

    internal int HookCount(HookEvent hooks) => _hookCount?[(int)hooks] ?? 0;
}
