using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Retrying;

/// <summary>A call as its retry strategy sees it.</summary>
internal interface IRetriedCall
{
    Call Call { get; }

    bool MayRetry(Exception exception);

    ValueTask OnRetry();
}
