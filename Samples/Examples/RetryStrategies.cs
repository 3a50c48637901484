using Polly;
using Polly.Retry;
using Polly.Timeout;
using Sitters;

namespace Samples.Examples;

// README: retry-strategy
public class Weather
{
    private static readonly RetryStrategyOptions<string> _patiently = new()
    {
        MaxRetryAttempts = 3,
        Delay = TimeSpan.FromMilliseconds(50),
        BackoffType = DelayBackoffType.Exponential,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is IOException || args.Outcome.Result is "fog"),
    };

    [Sit(Retry = nameof(_patiently))]
    public async Task<string> Look()
    {
        await Task.Delay(10);
        var attempt = SitContext.Current.Attempt;
        Console.WriteLine($"attempt {attempt}");
        return attempt switch { 1 => throw new IOException("no signal"), 2 => "fog", _ => "sun" };
    }
}
// end

// README: retry-pipeline
public class Sea
{
    private readonly ResiliencePipeline _carefully = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.Zero })
        .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(2) })
        .Build();

    [Sit(Retry = nameof(_carefully))]
    public async Task<string> Look()
    {
        await Task.Delay(10);
        return SitContext.Current.Attempt == 1 ? throw new IOException("no signal") : "calm";
    }
}
// end

internal static class RetryStrategies
{
    public static async Task Run()
    {
        Console.WriteLine($"result {await new Weather().Look()}");
        Console.WriteLine($"result {await new Sea().Look()}");
    }
}
