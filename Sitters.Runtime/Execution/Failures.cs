using System.Diagnostics;

namespace Sitters.Runtime.Execution;

/// <summary>Takes the exception out of a task without a trace of having been thrown again here.</summary>
internal static class Failures
{
    public static Exception? Of(Task task) => task.IsFaulted
        ? task.Exception.InnerException
        : task.IsCanceled ? Cancellation(task) : null;

    [StackTraceHidden]
    private static OperationCanceledException Cancellation(Task task)
    {
        // The only way to the exception that a cancelled task keeps is to have it thrown.
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
