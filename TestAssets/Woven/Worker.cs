using System.Collections.Concurrent;
using Polly.Retry;
using Sitters;

namespace Woven;

/// <summary>One sat method for each thing that woven code does with the runtime. What happens is in <see cref="Trace"/>.</summary>
public sealed class Worker
{
    private readonly ConcurrentQueue<string> _trace = new();
    private readonly RetryStrategyOptions _twice = new() { MaxRetryAttempts = 1, Delay = TimeSpan.Zero };

    public string Trace => string.Join(", ", _trace);

    /// <summary>Completes, with the call, when a body is about to wait.</summary>
    public TaskCompletionSource<SitContext> Waiting { get; } = new();

    public TaskCompletionSource Paused { get; } = new();

    public TaskCompletionSource Resumed { get; } = new();

    /// <summary>What a body waits for that is paused meanwhile.</summary>
    public TaskCompletionSource Awaited { get; } = new();

    [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<int> AsTask(int number)
    {
        await Task.Yield();
        Write("body");
        return number;
    }

    [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
    public async ValueTask<T> AsValueTask<T>(T value)
    {
        await Task.Yield();
        Write("body");
        return value;
    }

    [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
    public Task<int> NotAsync(int number)
    {
        Write("body");
        return Task.FromResult(number);
    }

    [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
    public async IAsyncEnumerable<int> AsStream(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    [Sit(CacheSize = 2)]
    public async Task<string> Cached(string key, int number)
    {
        await Task.Yield();
        Write($"body {key} {number}");
        return key + number;
    }

    [Sit(MaxAttempts = 3, RetryOn = [typeof(IOException)], ExceptionHooks = [nameof(OnException)])]
    public async Task Fails()
    {
        await Task.Yield();
        Write($"attempt {SitContext.Current.Attempt}");
        throw SitContext.Current.Attempt == 1 ? new IOException() : new InvalidOperationException("refused");
    }

    [Sit(Policy = "stubborn")]
    public async Task<int> ByPolicy() => await AtSecondAttempt();

    [Sit(Retry = nameof(_twice), StartupHooks = [nameof(OnStartup)])]
    public async Task<int> ByRetryMember() => await AtSecondAttempt();

    [Sit(TimeoutSeconds = 0.05, TimeoutHooks = [nameof(OnTimeout)])]
    public async Task<string?> TimesOut()
    {
        try
        {
            await Task.Delay(Timeout.Infinite);
            return "ran on";
        }
        finally
        {
            Write("finally");
        }
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> WithHelper()
    {
        await Hang();
        return 1;
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> WithToken(CancellationToken token = default)
    {
        var fired = new TaskCompletionSource();
        token.Register(fired.SetResult);
        try
        {
            await Hang();
            return 1;
        }
        finally
        {
            await fired.Task;
            Write("token");
        }
    }

    [Sit(StartupHooks = [nameof(OnStartup)], RestartHooks = [nameof(OnRestart)])]
    public async Task<string?> Restarts()
    {
        if (SitContext.Current.Restarts == 0)
        {
            await Hang();
        }

        return "started again";
    }

    [Sit(PauseHooks = [nameof(OnPause)], ResumeHooks = [nameof(OnResume)])]
    public async Task<string> Pauses()
    {
        Waiting.SetResult(SitContext.Current);
        await Awaited.Task;
        return "done";
    }

    private async Task<int> AtSecondAttempt()
    {
        await Task.Yield();
        var attempt = SitContext.Current.Attempt;
        Write($"attempt {attempt}");
        return attempt == 2 ? attempt : throw new IOException();
    }

    private async Task Hang()
    {
        try
        {
            Waiting.SetResult(SitContext.Current);
            await Task.Delay(Timeout.Infinite);
        }
        finally
        {
            Write("helper's finally");
        }
    }

    private void OnStartup() => Write("startup");

    private async Task OnCompletion(SitContext context)
    {
        await Task.Yield();
        Write($"completion {context.Result}".TrimEnd());
    }

    private void OnException(SitContext context) => Write($"exception {context.Exception!.Message}");

    private void OnRetry() => Write("retry");

    private ValueTask OnTimeout()
    {
        Write("timeout");
        return default;
    }

    private void OnCancellation() => Write("cancellation");

    private void OnRestart() => Write("restart");

    private void OnPause()
    {
        Write("pause");
        Paused.SetResult();
    }

    private void OnResume()
    {
        Write("resume");
        Resumed.SetResult();
    }

    private void Write(string text) => _trace.Enqueue(text);
}
