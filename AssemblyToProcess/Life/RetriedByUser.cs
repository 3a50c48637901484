using Polly;
using Polly.Retry;
using Polly.Timeout;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that the user's own Polly objects retry.</summary>
public class RetriedByUser : Scene
{
    private readonly ResiliencePipeline<int> _typedPipeline = new ResiliencePipelineBuilder<int>()
        .AddRetry(new()
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.Zero,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result < 3),
        })
        .Build();

    public RetriedByUser() => OwnStrategy = new RetryStrategyOptions
    {
        MaxRetryAttempts = 3,
        Delay = TimeSpan.FromSeconds(4),
        OnRetry = _ =>
        {
            Say("own retry");
            return default;
        },
    };

    public int Failures { get; set; } = int.MaxValue;

    /// <summary>Says where the running code is.</summary>
    public Func<string> Place { get; set; } = () => "";

    public List<int> Attempts { get; } = [];

    public RetryStrategyOptions OwnStrategy { get; set; }

    public ResiliencePipeline? Nothing { get; set; }

    public ResiliencePipeline Missing => throw new KeyNotFoundException("no such pipeline");

    private static RetryStrategyOptions Strategy { get; } = new() { MaxRetryAttempts = 2, Delay = TimeSpan.Zero };

    private static readonly RetryStrategyOptions<int> _typedStrategy = new()
    {
        MaxRetryAttempts = 4,
        Delay = TimeSpan.Zero,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is > 0 and < 4),
    };

    private static readonly ResiliencePipeline _withTimeout = new ResiliencePipelineBuilder { TimeProvider = new SittersClock() }
        .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(2) })
        .Build();

    private static ResiliencePipeline<int> Fallback() => new ResiliencePipelineBuilder<int>()
        .AddFallback(new() { FallbackAction = _ => Outcome.FromResultAsValueTask(99) })
        .Build();

    [Sit(Retry = nameof(Strategy), ExceptionHooks = [nameof(OnException)], RetryHooks = [nameof(OnRetry)])]
    public async Task<int> ByStrategy() => await Try();

    [Sit(Retry = nameof(OwnStrategy), RetryHooks = [nameof(OnRetry)])]
    public async Task<int> ByOwnStrategy() => await Try();

    [Sit(Retry = nameof(_typedStrategy))]
    public async Task<int> ByTypedStrategy()
    {
        Say("body");
        return Count("body");
    }

    [Sit(Retry = nameof(_typedPipeline), RetryHooks = [nameof(OnRetry)])]
    public async ValueTask<int> ByTypedPipeline()
    {
        Say("body");
        return Count("body");
    }

    [Sit(Retry = nameof(Pipeline))]
    public async Task ByPipelineOfMethod() => await Try();

    [Sit(Retry = nameof(_withTimeout))]
    public async Task ByPipelineWithTimeout()
    {
        Say("body");
        try
        {
            await At("door");
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(Retry = nameof(Fallback), CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)])]
    public async Task<int> ByFallback() => await Try();

    [Sit(Retry = nameof(ResiliencePipeline.Empty), HooksType = typeof(Pipelines))]
    public async Task<int> ByEmptyPipeline() => await Try();

    [Sit(Retry = nameof(Nothing), ExceptionHooks = [nameof(OnException)])]
    public async Task<int> ByNull() => await Try();

    [Sit(Retry = nameof(Missing), ExceptionHooks = [nameof(OnException)])]
    public async Task<int> ByMissing() => await Try();

    [Sit(Retry = nameof(FromState), StartupHooks = [nameof(TakeTime)])]
    public async Task ByStateOfTheInstance() => await At("work");

    [Sit(Retry = nameof(Strategy), AttemptTimeoutSeconds = 2)]
    public async Task<int?> ByStrategyWithAttemptTimeout()
    {
        Say("body");
        if (Count("body") == 1)
        {
            await At("door");
        }

        return Count("body");
    }

    [Sit(Retry = nameof(Strategy), CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> Cancelled()
    {
        Say("body");
        await At("door");
        return 1;
    }

    private static ResiliencePipeline Pipeline() =>
        new ResiliencePipelineBuilder().AddRetry(new() { MaxRetryAttempts = 1, Delay = TimeSpan.Zero }).Build();

    private ResiliencePipeline FromState()
    {
        Say(Place());
        return ResiliencePipeline.Empty;
    }

    private Task TakeTime() => At("hook");

    private async Task<int> Try()
    {
        Say("body");
        Attempts.Add(SitContext.Current.Attempt);
        await Task.Yield();
        var count = Count("body");
        return count <= Failures ? throw new ArgumentException("attempt " + count) : count;
    }

    /// <summary>The clock that tests move.</summary>
    private sealed class SittersClock : TimeProvider
    {
        public override long GetTimestamp() => Sitter.TimeProvider.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Sitter.TimeProvider.CreateTimer(callback, state, dueTime, period);
    }
}

/// <summary>Pipelines that several classes share.</summary>
public static class Pipelines
{
    public static ResiliencePipeline Empty => ResiliencePipeline.Empty;
}
