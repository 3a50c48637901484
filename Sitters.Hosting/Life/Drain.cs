using Microsoft.Extensions.Logging;
using Sitters.Hosting.Logs;

namespace Sitters.Hosting.Life;

/// <summary>
/// What becomes of the calls of a host that stops: those under way may end by themselves for a time, then what still runs is cancelled.
/// </summary>
/// <remarks>
/// <para>
/// The host goes on to stop its services as soon as the calls have ended that were under way at the beginning. Those that began since are
/// seen to by the services that they run in, a web server for example, for as long as the time lasts.
/// </para>
/// <para>
/// A paused call can't end by itself, and one that was paused on purpose is not to run on because the host stops: it is cancelled at once.
/// </para>
/// </remarks>
internal sealed class Drain(HostedCalls calls, TimeSpan time, ILogger logger)
{
    /// <summary>How often is looked whether calls have ended. Only while the host stops, so it costs nothing otherwise.</summary>
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(20);

    private static readonly SitControl _stop = new() { Source = SitControlSource.Host, Reason = "the host stops" };

    private readonly object _lock = new();
    private readonly TaskCompletionSource _underWayEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // 1 from the moment on, as integers for CAS.
    private int _begins;
    private int _endsTime;

    private Task? _looking;
    private volatile bool _isFinished;

    /// <summary>Written once, before what reads it begins.</summary>
    private long _begunAt;

    // Guarded by the lock.
    private bool _wasSignalled;
    private bool _isTimeOver;

    /// <summary>The calls that the host waits for before it stops its services.</summary>
    private List<SitContext> _underWay = [];

    /// <summary>Those that were cancelled as the time was over, and since.</summary>
    private HashSet<SitContext> _cancelled = [];

    /// <summary>Whether the time counts.</summary>
    public bool HasBegun => Volatile.Read(ref _looking) is not null;

    /// <summary>The host was told to stop: from here on the time counts.</summary>
    public void Begin()
    {
        if (Interlocked.Exchange(ref _begins, 1) == 1)
        {
            return;
        }

        try
        {
            _begunAt = calls.Scope.TimeProvider.GetTimestamp();
        }
        catch (Exception failure)
        {
            GiveUp(failure);
            return;
        }

        var active = calls.Active;
        lock (_lock)
        {
            _underWay = active;
        }

        if (active.Count > 0)
        {
            logger.Draining(active.Count, time == Timeout.InfiniteTimeSpan ? double.PositiveInfinity : time.TotalSeconds);
        }

        Volatile.Write(ref _looking, Task.Run(LookAsync));
    }

    /// <summary>Waits for the calls that were under way as the host was told to stop, or as the time was over.</summary>
    /// <param name="hostTime">Fires when the host's own time to stop is over.</param>
    public async Task WhenUnderWayEnded(CancellationToken hostTime)
    {
        Begin();
        try
        {
            await _underWayEnded.Task.WaitAsync(hostTime).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (hostTime.IsCancellationRequested)
        {
            EndTime();
        }
    }

    /// <summary>The host's services have stopped: waits for what still runs, as long as there is time, and cancels it then.</summary>
    /// <param name="hostTime">Fires when the host's own time to stop is over.</param>
    public async Task Finish(CancellationToken hostTime)
    {
        await WhenUnderWayEnded(hostTime).ConfigureAwait(false);
        try
        {
            while (!calls.SharesScope && !(calls.Active is { Count: 0 } && calls.IsIdle))
            {
                CancelIfTimeIsOver(calls.Active);
                await Task.Delay(_interval, hostTime).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (hostTime.IsCancellationRequested)
        {
            EndTime();
            CancelIfTimeIsOver(calls.Active);
            logger.NotEnded(calls.Active);
        }
        finally
        {
            _isFinished = true;
        }
    }

    /// <summary>
    /// The host is disposed of: what still runs, since nobody has stopped the host before, is about to lose what it works with.
    /// </summary>
    public void Abandon()
    {
        _isFinished = true;
        if (calls.HasOwnScope)
        {
            EndTime();
        }
    }

    /// <summary>A signal to stop has come. The first one is the host's; the next one ends the time.</summary>
    public StopSignalEffect OnStopSignal()
    {
        lock (_lock)
        {
            if (!_wasSignalled || !HasBegun)
            {
                _wasSignalled = true;
                return StopSignalEffect.Heard;
            }

            if (_isTimeOver)
            {
                return _cancelled.Any(static call => !call.HasEnded) ? StopSignalEffect.Stuck : StopSignalEffect.Heard;
            }
        }

        EndTime();
        return StopSignalEffect.Hurried;
    }

    private async Task LookAsync()
    {
        try
        {
            while (!_isFinished)
            {
                Look();
                await Task.Delay(_interval).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            GiveUp(failure);
        }
    }

    /// <summary>The clock may be the user's. The host's stop fails with it, and goes on all the same.</summary>
    private void GiveUp(Exception failure) => _underWayEnded.TrySetException(failure);

    private void Look()
    {
        if (time != Timeout.InfiniteTimeSpan && calls.Scope.TimeProvider.GetElapsedTime(_begunAt) >= time)
        {
            EndTime();
        }

        if (!calls.SharesScope)
        {
            calls.Cancel(calls.Active.FindAll(static call => call.State is SitState.Paused or SitState.Pausing or SitState.Pending), _stop);
        }

        bool isOver;
        lock (_lock)
        {
            _underWay.RemoveAll(static call => call.HasEnded);
            isOver = _underWay.Count == 0;
        }

        if (isOver)
        {
            _underWayEnded.TrySetResult();
        }
    }

    private void EndTime()
    {
        if (Interlocked.Exchange(ref _endsTime, 1) == 1)
        {
            return;
        }

        // Where another host runs in the same scope, they may be its calls, which it sees to when it stops.
        var left = calls.SharesScope ? [] : calls.Active;
        lock (_lock)
        {
            _underWay = [.. left];
            _cancelled = [.. left];
            _isTimeOver = true;
        }

        if (left.Count > 0 || (!calls.SharesScope && !calls.IsIdle))
        {
            calls.Cancel(_stop);
        }
    }

    /// <summary>Cancels those that have begun since the time was over.</summary>
    private void CancelIfTimeIsOver(List<SitContext> active)
    {
        List<SitContext> late;
        lock (_lock)
        {
            late = _isTimeOver ? active.FindAll(_cancelled.Add) : [];
        }

        calls.Cancel(late, _stop);
    }
}
