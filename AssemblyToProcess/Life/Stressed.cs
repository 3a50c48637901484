using System.Collections.Concurrent;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Short calls of many kinds, whose hooks keep the books.</summary>
[Sit(
    StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
    TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestart)],
    PauseHooks = [nameof(OnPause)], ResumeHooks = [nameof(OnResume)])]
public class Stressed
{
    private int _begun;
    private int _inside;
    private int _ranWhilePaused;

    public int Begun => Volatile.Read(ref _begun);

    /// <summary>Bodies whose finally is still to come.</summary>
    public int Inside => Volatile.Read(ref _inside);

    public int RanWhilePaused => Volatile.Read(ref _ranWhilePaused);

    /// <summary>What the hooks of each call were called for.</summary>
    public ConcurrentDictionary<SitContext, ConcurrentQueue<string>> Books { get; } = new();

    /// <summary>The number of the pause that is certainly on; 0 where there may be none.</summary>
    public volatile int CertainPause;

    [Sit(Disabled = true)]
    public Task<int?> Begin(Random random, CancellationToken token)
    {
        Interlocked.Increment(ref _begun);
        var seed = random.Next();
        return random.Next(5) switch
        {
            0 => Steps(seed, token),
            1 => Retried(seed),
            2 => WithoutFlow(seed),
            3 => Timed(seed),
            _ => Outer(seed),
        };
    }

    [Sit]
    public async Task<int?> Steps(int seed, CancellationToken token) => await Run(seed, token);

    [Sit(MaxAttempts = 3)]
    public async Task<int?> Retried(int seed)
    {
        if (SitContext.Current.Attempt < 3)
        {
            await Run(seed, default);
            throw new StressException();
        }

        return await Run(seed, default);
    }

    [Sit(FlowContext = false)]
    public async Task<int?> WithoutFlow(int seed) => await Run(seed, default);

    [Sit(TimeoutSeconds = 0.003)]
    public async Task<int?> Timed(int seed) => await Run(seed, default);

    [Sit]
    public async Task<int?> Outer(int seed)
    {
        Interlocked.Increment(ref _begun);
        var one = Steps(seed, default);
        Interlocked.Increment(ref _begun);
        var other = Timed(seed + 1);
        await Task.WhenAll(one, other);
        return one.Result + other.Result;
    }

    public void OnStartup(SitContext context) => Note(context, "startup");

    public void OnCompletion(SitContext context) => Note(context, "Completed");

    public void OnException(SitContext context) => Note(context, "Failed");

    public void OnTimeout(SitContext context) => Note(context, "TimedOut");

    public void OnCancellation(SitContext context) => Note(context, "Cancelled");

    public void OnRestart(SitContext context) => Note(context, "restart");

    public void OnPause(SitContext context) => Note(context, "pause");

    public void OnResume(SitContext context) => Note(context, "resume");

    [Sit(Disabled = true)]
    private async Task<int?> Run(int seed, CancellationToken token)
    {
        var random = new Random(seed);
        Interlocked.Increment(ref _inside);
        try
        {
            for (var i = random.Next(6); i >= 0; i--)
            {
                var pause = CertainPause;
                await Step(random.Next(4), token);
                if (pause != 0 && pause == CertainPause)
                {
                    Interlocked.Increment(ref _ranWhilePaused);
                }
            }

            return random.Next(8) == 0 ? throw new StressException() : 1;
        }
        finally
        {
            // First: an interrupt that comes only now ends the await.
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }
    }

    [Sit(Disabled = true)]
    private static async Task Step(int kind, CancellationToken token)
    {
        switch (kind)
        {
            case 0:
                await Task.CompletedTask;
                break;
            case 1:
                await Task.Yield();
                break;
            case 2:
                await Task.Delay(1, token);
                break;
            default:
                await Task.Run(() => Thread.SpinWait(100), token);
                break;
        }
    }

    private void Note(SitContext context, string line) => Books.GetOrAdd(context, static _ => new()).Enqueue(line);
}

public class StressException : Exception;
