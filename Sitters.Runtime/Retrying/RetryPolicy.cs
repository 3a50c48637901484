using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Polly;
using Polly.Retry;
using Sitters.Rules.Settings;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Retrying;

/// <summary>Runs attempts through Polly: with a strategy made from [Sit]'s own settings, or with the user's object as it is.</summary>
[StackTraceHidden]
internal sealed class RetryPolicy(RetrySettings settings)
{
    private static readonly TimeSpan _longestDelay = TimeSpan.FromSeconds(Longest.RetryDelay);

    /// <summary>Those of the user's strategies.</summary>
    private readonly ConditionalWeakTable<object, object> _pipelines = [];
    private ResiliencePipeline? _own;

    public bool Handles(Exception exception) =>
        !IsAny(settings.AbortOn, exception)
        && (settings.RetryOn is null ? exception is not OperationCanceledException : IsAny(settings.RetryOn, exception));

    /// <summary>Runs attempts until one succeeds or the strategy gives up.</summary>
    /// <param name="call">The call.</param>
    /// <param name="supplied">The user's object.</param>
    /// <param name="attempt">Runs the attempt of a number.</param>
    /// <param name="first">The outcome of the first attempt, if it has run already.</param>
    public async ValueTask<AttemptOutcome<T>> Run<T>(
        IRetriedCall call, object? supplied, Func<int, CancellationToken, ValueTask<AttemptOutcome<T>>> attempt, AttemptOutcome<T>? first)
    {
        var run = new RetryRun<T>(call, supplied is ResiliencePipeline or ResiliencePipeline<T>, attempt, first);
        var context = ResilienceContextPool.Shared.Get(call.Name, call.WaitToken());
        context.Properties.Set(CallKey.Value, call);
        try
        {
            var outcome = supplied switch
            {
                null when settings.HasMember =>
                    throw new InvalidOperationException($"The member that Retry names on {settings.Name} is null."),
                null => await Execute(_own ??= Own(), context, run).ConfigureAwait(false),
                ResiliencePipeline pipeline => await Execute(pipeline, context, run).ConfigureAwait(false),
                ResiliencePipeline<T> pipeline => await Execute(pipeline, context, run).ConfigureAwait(false),
                RetryStrategyOptions<T> strategy =>
                    await Execute((ResiliencePipeline<T>)Pipeline(strategy, Typed<T>), context, run).ConfigureAwait(false),
                RetryStrategyOptions strategy =>
                    await Execute((ResiliencePipeline)Pipeline(strategy, Untyped), context, run).ConfigureAwait(false),
                _ => throw new InvalidOperationException(
                    $"The member that Retry names on {settings.Name} holds a {supplied.GetType()}; "
                    + $"it must be a RetryStrategyOptions or a ResiliencePipeline, of no type or of {typeof(T)}."),
            };
            return run.End(outcome);
        }
        catch (Exception defect)
        {
            return AttemptOutcome<T>.Failed(defect);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ValueTask<Outcome<T>> Execute<T>(ResiliencePipeline pipeline, ResilienceContext context, RetryRun<T> run) =>
        pipeline.ExecuteOutcomeAsync(static (c, r) => r.Next(c), context, run);

    private static ValueTask<Outcome<T>> Execute<T>(ResiliencePipeline<T> pipeline, ResilienceContext context, RetryRun<T> run) =>
        pipeline.ExecuteOutcomeAsync(static (c, r) => r.Next(c), context, run);

    private static bool IsAny(Type[]? types, Exception exception) =>
        types is not null && Array.Exists(types, type => type.IsInstanceOfType(exception));

    private static IRetriedCall CallOf(ResilienceContext context) => context.Properties.GetValue(CallKey.Value, null!);

    private ResiliencePipeline Own()
    {
        var strategy = new RetryStrategyOptions
        {
            MaxRetryAttempts = settings.MaxAttempts - 1,
            Delay = settings.Delay,
            BackoffType = settings.Backoff,
            UseJitter = settings.UseJitter,
            // Growing waits would exceed what a timer takes, and the call would end with the timer's refusal.
            MaxDelay = settings.MaxDelay ?? _longestDelay,
            ShouldHandle = static args =>
                ValueTask.FromResult(args.Outcome.Exception is { } exception && CallOf(args.Context).MayRetry(exception)),
            OnRetry = static args => CallOf(args.Context).OnRetry(args.RetryDelay),
        };
        return new ResiliencePipelineBuilder { TimeProvider = CurrentTimeProvider.Instance }.AddRetry(strategy).Build();
    }

    private object Pipeline<TOptions>(TOptions strategy, Func<TOptions, object> build)
        where TOptions : class => _pipelines.GetValue(strategy, key => build((TOptions)key));

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2091",
        Justification = "The user's own code makes a RetryStrategyOptions<T>, which keeps what Polly's validation looks at.")]
    private static ResiliencePipeline<T> Typed<T>(RetryStrategyOptions<T> supplied) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = CurrentTimeProvider.Instance }
            .AddRetry(Told(supplied, new RetryStrategyOptions<T>())).Build();

    private static ResiliencePipeline Untyped(RetryStrategyOptions supplied) =>
        new ResiliencePipelineBuilder { TimeProvider = CurrentTimeProvider.Instance }
            .AddRetry((RetryStrategyOptions)Told(supplied, new RetryStrategyOptions())).Build();

    /// <summary>The user's strategy, which tells the call of each retry before its own OnRetry: hooks and observers learn of it.</summary>
    private static RetryStrategyOptions<T> Told<T>(RetryStrategyOptions<T> supplied, RetryStrategyOptions<T> copy)
    {
        copy.Name = supplied.Name;
        copy.MaxRetryAttempts = supplied.MaxRetryAttempts;
        copy.BackoffType = supplied.BackoffType;
        copy.UseJitter = supplied.UseJitter;
        copy.Delay = supplied.Delay;
        copy.MaxDelay = supplied.MaxDelay;
        copy.ShouldHandle = supplied.ShouldHandle;
        copy.DelayGenerator = supplied.DelayGenerator;
        copy.Randomizer = supplied.Randomizer;
        copy.OnRetry = async args =>
        {
            await CallOf(args.Context).OnRetry(args.RetryDelay).ConfigureAwait(false);
            if (supplied.OnRetry is not null)
            {
                await supplied.OnRetry(args).ConfigureAwait(false);
            }
        };
        return copy;
    }

    /// <summary>A class of its own, since a field of Polly's type has Polly loaded with the class.</summary>
    private static class CallKey
    {
        public static readonly ResiliencePropertyKey<IRetriedCall> Value = new("Sitters.Call");
    }
}
