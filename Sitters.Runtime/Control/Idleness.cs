namespace Sitters.Runtime;

/// <summary>Who waits until no sat call is active.</summary>
internal static class Idleness
{
    private static readonly object _lock = new();
    private static TaskCompletionSource? _idle;
    private static volatile bool _isAwaited;

    /// <summary>Read at the end of each call, without a fence: who waits pays for it, see <see cref="ThreadSlot.RunningScopes"/>.</summary>
    public static bool IsAwaited => _isAwaited;

    public static Task When(CancellationToken cancellationToken)
    {
        Task idle;
        lock (_lock)
        {
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _isAwaited = true;
            idle = _idle.Task;
        }

        Controller.EndingCalls().ForEach(CheckAfter);
        Check();
        return idle.WaitAsync(cancellationToken);
    }

    /// <summary>A call has left, and its caller is about to be told.</summary>
    public static void ExpectEnd(Call call)
    {
        // The call has stored that it left, and reads now; who begins to wait stores that first, and looks for such calls then.
        Interlocked.MemoryBarrier();
        if (_isAwaited)
        {
            CheckAfter(call);
        }
    }

    public static void Check()
    {
        if (!_isAwaited || !Controller.IsIdle)
        {
            return;
        }

        lock (_lock)
        {
            _idle?.TrySetResult();
            _idle = null;
            _isAwaited = false;
        }
    }

    /// <summary>The caller's continuation may run inside the end of the call, and for as long as it likes: no reason to wait for it.</summary>
    private static void CheckAfter(Call call) =>
        call.Life?.Delivery?.ContinueWith(static _ => Check(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
