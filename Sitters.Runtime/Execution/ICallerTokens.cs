namespace Sitters.Runtime.Execution;

/// <summary>The tokens that the caller passed in.</summary>
internal interface ICallerTokens
{
    int CallerTokenCount { get; }

    CancellationToken CallerToken(int index);
}
