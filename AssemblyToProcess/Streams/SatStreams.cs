using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Streams;

/// <summary>Async streams under [Sit].</summary>
public class SatStreams : Scene
{
    [Sit(
        OnCancel = SitOutcome.ReturnDefault,
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestart)],
        PauseHooks = [nameof(OnPause)], ResumeHooks = [nameof(OnResume)])]
    public async IAsyncEnumerable<int> Numbers(int count)
    {
        Say("begins");
        try
        {
            for (var i = 1; i <= count; i++)
            {
                await At($"{i}");
                Say($"gives {i}");
                yield return i;
            }
        }
        finally
        {
            Say("finally");
            await At("cleanup");
            Say("cleaned up");
        }
    }

    [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
    public async IAsyncEnumerator<int> Enumerator(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await At($"{i}");
            yield return i;
        }
    }

    [Sit(CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)])]
    public async IAsyncEnumerable<int> Failing(int after)
    {
        for (var i = 1; i <= after; i++)
        {
            yield return i;
        }

        await At("failure");
        throw new InvalidOperationException("no more");
    }

    [Sit(CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)])]
    public async IAsyncEnumerable<int> FailsToCleanUp()
    {
        try
        {
            await At("1");
            yield return 1;
            yield return 2;
        }
        finally
        {
            throw new InvalidOperationException("can't clean up");
        }
    }

    [Sit(
        TimeoutSeconds = 10, OnTimeout = SitOutcome.ReturnDefault, TimeoutHooks = [nameof(OnTimeout)],
        CompletionHooks = [nameof(OnCompletion)])]
    public async IAsyncEnumerable<int> Timed(int count)
    {
        try
        {
            for (var i = 1; i <= count; i++)
            {
                await At($"{i}");
                yield return i;
            }
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(
        TimeoutSeconds = 10, OnTimeout = SitOutcome.Throw, OnCancel = SitOutcome.Throw, TimeoutHooks = [nameof(OnTimeout)],
        CancellationHooks = [nameof(OnCancellation)])]
    public async IAsyncEnumerable<int> Throwing(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await At($"{i}");
            yield return i;
        }
    }

    [Sit(AttemptTimeoutSeconds = 1, MaxAttempts = 2, OnTimeout = SitOutcome.Throw, TimeoutHooks = [nameof(OnTimeout)])]
    public async IAsyncEnumerable<int> TimedByElement(int count)
    {
        Say($"attempt {SitContext.Current.Attempt}");
        for (var i = 1; i <= count; i++)
        {
            await At($"{i}");
            yield return i;
        }
    }

    [Sit(
        MaxAttempts = 3, RetryHooks = [nameof(SayRetry)], ExceptionHooks = [nameof(OnException)], CompletionHooks = [nameof(OnCompletion)])]
    public async IAsyncEnumerable<int> Retried(int successAt, int failAfter)
    {
        try
        {
            await At("opening");
            if (SitContext.Current.Attempt < successAt)
            {
                throw new IOException("not yet");
            }

            for (var i = 1; i <= failAfter; i++)
            {
                yield return i;
            }

            throw new IOException("broken off");
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(GraceSeconds = 5, OnCancel = SitOutcome.ReturnDefault, CancellationHooks = [nameof(OnCancellation)])]
    public async IAsyncEnumerable<int> Stubborn()
    {
        try
        {
            await At("1");
            yield return 1;
            await At("2");
            yield return 2;
        }
        finally
        {
            Say("finally");
            await At("stubborn cleanup");
            Say("cleaned up");
        }
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)], CompletionHooks = [nameof(OnCompletion)])]
    public async IAsyncEnumerable<bool> WithToken([EnumeratorCancellation] CancellationToken token = default)
    {
        while (true)
        {
            await At("token");
            yield return token.IsCancellationRequested;
        }
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)], CompletionHooks = [nameof(OnCompletion)])]
    public async IAsyncEnumerable<int> WithoutToken(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await At($"{i}");
            yield return i;
        }
    }

    /// <summary>Not async: passes on what others made.</summary>
    [Sit(
        OnCancel = SitOutcome.ReturnDefault,
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        CancellationHooks = [nameof(OnCancellation)])]
    public IAsyncEnumerable<int>? PassedOn(Func<IAsyncEnumerable<int>?> stream)
    {
        Say("called");
        return stream();
    }

    [Sit(StartupHooks = [nameof(WaitInHook)], ExceptionHooks = [nameof(OnException)])]
    public IAsyncEnumerable<int> FailsAfterHook()
    {
        Say("called");
        throw new ArgumentException("wrong");
    }

    [Sit(MaxAttempts = 2, RetryHooks = [nameof(OnRetry)])]
    public IAsyncEnumerable<int> FailsOnce(Func<IAsyncEnumerable<int>?> stream)
    {
        Say("called");
        return Count("called") == 1 ? throw new ArgumentException("wrong") : stream()!;
    }

    [Sit]
    public IAsyncEnumerable<int> WithTokenPassedOn(Func<CancellationToken, IAsyncEnumerable<int>> stream, CancellationToken token) =>
        stream(token);

    [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
    public IAsyncEnumerator<int> EnumeratorPassedOn(IAsyncEnumerable<int> stream) => stream.GetAsyncEnumerator();

    [Sit(CompletionHooks = [nameof(LookAround)])]
    public async IAsyncEnumerable<string> Contexts()
    {
        yield return SitContext.Current.Name;
        await At("1");
        yield return SitContext.Current.Name;
        await Task.Run(() => Say($"elsewhere {SitContext.Current.Name}"));
        yield return SitContext.Current.Parent?.Name ?? "none";
    }

    [Sit(FlowContext = false)]
    public async IAsyncEnumerable<string> WithoutFlow()
    {
        await At("1");
        yield return SitContext.Current.Name;
    }

    [Sit]
    public async IAsyncEnumerable<T> Generic<T>(params T[] values)
    {
        foreach (var value in values)
        {
            await At($"{value}");
            yield return value;
        }
    }

    private Task WaitInHook() => At("hook");

    private void LookAround(SitContext context) => Say($"{context.Name} {context.State} {context.Result ?? "no result"}");

    private void SayRetry(SitContext context) => Say($"retry {context.Attempt}");
}
