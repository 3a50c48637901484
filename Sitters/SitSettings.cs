using Polly;

namespace Sitters;

/// <summary>What configuration sets over the attributes. A property that is null sets nothing: what was compiled in holds.</summary>
/// <remarks>
/// What is not here is compiled in: hooks, types, the members that <see cref="SitAttribute.Retry"/> and <see cref="SitAttribute.Cache"/> name,
/// <see cref="SitAttribute.CacheScope"/> and <see cref="SitAttribute.FlowContext"/>.
/// </remarks>
public class SitSettings
{
    /// <summary><see cref="SitAttribute.TimeoutSeconds"/>, in seconds; 0 is no limit. Default: null.</summary>
    public double? TimeoutSeconds { get; set; }

    /// <summary><see cref="SitAttribute.AttemptTimeoutSeconds"/>, in seconds; 0 is no limit. Default: null.</summary>
    public double? AttemptTimeoutSeconds { get; set; }

    /// <summary>
    /// <see cref="SitAttribute.OnTimeout"/>. <see cref="SitOutcome.ReturnDefault"/> only where the result can say "no result". Default:
    /// null.
    /// </summary>
    public SitOutcome? OnTimeout { get; set; }

    /// <summary>
    /// <see cref="SitAttribute.OnCancel"/>. <see cref="SitOutcome.ReturnDefault"/> only where the result can say "no result". Default:
    /// null.
    /// </summary>
    public SitOutcome? OnCancel { get; set; }

    /// <summary>
    /// <see cref="SitAttribute.MaxAttempts"/>: tries in all, the first included. Not where <see cref="SitAttribute.Retry"/> names a
    /// member. Default: null.
    /// </summary>
    public int? MaxAttempts { get; set; }

    /// <summary>
    /// <see cref="SitAttribute.RetryDelaySeconds"/>, in seconds. Not where <see cref="SitAttribute.Retry"/> names a member. Default:
    /// null.
    /// </summary>
    public double? RetryDelaySeconds { get; set; }

    /// <summary>
    /// <see cref="SitAttribute.RetryBackoff"/>. Not where <see cref="SitAttribute.Retry"/> names a member. Default: null.
    /// </summary>
    public DelayBackoffType? RetryBackoff { get; set; }

    /// <summary><see cref="SitAttribute.RetryJitter"/>. Not where <see cref="SitAttribute.Retry"/> names a member. Default: null.</summary>
    public bool? RetryJitter { get; set; }

    /// <summary>
    /// <see cref="SitAttribute.MaxRetryDelaySeconds"/>, in seconds; 0 is no limit. Not where <see cref="SitAttribute.Retry"/> names a
    /// member. Default: null.
    /// </summary>
    public double? MaxRetryDelaySeconds { get; set; }

    /// <summary><see cref="SitAttribute.CacheSize"/>; 0 is no cache. Only for methods that were compiled with one. Default: null.</summary>
    public int? CacheSize { get; set; }

    /// <summary>
    /// <see cref="SitAttribute.CacheSeconds"/>, in seconds; 0 is no limit. Only for methods that were compiled with a cache. Default:
    /// null.
    /// </summary>
    public double? CacheSeconds { get; set; }

    /// <summary>
    /// <see cref="SitAttribute.CacheSlidingSeconds"/>, in seconds; 0 is no limit. Only for methods that were compiled with a cache.
    /// Default: null.
    /// </summary>
    public double? CacheSlidingSeconds { get; set; }

    /// <summary><see cref="SitAttribute.ForwardToken"/>. Default: null.</summary>
    public bool? ForwardToken { get; set; }

    /// <summary><see cref="SitAttribute.SettleSeconds"/>, in seconds. Default: null.</summary>
    public double? SettleSeconds { get; set; }

    /// <summary><see cref="SitAttribute.GraceSeconds"/>, in seconds. Default: null.</summary>
    public double? GraceSeconds { get; set; }

    /// <summary>
    /// The name of one of <see cref="SitterConfiguration.Policies"/>; those of FodyWeavers.xml are compiled in. Default: null.
    /// </summary>
    public string? Policy { get; set; }

    /// <summary>Whether the method runs as if it bore no [Sit], from its next call on. Default: null.</summary>
    public bool? Disabled { get; set; }
}
