using System.Threading.Tasks.Sources;

namespace Sitters.Runtime.Gating;

/// <summary>Waits for the body of an attempt, until it ends or is left behind.</summary>
internal sealed class BodyWait : IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _isOver;

    /// <summary>True when the body has ended, false when it was left behind.</summary>
    public ValueTask<bool> Task => new(this, _core.Version);

    public void End() => Set(bodyEnded: true);

    public void GiveUp() => Set(bodyEnded: false);

    bool IValueTaskSource<bool>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Set(bool bodyEnded)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            // Where a body ends, what follows may run inline; where it is given up, this thread is another's.
            _core.RunContinuationsAsynchronously = !bodyEnded;
            _core.SetResult(bodyEnded);
        }
    }
}
