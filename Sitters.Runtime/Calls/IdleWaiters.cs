using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>The waits until no call is active.</summary>
internal static class IdleWaiters
{
    private static readonly object _lock = new();

    /// <summary>
    /// One for each wait: a wait that begins after the check that found the process idle is not completed by it. Guarded by the lock.
    /// </summary>
    private static readonly List<TaskCompletionSource> _waiting = [];

    /// <summary>Written under the lock, and read without it.</summary>
    private static volatile bool _isAwaited;

    /// <summary>
    /// Read at the end of each call without a fence: the fast side of the fence protocol, whose rare side is the process-wide fence in
    /// <see cref="ThreadSlot.RunningScopes"/>.
    /// </summary>
    public static bool IsAwaited => _isAwaited;

    public static async Task WhenIdle(CancellationToken cancellationToken)
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add(idle);
            _isAwaited = true;
        }

        Controller.EndingCalls().ForEach(CompleteAfter);
        CompleteIfIdle();
        try
        {
            await idle.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Remove([idle]);
        }
    }

    /// <summary>A call has ended, and its caller is about to get the outcome.</summary>
    public static void ExpectDelivery(Call call)
    {
        // The call has stored that it ended, and now reads. A new wait does the reverse: it stores that it has begun, and then looks for
        // such calls. So one of the two sees the other.
        Interlocked.MemoryBarrier();
        if (_isAwaited)
        {
            CompleteAfter(call);
        }
    }

    public static void CompleteIfIdle()
    {
        if (!_isAwaited)
        {
            return;
        }

        List<TaskCompletionSource> waiting;
        lock (_lock)
        {
            waiting = [.. _waiting];
        }

        if (Controller.IsIdle)
        {
            Remove(waiting);
            waiting.ForEach(static idle => idle.TrySetResult());
        }
    }

    private static void Remove(List<TaskCompletionSource> waits)
    {
        lock (_lock)
        {
            waits.ForEach(static idle => _waiting.Remove(idle));
            _isAwaited = _waiting.Count > 0;
        }
    }

    /// <summary>
    /// The caller's continuation may run inside the end of the call, for any length of time: the waits do not wait for it.
    /// </summary>
    private static void CompleteAfter(Call call) => call.Execution?.Delivery?.ContinueWith(
        static _ => CompleteIfIdle(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
