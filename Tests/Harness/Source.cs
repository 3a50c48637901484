using System.Threading.Tasks.Sources;

namespace Tests.Harness;

/// <summary>A source of one value task, whose result may be taken only once.</summary>
internal sealed class Source : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    private int _taken;

    public ValueTask<int> Task => new(this, _core.Version);

    public int Taken => Volatile.Read(ref _taken);

    public void End(Exception? exception = null)
    {
        if (exception is null)
        {
            _core.SetResult(3);
        }
        else
        {
            _core.SetException(exception);
        }
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        Interlocked.Increment(ref _taken);
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
