namespace Sitters.Runtime.Retrying;

/// <summary>What a retry strategy needs to know of the call that it retries.</summary>
internal interface IRetriedCall
{
    /// <summary>The method's full name.</summary>
    string Name { get; }

    /// <summary>An interrupt is pending: whatever the pipeline returns, the call has not completed.</summary>
    bool IsInterrupted { get; }

    /// <summary>Fires when the call is interrupted: ends the pipeline's own waits.</summary>
    CancellationToken WaitToken();

    bool MayRetry(Exception exception);

    /// <summary>An attempt has failed, and there is another one.</summary>
    /// <param name="delay">How long the wait for that is; null where the strategy does not say.</param>
    ValueTask OnRetry(TimeSpan? delay);
}
