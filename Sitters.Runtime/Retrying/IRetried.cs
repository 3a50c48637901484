namespace Sitters.Runtime;

/// <summary>A call as its retry strategy sees it.</summary>
internal interface IRetried
{
    Call Call { get; }

    bool MayRetry(Exception exception);

    ValueTask OnRetry();
}
