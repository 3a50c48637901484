using System.Runtime.CompilerServices;
using Tests.Interleavings.Scheduling;

namespace Tests.Interleavings.Shims;

// Awaiters that are asked to call back. The framework hands the callback to the pool where what is awaited has completed by then.
public static partial class Shim
{
    public static void UnsafeOnCompleted<TAwaiter>(ref TAwaiter awaiter, Action continuation)
        where TAwaiter : ICriticalNotifyCompletion
    {
        if (!TryQueueLate(ref awaiter, continuation))
        {
            awaiter.UnsafeOnCompleted(Guarded(continuation));
        }
    }

    public static void OnCompleted<TAwaiter>(ref TAwaiter awaiter, Action continuation)
        where TAwaiter : INotifyCompletion
    {
        if (!TryQueueLate(ref awaiter, continuation))
        {
            awaiter.OnCompleted(Guarded(continuation));
        }
    }

    /// <summary>The framework throws what a callback throws on a thread of the pool, where it ends the process.</summary>
    private static Action Guarded(Action continuation) => Scheduler.Current is null ? continuation : () =>
    {
        try
        {
            continuation();
        }
        catch (Exception thrown) when (Scheduler.Running is not null)
        {
            Scheduler.Running.Note($"the callback of an awaiter has thrown {thrown}");
        }
    };

    private static bool TryQueueLate<TAwaiter>(ref TAwaiter awaiter, Action continuation)
    {
        PointAt(Registry.Completion, writes: true);
        return Scheduler.Current is not null && Awaiters<TAwaiter>.CallsBackByPool(ref awaiter) && TryQueue("late callback", continuation);
    }

    /// <summary>The framework's own awaiters.</summary>
    private static class Awaiters<TAwaiter>
    {
        private static readonly IsCompletedOf? _isCompleted = typeof(TAwaiter).Assembly == typeof(Task).Assembly && typeof(TAwaiter).IsValueType
            ? typeof(TAwaiter).GetProperty("IsCompleted")!.GetMethod!.CreateDelegate<IsCompletedOf>()
            : null;

        private delegate bool IsCompletedOf(ref TAwaiter awaiter);

        public static bool CallsBackByPool(ref TAwaiter awaiter) =>
            typeof(TAwaiter) == typeof(YieldAwaitable.YieldAwaiter) || _isCompleted?.Invoke(ref awaiter) == true;
    }
}
