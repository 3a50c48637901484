namespace Sitters.Testing;

/// <summary>Something that has happened to the calls of a test.</summary>
public abstract record SitTestEvent
{
    private protected SitTestEvent()
    {
    }

    /// <summary>When, by the test's clock, since the test began.</summary>
    public TimeSpan At { get; internal init; }

    /// <summary>The method's full name, as in <c>Shop.Jobs.Sync</c>.</summary>
    public abstract string MethodName { get; }

    /// <summary>What has happened, without the time.</summary>
    /// <returns>A few words, as in <c>Sync: attempt 2</c>.</returns>
    public sealed override string ToString() => $"{MethodName[(MethodName.LastIndexOf('.') + 1)..]}: {What}";

    private protected abstract string What { get; }
}

/// <summary>Something that has happened to one call.</summary>
/// <param name="Call">The call.</param>
public abstract record CallEvent(SitContext Call) : SitTestEvent
{
    /// <inheritdoc/>
    public sealed override string MethodName => Call.MethodName;
}

/// <summary>A call has begun.</summary>
/// <param name="Call">The call.</param>
public sealed record CallStarted(SitContext Call) : CallEvent(Call)
{
    private protected override string What => "started";
}

/// <summary>An attempt has begun.</summary>
/// <param name="Call">The call.</param>
/// <param name="Attempt">Its number, from 1.</param>
public sealed record AttemptStarted(SitContext Call, int Attempt) : CallEvent(Call)
{
    private protected override string What => $"attempt {Attempt}";
}

/// <summary>An attempt has failed, and there is to be another one.</summary>
/// <param name="Call">The call.</param>
/// <param name="Exception">What it failed with; null where its result is the reason.</param>
public sealed record CallRetrying(SitContext Call, Exception? Exception) : CallEvent(Call)
{
    private protected override string What => Exception is null ? "retries for its result" : $"retries for {Exception.GetType().Name}";
}

/// <summary>A call was told to pause.</summary>
/// <param name="Call">The call.</param>
public sealed record CallPaused(SitContext Call) : CallEvent(Call)
{
    private protected override string What => "paused";
}

/// <summary>No pause covers a call any more.</summary>
/// <param name="Call">The call.</param>
public sealed record CallResumed(SitContext Call) : CallEvent(Call)
{
    private protected override string What => "resumed";
}

/// <summary>A call was interrupted.</summary>
/// <param name="Call">The call.</param>
/// <param name="Interrupt">Why.</param>
public sealed record CallInterrupted(SitContext Call, SitInterrupt Interrupt) : CallEvent(Call)
{
    private protected override string What => $"interrupted, {Interrupt}";
}

/// <summary>A call begins anew after a restart.</summary>
/// <param name="Call">The call.</param>
/// <param name="Restarts">How often by now.</param>
public sealed record CallRestarted(SitContext Call, int Restarts) : CallEvent(Call)
{
    private protected override string What => $"restart {Restarts}";
}

/// <summary>A call has ended.</summary>
/// <param name="Call">The call.</param>
/// <param name="State">How.</param>
/// <param name="Exception">The last exception with which an attempt ended; null if there was none.</param>
public sealed record CallEnded(SitContext Call, SitState State, Exception? Exception) : CallEvent(Call)
{
    private protected override string What => State.ToString();
}

/// <summary>A hook of a call has failed.</summary>
/// <param name="Call">The call.</param>
/// <param name="Exception">What it failed with.</param>
public sealed record HookFailed(SitContext Call, Exception Exception) : CallEvent(Call)
{
    private protected override string What => $"a hook failed, {Exception.GetType().Name}";
}

/// <summary>The cleanup of an interrupted attempt has taken longer than its grace.</summary>
/// <param name="Call">The call.</param>
public sealed record GraceOverrun(SitContext Call) : CallEvent(Call)
{
    private protected override string What => "left its cleanup behind";
}

/// <summary>The test has ended while a call still ran, which it then cancelled.</summary>
/// <param name="Call">The call.</param>
/// <param name="Place">Where its methods stood, outermost first; empty where that is not known.</param>
public sealed record CallLeftRunning(SitContext Call, string Place) : CallEvent(Call)
{
    private protected override string What => "still running at the end of the test";
}

/// <summary>The cache of a method was asked. A hit makes no call.</summary>
/// <param name="Method">The method's full name.</param>
/// <param name="IsHit">Whether there was a result.</param>
public sealed record CacheRead(string Method, bool IsHit) : SitTestEvent
{
    /// <inheritdoc/>
    public override string MethodName => Method;

    private protected override string What => IsHit ? "cache hit" : "cache miss";
}
