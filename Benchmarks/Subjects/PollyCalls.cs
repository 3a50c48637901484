extern alias unwoven;

using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Registry;
using Polly.Retry;
using Unwoven = unwoven::Measured.Calls;

namespace Benchmarks.Subjects;

/// <summary>
/// Retry and timeout by hand, as Polly's own advice on performance has it: no closures, no exceptions, no needless tasks.
/// </summary>
public sealed class PollyCalls(Unwoven calls, ResiliencePipeline pipeline)
{
    /// <summary>What <c>[Sit(MaxAttempts = 3, TimeoutSeconds = 10)]</c> says.</summary>
    public static ResiliencePipeline Pipeline { get; } = Configure(new ResiliencePipelineBuilder()).Build();

    /// <summary>The same from Microsoft.Extensions.Resilience, with its telemetry, to which nobody listens.</summary>
    public static ResiliencePipeline WithTelemetry()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddResilienceEnricher();
        services.AddResiliencePipeline("", static builder => Configure(builder));
        return services.BuildServiceProvider().GetRequiredService<ResiliencePipelineProvider<string>>().GetPipeline("");
    }

    public ValueTask<int> Alone(int left, int right) => pipeline.ExecuteAsync(
        static (call, _) => new ValueTask<int>(call.calls.Alone(call.left, call.right)), (calls, left, right));

    public ValueTask<int> Suspending(int left, int right) => pipeline.ExecuteAsync(
        static (call, _) => new ValueTask<int>(call.calls.AloneSuspending(call.left, call.right)), (calls, left, right));

    private static ResiliencePipelineBuilder Configure(ResiliencePipelineBuilder builder) =>
        builder.AddTimeout(TimeSpan.FromSeconds(10)).AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.Zero });
}
