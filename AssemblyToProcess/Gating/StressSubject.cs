using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Short calls of several kinds, which record all that happens to them.</summary>
public partial class StressSubject(int seed)
{
    private int _dice = seed;

    /// <summary>The number of the pause that holds everything now, or 0.</summary>
    public Func<int> PauseNow { get; set; } = () => 0;

    /// <summary>What happened to each call, in order.</summary>
    public ConcurrentDictionary<SitContext, ConcurrentQueue<string>> Books { get; } = new();

    private int _started;
    private int _opened;

    public int Started => _started;

    /// <summary>Where code ran that should have been paused.</summary>
    public ConcurrentQueue<string> RanWhilePaused { get; } = new();

    /// <summary>What the hooks of each call noted of its pauses, in order.</summary>
    public ConcurrentDictionary<SitContext, ConcurrentQueue<string>> Pauses { get; } = new();

    /// <summary>Stretches of code that were begun and not cleaned up.</summary>
    public int Open => _opened;

    public Task<string?> Start(int kind, CancellationToken token)
    {
        Interlocked.Increment(ref _started);
        var pause = PauseNow();
        return kind switch
        {
            0 => Synchronous(pause),
            1 => Suspending(pause),
            2 => Helping(pause),
            3 => Nesting(pause),
            4 => Retrying(pause),
            5 => WithTokens(pause, token, token),
            6 => Timed(),
            7 => WithoutFlow(pause),
            8 => ValueTasks(pause).AsTask(),
            9 => Streamed(),
            10 => Streaming(pause),
            _ => NotAsync(pause),
        };
    }

    [Sit(CacheSize = 4)]
    public async Task<string?> Cached(int key)
    {
        await Sometimes();
        return $"result {key}";
    }

    [Sit(
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestart)])]
    private async Task<string?> Synchronous(int pause)
    {
        Check(pause);
        for (var i = 0; i < 3; i++)
        {
            pause = PauseNow();
            await Task.CompletedTask;
            Check(pause);
        }

        return "done";
    }

    [Sit(
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletionSlowly)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellationSlowly)], RestartHooks = [nameof(OnRestart)],
        PauseHooks = [nameof(OnPause)], ResumeHooks = [nameof(OnResume)])]
    private async Task<string?> Suspending(int pause)
    {
        Check(pause);
        Interlocked.Increment(ref _opened);
        try
        {
            for (var i = 0; i < 3; i++)
            {
                pause = PauseNow();
                await Sometimes();
                Check(pause);
            }
        }
        finally
        {
            await Close(Task.CompletedTask);
        }

        return "done";
    }

    [Sit(
        StartupHooks = [nameof(OnStartupSlowly)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestartSlowly)])]
    private async Task<string?> Helping(int pause)
    {
        Check(pause);
        Interlocked.Increment(ref _opened);
        try
        {
            await Task.WhenAll(Help(1), Help(2), Task.Run(() => Help(1)));
            return "done";
        }
        finally
        {
            Interlocked.Decrement(ref _opened);
        }
    }

    [Sit(
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestart)])]
    private async Task<string?> Nesting(int pause)
    {
        Check(pause);
        Interlocked.Increment(ref _opened);
        try
        {
            for (var i = 0; i < 2; i++)
            {
                pause = PauseNow();
                await Start(Roll(2) + 1, default);
                Check(pause);
            }

            await Task.WhenAll(Start(0, default), Start(7, default));
        }
        finally
        {
            Interlocked.Decrement(ref _opened);
        }

        return "done";
    }

    [Sit(
        MaxAttempts = 3, StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)],
        ExceptionHooks = [nameof(OnException)], TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)], RetryHooks = [nameof(OnRetry)])]
    private async Task<string?> Retrying(int pause)
    {
        Check(pause);
        await Sometimes();
        if (Roll(2) == 0)
        {
            throw new InvalidOperationException("Once more.");
        }

        return "done";
    }

    [Sit(
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestart)])]
    private async Task<string?> WithTokens(int pause, CancellationToken first, CancellationToken? second)
    {
        Check(pause);
        pause = PauseNow();
        await Task.Delay(Roll(3), first);
        Check(pause);
        await Help(1);
        await Task.Delay(Roll(2), second!.Value);
        return "done";
    }

    [Sit(
        TimeoutSeconds = 0.003, MaxAttempts = 2, StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)],
        ExceptionHooks = [nameof(OnException)], TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)], RetryHooks = [nameof(OnRetry)])]
    private async Task<string?> Timed()
    {
        Interlocked.Increment(ref _opened);
        try
        {
            await Task.Delay(Roll(5));
            await Help(1);
            if (Roll(4) == 0)
            {
                throw new InvalidOperationException("Once more.");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _opened);
        }

        return "done";
    }

    [Sit(
        FlowContext = false, StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)],
        ExceptionHooks = [nameof(OnException)], TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)])]
    private async Task<string?> WithoutFlow(int pause)
    {
        Check(pause);
        await Help(2);
        pause = PauseNow();
        await Task.CompletedTask;
        Check(pause);
        return "done";
    }

    [Sit(
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestart)])]
    private async ValueTask<string?> ValueTasks(int pause)
    {
        Check(pause);
        var sum = 0;
        for (var i = 0; i < 3; i++)
        {
            pause = PauseNow();
            sum += await Value(i);
            Check(pause);
        }

        return sum == 3 ? "done" : $"wrong sum {sum}";
    }

    [Sit(
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestart)])]
    private Task<string?> NotAsync(int pause)
    {
        Check(pause);
        return Value(3).AsTask().ContinueWith(
            string? (value) => value.IsCompletedSuccessfully ? "done" : throw new OperationCanceledException(), TaskScheduler.Default);
    }

    private async Task Help(int depth)
    {
        Interlocked.Increment(ref _opened);
        try
        {
            var pause = PauseNow();
            await Sometimes();
            Check(pause);
            if (depth > 1)
            {
                await Help(depth - 1);
            }
        }
        finally
        {
            await Close(Sometimes());
        }
    }

    /// <summary>An interrupt may come at this await too.</summary>
    private async Task Close(Task wait)
    {
        try
        {
            await wait;
        }
        finally
        {
            Interlocked.Decrement(ref _opened);
        }
    }

    private async ValueTask<int> Value(int value)
    {
        var pause = PauseNow();
        await Sometimes().ConfigureAwait(false);
        Check(pause);
        return value;
    }

    private Task Sometimes() => Roll(4) switch
    {
        0 => Task.CompletedTask,
        1 => Task.Delay(1),
        _ => Task.Run(() => Thread.SpinWait(Roll(2000))),
    };

    private int Roll(int sides)
    {
        var dice = (uint)Interlocked.Add(ref _dice, unchecked((int)0x9E3779B9));
        dice = (dice ^ (dice >> 16)) * 0x85EBCA6B;
        dice = (dice ^ (dice >> 13)) * 0xC2B2AE35;
        return (int)((dice ^ (dice >> 16)) % (uint)sides);
    }

    /// <summary>
    /// Everything was paused at the end of the previous stretch, and still is by the same pause: this code should not run.
    /// </summary>
    private void Check(int pause, [CallerLineNumber] int line = 0)
    {
        if (pause != 0 && pause == PauseNow())
        {
            RanWhilePaused.Enqueue($"line {line} of {SitContext.Current}, interrupted by {SitContext.Current.Interrupt}");
        }
    }

    private void Note(SitContext context, string what) => Books.GetOrAdd(context, _ => new()).Enqueue(what);

    private void OnStartup(SitContext context) => Note(context, "startup");

    private async Task OnStartupSlowly(SitContext context)
    {
        Note(context, "startup");
        await Sometimes();
    }

    private void OnCompletion(SitContext context) => Note(context, "completion");

    private async ValueTask OnCompletionSlowly(SitContext context)
    {
        await Task.Yield();
        Note(context, "completion");
    }

    private void OnException(SitContext context) => Note(context, "exception");

    private void OnTimeout(SitContext context) => Note(context, "timeout");

    private void OnCancellation(SitContext context) => Note(context, "cancellation");

    private async Task OnCancellationSlowly(SitContext context)
    {
        await Sometimes();
        Note(context, "cancellation");
    }

    private void OnRestart(SitContext context) => Note(context, "restart");

    private async Task OnRestartSlowly(SitContext context)
    {
        Note(context, "restart");
        await Sometimes();
    }

    private void OnRetry(SitContext context) => Note(context, "retry");

    private void OnPause(SitContext call) => Pauses.GetOrAdd(call, _ => new()).Enqueue("pause");

    private void OnResume(SitContext call) => Pauses.GetOrAdd(call, _ => new()).Enqueue("resume");
}
