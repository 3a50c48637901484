using Sitters;

namespace AssemblyToProcess.Faulty;

public class Ranges
{
    [Sit(TimeoutSeconds = -1, OnTimeout = SitOutcome.Throw)]
    public Task Negative() => Task.CompletedTask; // SIT006

    [Sit(AttemptTimeoutSeconds = double.NaN, GraceSeconds = double.PositiveInfinity)]
    public Task NotANumber() => Task.CompletedTask; // SIT006 SIT006

    [Sit(MaxAttempts = 0)]
    public Task NoAttempt() => Task.CompletedTask; // SIT006

    [Sit(TimeoutSeconds = 0)]
    public Task ZeroTime() => Task.CompletedTask; // SIT006

    [Sit(CacheSize = -5)]
    public Task<int> NegativeCache() => Task.FromResult(1); // SIT006

    [Sit(CacheSize = 0)]
    public Task<int> ZeroCache() => Task.FromResult(1); // SIT006

    [Sit(MaxAttempts = 2, RetryDelaySeconds = 1e9)]
    public Task TooLong() => Task.CompletedTask; // SIT006

    [Sit(TimeoutSeconds = 1, OnTimeout = (SitOutcome)7)]
    public Task NoChoice() => Task.CompletedTask; // SIT006
}
