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

        Check();
        return idle.WaitAsync(cancellationToken);
    }

    public static void Check()
    {
        if (!_isAwaited || Controller.HasActiveCalls)
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
}
