using System.Diagnostics;

namespace Sitters.Runtime.Execution;

/// <summary>Takes the exception out of a task without adding a rethrow to its stack trace.</summary>
internal static class Failures
{
    public static Exception? Of(Task task) => task.IsFaulted
        ? task.Exception.InnerException
        : task.IsCanceled ? Cancellation(task) : null;

    [StackTraceHidden]
    private static OperationCanceledException Cancellation(Task task)
    {
        // A cancelled task gives its exception away only by throwing it.
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException exception)
        {
            return exception;
        }

        return new TaskCanceledException(task);
    }
}
