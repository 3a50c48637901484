namespace Sitters.Runtime;

/// <summary>A limit of time that does not run on while its call is paused.</summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);

    private readonly Call _call;
    private readonly TimeSpan _limit;
    private readonly long _startedAt;
    private readonly long _pausedBefore;
    private readonly Action _onExpired;
    private ITimer? _timer;
    private bool _isOver;

    public Deadline(Call call, TimeSpan limit, long startedAt, Action onExpired)
    {
        _call = call;
        _limit = limit;
        _startedAt = startedAt;
        _pausedBefore = call.TimePaused;
        _onExpired = onExpired;
    }

    /// <summary>Starts the timer, now that the call has suspended: before, nothing could have been interrupted.</summary>
    public void Arm()
    {
        lock (this)
        {
            if (_isOver || _timer is not null)
            {
                return;
            }

            _timer = Sitter.TimeProvider.CreateTimer(
                static state => ((Deadline)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        OnTimer();
    }

    /// <summary>Goes on after a pause.</summary>
    public void Continue() => OnTimer();

    public void Dispose()
    {
        lock (this)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    private void OnTimer()
    {
        lock (this)
        {
            if (_isOver || _timer is null || _call.IsTimeStopped)
            {
                return;
            }

            var elapsed = Clock.Now - _startedAt - (_call.TimePaused - _pausedBefore);
            var left = _limit - TimeSpan.FromTicks(elapsed);
            if (left > TimeSpan.Zero)
            {
                _timer.Change(left < _shortest ? _shortest : left, Timeout.InfiniteTimeSpan);
                return;
            }

            _isOver = true;
            _timer.Dispose();
        }

        _onExpired();
    }
}
