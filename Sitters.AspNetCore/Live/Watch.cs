using System.Diagnostics;

namespace Sitters.AspNetCore.Live;

/// <summary>
/// Looks for as long as somebody watches, and has the newest look for each: nothing waits in line for one who is slow, who gets what is then the
/// newest.
/// </summary>
#pragma warning disable CA1001 // Neither has anything but memory as long as nobody asks for its wait handle, and an order may still come while a watch ends.
internal sealed class Watch
#pragma warning restore CA1001
{
    /// <summary>How long orders that come at once are waited for, and calls on their way to the next await.</summary>
    private static readonly TimeSpan _quiet = TimeSpan.FromMilliseconds(50);

    private readonly object _lock = new();
    private readonly TimeSpan _interval;
    private readonly SemaphoreSlim _nudges = new(0);
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource<Look> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Look? _last;

    private Watch(TimeSpan interval) => _interval = interval;

    /// <summary>Whether no look will come any more.</summary>
    public bool HasEnded => _end.IsCancellationRequested;

    public static Watch Start(TimeSpan interval)
    {
        var watch = new Watch(interval);

        // It belongs to no request, though one has caused it.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(watch.Run);
        }

        return watch;
    }

    /// <summary>The newest look, once there is one other than the one seen last.</summary>
    public Task<Look> After(Look? seen)
    {
        lock (_lock)
        {
            return _last is not null && _last != seen ? Task.FromResult(_last) : _next.Task;
        }
    }

    public void End() => _end.Cancel();

    private async Task Run()
    {
        void Nudge(SitControlEvent order) => _nudges.Release();

        Sitter.ControlExecuted += Nudge;
        try
        {
            using var looker = new Looker();
            var (cost, before) = (TimeSpan.Zero, TimeSpan.Zero);
            while (!HasEnded)
            {
                var start = Stopwatch.GetTimestamp();
                Publish(looker.Next());
                (cost, before) = (Stopwatch.GetElapsedTime(start), cost);

                // One look alone may be slow by accident, and the first one always is.
                await Rest(cost < before ? cost : before).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (HasEnded)
        {
            // Nobody looks any more.
        }
        catch (Exception exception)
        {
            _end.Cancel();
            Fail(exception);
        }
        finally
        {
            Sitter.ControlExecuted -= Nudge;
        }
    }

    /// <summary>Until the next look: sooner where something was ordered, later where looking takes long, which it never does for more than a tenth
    /// of the time.</summary>
    private async Task Rest(TimeSpan cost)
    {
        var least = cost * 9;
        if (await _nudges.WaitAsync(Longer(least, _interval), _end.Token).ConfigureAwait(false))
        {
            await Task.Delay(Longer(least, _quiet), _end.Token).ConfigureAwait(false);
            while (_nudges.Wait(0, CancellationToken.None))
            {
                // All orders that came until now are seen by the one look that follows.
            }
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Publish(Look look)
    {
        TaskCompletionSource<Look> reached;
        lock (_lock)
        {
            _last = look;
            reached = _next;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        reached.SetResult(look);
    }

    /// <summary>Whoever watches gets what went wrong, and its request ends with that.</summary>
    private void Fail(Exception exception)
    {
        lock (_lock)
        {
            _last = null;
            _next.SetException(exception);
        }
    }
}
