using Sitters;

namespace AssemblyToProcess.Gating;

// Calls that are streams, inside other calls and outside of any.
public partial class StressSubject
{
    /// <summary>Consumes a sat stream, and is not sat itself: control of it belongs to the stream alone.</summary>
    private async Task<string?> Streamed()
    {
        try
        {
            await foreach (var number in Numbers(5))
            {
                if (Roll(8) == 0)
                {
                    break;
                }

                if (Roll(2) == 0)
                {
                    await Task.Delay(Roll(2));
                }
            }
        }
        catch (InvalidOperationException exception) when (exception.Message == "Once more.")
        {
            return "default";
        }
        catch (OperationCanceledException)
        {
            // A stream has no result that could say that there is none.
            return "default";
        }

        return "done";
    }

    [Sit(
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestart)])]
    private async Task<string?> Streaming(int pause)
    {
        Check(pause);
        Interlocked.Increment(ref _opened);
        try
        {
            await foreach (var number in Doubled(new Begun(Numbers(4), () => Interlocked.Increment(ref _started))))
            {
                if (number > 6 && Roll(2) == 0)
                {
                    break;
                }

                pause = PauseNow();
                await Sometimes();
                Check(pause);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _opened);
        }

        return "done";
    }

    [Sit(
        TimeoutSeconds = 0.02, OnTimeout = SitOutcome.ReturnDefault, MaxAttempts = 2, RetryOn = [typeof(InvalidOperationException)],
        StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellationSlowly)], RestartHooks = [nameof(OnRestart)],
        RetryHooks = [nameof(OnRetry)], PauseHooks = [nameof(OnPause)], ResumeHooks = [nameof(OnResume)])]
    private async IAsyncEnumerable<int> Numbers(int count)
    {
        Interlocked.Increment(ref _opened);
        try
        {
            for (var i = 1; i <= count; i++)
            {
                var pause = PauseNow();
                await Sometimes();
                Check(pause);
                if (Roll(20) == 0)
                {
                    throw new InvalidOperationException("Once more.");
                }

                pause = PauseNow();
                yield return i;
                Check(pause);
            }
        }
        finally
        {
            await Close(Sometimes());
        }
    }

    private async IAsyncEnumerable<int> Doubled(IAsyncEnumerable<int> numbers)
    {
        Interlocked.Increment(ref _opened);
        try
        {
            await foreach (var number in numbers)
            {
                yield return 2 * number;
            }
        }
        finally
        {
            await Close(Task.CompletedTask);
        }
    }

    /// <summary>Tells when an enumeration begins: with an interrupt due, a consumer does not come to that.</summary>
    private sealed class Begun(IAsyncEnumerable<int> stream, Action begin) : IAsyncEnumerable<int>
    {
        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            new Enumerator(stream.GetAsyncEnumerator(cancellationToken), begin);

        private sealed class Enumerator(IAsyncEnumerator<int> numbers, Action begin) : IAsyncEnumerator<int>
        {
            private bool _hasBegun;

            public int Current => numbers.Current;

            public ValueTask<bool> MoveNextAsync()
            {
                if (!_hasBegun)
                {
                    _hasBegun = true;
                    begin();
                }

                return numbers.MoveNextAsync();
            }

            public ValueTask DisposeAsync() => numbers.DisposeAsync();
        }
    }
}
