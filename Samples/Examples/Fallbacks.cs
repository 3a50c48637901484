using Polly;
using Polly.Fallback;
using Polly.Retry;
using Sitters;

namespace Samples.Examples;

// README: retry-fallback
public class Rates
{
    private static readonly ResiliencePipeline<string> _orYesterdays = new ResiliencePipelineBuilder<string>()
        .AddFallback(new FallbackStrategyOptions<string>
        {
            ShouldHandle = new PredicateBuilder<string>().Handle<IOException>(),
            FallbackAction = _ => Outcome.FromResultAsValueTask("yesterday's rates"),
        })
        .AddRetry(new RetryStrategyOptions<string> { MaxRetryAttempts = 1, Delay = TimeSpan.FromMilliseconds(20) })
        .Build();

    [Sit(Retry = nameof(_orYesterdays))]
    public async Task<string> Get()
    {
        await Task.Delay(10);
        Console.WriteLine($"attempt {SitContext.Current.Attempt}");
        throw new IOException("the exchange is closed");
    }
}
// end

internal static class Fallbacks
{
    public static async Task Run() => Console.WriteLine($"result {await new Rates().Get()}");
}
