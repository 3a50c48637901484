using Polly;
using Polly.Retry;
using Sitters;

namespace AssemblyToProcess.Faulty;

public class RetryAndCacheNames
{
    private readonly string _notARetry = "";

    private static RetryStrategyOptions<string> OfText { get; } = new();

    private static ResiliencePipeline<int> OfNumbers { get; } = ResiliencePipeline<int>.Empty;

    [Sit(Retry = "Missing")]
    public Task Missing() => Task.CompletedTask; // SIT003

    [Sit(Retry = nameof(_notARetry))]
    public Task Text() => Task.FromResult(_notARetry); // SIT003

    [Sit(Retry = nameof(OfText))]
    public Task<int> OtherResult() => Task.FromResult(1); // SIT003

    [Sit(Retry = nameof(OfNumbers))]
    public Task NoResult() => Task.CompletedTask; // SIT003

    [Sit(Cache = nameof(_notARetry))]
    public Task<int> NotACache() => Task.FromResult(1); // SIT003

    [Sit(MaxAttempts = 2, RetryOn = [typeof(string)], AbortOn = [typeof(int), typeof(InvalidOperationException)])]
    public Task NoExceptions() => Task.CompletedTask; // SIT003 SIT003
}
