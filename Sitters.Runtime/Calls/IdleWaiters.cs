using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>The waits until no call of a domain is active.</summary>
internal static class IdleWaiters
{
    private static readonly object _lock = new();

    /// <summary>
    /// One for each wait: a wait that begins after the check that found the process idle is not completed by it. Guarded by the lock.
    /// </summary>
    private static readonly List<(ControlDomain Domain, TaskCompletionSource Idle)> _waiting = [];

    /// <summary>Written under the lock, and read without it.</summary>
    private static volatile bool _isAwaited;

    /// <summary>
    /// Read at the end of each call without a fence: the fast side of the fence protocol, whose rare side is the process-wide fence in
    /// <see cref="ThreadSlot.RunningScopes"/>.
    /// </summary>
    public static bool IsAwaited => _isAwaited;

    public static async Task WhenIdle(ControlDomain domain, CancellationToken cancellationToken)
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((domain, idle));
            _isAwaited = true;
        }

        // The rare side of the fence protocol: from here on a call that ends sees the wait, or is seen to have ended.
        Interlocked.MemoryBarrierProcessWide();
        Controller.EndingCalls().ForEach(CompleteAfter);
        CompleteIfIdle();
        try
        {
            await idle.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Remove([(domain, idle)]);
        }
    }

    /// <summary>A call has ended, and its caller is about to get the outcome.</summary>
    public static void ExpectDelivery(Call call)
    {
        // The fast side of the fence protocol: the call has stored that it ended, and now reads. A new wait does the reverse.
        if (_isAwaited)
        {
            CompleteAfter(call);
        }
    }

    public static void CompleteIfIdle()
    {
        if (_isAwaited)
        {
            CompleteThoseIdle();
        }
    }

    private static void CompleteThoseIdle()
    {
        List<(ControlDomain Domain, TaskCompletionSource Idle)> waiting;
        lock (_lock)
        {
            waiting = [.. _waiting];
        }

        foreach (var domain in waiting.Select(static wait => wait.Domain).Distinct().Where(Controller.IsIdle).ToList())
        {
            var over = waiting.FindAll(wait => wait.Domain == domain);
            Remove(over);
            over.ForEach(static wait => wait.Idle.TrySetResult());
        }
    }

    private static void Remove(List<(ControlDomain Domain, TaskCompletionSource Idle)> waits)
    {
        lock (_lock)
        {
            waits.ForEach(static wait => _waiting.Remove(wait));
            _isAwaited = _waiting.Count > 0;
        }
    }

    /// <summary>
    /// The caller's continuation may run inside the end of the call, for any length of time: the waits do not wait for it.
    /// </summary>
    private static void CompleteAfter(Call call) => call.Delivery?.ContinueWith(
        static _ => CompleteIfIdle(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
