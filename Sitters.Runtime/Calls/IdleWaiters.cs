using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>Who waits until no sat call is active.</summary>
internal static class IdleWaiters
{
    private static readonly object _lock = new();
    private static TaskCompletionSource? _idle;
    private static volatile bool _isAwaited;

    /// <summary>Read at the end of each call, without a fence: who waits pays for it, see <see cref="ThreadSlot.RunningScopes"/>.</summary>
    public static bool IsAwaited => _isAwaited;

    public static Task WhenIdle(CancellationToken cancellationToken)
    {
        Task idle;
        lock (_lock)
        {
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _isAwaited = true;
            idle = _idle.Task;
        }

        Controller.EndingCalls().ForEach(CompleteAfter);
        CompleteIfIdle();
        return idle.WaitAsync(cancellationToken);
    }

    /// <summary>A call has ended, and its caller is about to get the outcome.</summary>
    public static void ExpectDelivery(Call call)
    {
        // The call has stored that it ended, and reads now; who begins to wait stores that first, and looks for such calls then.
        Interlocked.MemoryBarrier();
        if (_isAwaited)
        {
            CompleteAfter(call);
        }
    }

    public static void CompleteIfIdle()
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
    private static void CompleteAfter(Call call) =>
        call.Execution?.Delivery?.ContinueWith(static _ => CompleteIfIdle(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
