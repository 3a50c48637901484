using System.Threading.Tasks.Sources;

namespace Measured;

/// <summary>
/// Something to wait for that allocates nothing and completes on the caller's own thread: an await of it always suspends, and how
/// long the thread pool takes is not measured along.
/// </summary>
public sealed class Signal : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    /// <summary>Waits for the next <see cref="Give"/>.</summary>
    public ValueTask Wait()
    {
        _core.Reset();
        return new ValueTask(this, _core.Version);
    }

    /// <summary>Resumes the waiting code before this returns.</summary>
    public void Give() => _core.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
