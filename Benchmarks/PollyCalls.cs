extern alias unwoven;

using Polly;
using Polly.Retry;
using Unwoven = unwoven::Measured.Calls;

namespace Benchmarks;

/// <summary>
/// Retry and timeout by hand, as Polly's own advice on performance has it: no closures, no exceptions, no needless tasks.
/// </summary>
public sealed class PollyCalls(Unwoven calls)
{
    /// <summary>What <c>[Sit(MaxAttempts = 3, TimeoutSeconds = 10)]</c> says.</summary>
    public static ResiliencePipeline Pipeline { get; } = new ResiliencePipelineBuilder()
        .AddTimeout(TimeSpan.FromSeconds(10))
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.Zero })
        .Build();

    public ValueTask<int> Alone(int left, int right) => Pipeline.ExecuteAsync(
        static (call, _) => new ValueTask<int>(call.calls.Alone(call.left, call.right)), (calls, left, right));

    public ValueTask<int> Suspending(int left, int right) => Pipeline.ExecuteAsync(
        static (call, _) => new ValueTask<int>(call.calls.Suspending(call.left, call.right)), (calls, left, right));
}
