using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

/// <summary>
/// The task that an awaiter of the framework waits for. It is the one reference in the awaiter, with which it begins, as the framework's
/// own builders rely on; should that change, it is not known.
/// </summary>
internal static class AwaitedTask
{
    public static readonly bool IsKnown = IsFirst(Task.CompletedTask);

    /// <summary>For all tasks that were cancelled: only that they were is of interest, and each exception costs.</summary>
    private static readonly OperationCanceledException _cancellation = new();

    /// <summary>Only of awaiters of tasks, and only where it is known.</summary>
    public static Task Of<TAwaiter>(ref TAwaiter awaiter) => Unsafe.As<TAwaiter, Task>(ref awaiter);

    /// <summary>What the task has failed with, which then counts as observed; null if it has not.</summary>
    public static Exception? FailureOf<TAwaiter>(ref TAwaiter awaiter)
    {
        var task = Of(ref awaiter);
        return task.IsCanceled ? _cancellation : task.Exception?.InnerException;
    }

    private static bool IsFirst(Task task)
    {
        var awaiter = task.GetAwaiter();
        var configured = task.ConfigureAwait(true).GetAwaiter();
        return Unsafe.SizeOf<TaskAwaiter>() == IntPtr.Size
            && Unsafe.SizeOf<ConfiguredTaskAwaitable.ConfiguredTaskAwaiter>() == 2 * IntPtr.Size
            && Of(ref awaiter) == task
            && Of(ref configured) == task;
    }
}
