using System.Runtime.CompilerServices;
using Sitters;

namespace Interleaved;

/// <summary>What is called: the same body, with more and more around it.</summary>
/// <remarks>
/// The body is written out for each: in a method of its own it would be a helper that the call waits for, and never awaited by the call itself.
/// One object is called in all runs, so that each finds the caches of the process as the one before did.
/// </remarks>
internal sealed class Subject
{
    public const double AttemptTimeout = 5;
    public const double Timeout = 6;

    /// <summary>Longer than any clock here runs.</summary>
    private const double Never = 10_000;

    /// <summary>Where the run takes place that is under way.</summary>
    public Stage Stage { get; set; } = null!;

    [Sit(GraceSeconds = Never, SettleSeconds = Never)]
    public async Task<int> Bare(CancellationToken token = default)
    {
        var stage = Stage;
        var attempt = stage.Enter();
        try
        {
            var helper = stage.HasHelper ? Help(attempt) : null;
            attempt.HasItem = (stage.GivesToken ? await stage.Operate(attempt) : await attempt.Gate.Task) > 0;
            stage.Pass(attempt, "first");
            await attempt.Second.Task;
            stage.Pass(attempt, "second");
            return helper is null ? attempt.Result : attempt.Result + await helper;
        }
        catch (OperationCanceledException)
        {
            stage.Interrupt(attempt);
            throw;
        }
        finally
        {
            stage.Leave(attempt);
        }
    }

    /// <summary>It travels through woven code only.</summary>
    [Sit(GraceSeconds = Never, SettleSeconds = Never, FlowContext = false)]
    public async Task<int> Unflowed(CancellationToken token = default)
    {
        var stage = Stage;
        var attempt = stage.Enter();
        try
        {
            var helper = stage.HasHelper ? Help(attempt) : null;
            attempt.HasItem = (stage.GivesToken ? await stage.Operate(attempt) : await attempt.Gate.Task) > 0;
            stage.Pass(attempt, "first");
            await attempt.Second.Task;
            stage.Pass(attempt, "second");
            return helper is null ? attempt.Result : attempt.Result + await helper;
        }
        catch (OperationCanceledException)
        {
            stage.Interrupt(attempt);
            throw;
        }
        finally
        {
            stage.Leave(attempt);
        }
    }

    [Sit(GraceSeconds = Never, SettleSeconds = Never, TimeoutSeconds = Timeout, AttemptTimeoutSeconds = AttemptTimeout, MaxAttempts = 3)]
    public async Task<int> Limited(CancellationToken token = default)
    {
        var stage = Stage;
        var attempt = stage.Enter();
        try
        {
            var helper = stage.HasHelper ? Help(attempt) : null;
            attempt.HasItem = (stage.GivesToken ? await stage.Operate(attempt) : await attempt.Gate.Task) > 0;
            stage.Pass(attempt, "first");
            await attempt.Second.Task;
            stage.Pass(attempt, "second");
            return helper is null ? attempt.Result : attempt.Result + await helper;
        }
        catch (OperationCanceledException)
        {
            stage.Interrupt(attempt);
            throw;
        }
        finally
        {
            stage.Leave(attempt);
        }
    }

    [Sit(
        GraceSeconds = Never,
        SettleSeconds = Never,
        TimeoutSeconds = Timeout,
        AttemptTimeoutSeconds = AttemptTimeout,
        MaxAttempts = 3,
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)],
        CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)],
        RetryHooks = [nameof(OnRetry)],
        PauseHooks = [nameof(OnPause)],
        ResumeHooks = [nameof(OnResume)])]
    public async Task<int> Hooked(CancellationToken token = default)
    {
        var stage = Stage;
        var attempt = stage.Enter();
        try
        {
            var helper = stage.HasHelper ? Help(attempt) : null;
            attempt.HasItem = (stage.GivesToken ? await stage.Operate(attempt) : await attempt.Gate.Task) > 0;
            stage.Pass(attempt, "first");
            await attempt.Second.Task;
            stage.Pass(attempt, "second");
            return helper is null ? attempt.Result : attempt.Result + await helper;
        }
        catch (OperationCanceledException)
        {
            stage.Interrupt(attempt);
            throw;
        }
        finally
        {
            stage.Leave(attempt);
        }
    }

    [Sit(
        GraceSeconds = Never,
        SettleSeconds = Never,
        TimeoutSeconds = Timeout,
        AttemptTimeoutSeconds = AttemptTimeout,
        MaxAttempts = 3,
        CacheSize = 4,
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)],
        CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)],
        RetryHooks = [nameof(OnRetry)],
        PauseHooks = [nameof(OnPause)],
        ResumeHooks = [nameof(OnResume)])]
    public async Task<int> Cached(CancellationToken token = default)
    {
        var stage = Stage;
        var attempt = stage.Enter();
        try
        {
            var helper = stage.HasHelper ? Help(attempt) : null;
            attempt.HasItem = (stage.GivesToken ? await stage.Operate(attempt) : await attempt.Gate.Task) > 0;
            stage.Pass(attempt, "first");
            await attempt.Second.Task;
            stage.Pass(attempt, "second");
            return helper is null ? attempt.Result : attempt.Result + await helper;
        }
        catch (OperationCanceledException)
        {
            stage.Interrupt(attempt);
            throw;
        }
        finally
        {
            stage.Leave(attempt);
        }
    }

    /// <summary>Two items, each after one of the awaits. No block that has a catch may give one.</summary>
    [Sit(
        GraceSeconds = Never,
        SettleSeconds = Never,
        TimeoutSeconds = Timeout,
        AttemptTimeoutSeconds = AttemptTimeout,
        MaxAttempts = 3,
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)],
        CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)],
        RetryHooks = [nameof(OnRetry)],
        PauseHooks = [nameof(OnPause)],
        ResumeHooks = [nameof(OnResume)])]
    public async IAsyncEnumerable<Item> Streamed([EnumeratorCancellation] CancellationToken token = default)
    {
        var stage = Stage;
        var attempt = stage.Enter();
        try
        {
            var helper = stage.HasHelper ? Help(attempt) : null;
            try
            {
                attempt.HasItem = (stage.GivesToken ? await stage.Operate(attempt) : await attempt.Gate.Task) > 0;
            }
            catch (OperationCanceledException)
            {
                stage.Interrupt(attempt);
                throw;
            }

            stage.Pass(attempt, "first");
            yield return new Item(attempt, 1);
            stage.Give(attempt, 1);
            try
            {
                await attempt.Second.Task;
                stage.Pass(attempt, "second");
                _ = helper is null ? 0 : await helper;
            }
            catch (OperationCanceledException)
            {
                stage.Interrupt(attempt);
                throw;
            }

            yield return new Item(attempt, 2);
            stage.Give(attempt, 2);
        }
        finally
        {
            stage.Leave(attempt);
        }
    }

    private static async Task<int> Help(Attempt attempt) => await attempt.HelpersGate.Task;

    private void OnStartup() => Stage.Hook("startup");

    private Task OnCompletion() => Stage.EndHook("completion");

    private Task OnException() => Stage.EndHook("exception");

    private Task OnTimeout() => Stage.EndHook("timeout");

    private Task OnCancellation() => Stage.EndHook("cancellation");

    private void OnRestart() => Stage.Hook("restart");

    private void OnRetry() => Stage.Hook("retry");

    private void OnPause() => Stage.Hook("pause");

    private void OnResume() => Stage.Hook("resume");
}
