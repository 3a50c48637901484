using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Sitters.Runtime.Gating;

/// <summary>
/// What a task has failed with, without having it thrown: that costs more than everything else that an interrupt does, and adds to the
/// exception's stack trace.
/// </summary>
internal static class TaskFailure
{
    /// <summary>Whether a cancelled task gives its exception away; if not, it has to throw it.</summary>
    private static bool _isReadable = true;

    public static Exception? Of(Task task) => task.IsFaulted
        ? task.Exception.InnerException
        : task.IsCanceled ? Cancellation(task) : null;

    private static OperationCanceledException Cancellation(Task task)
    {
        if (_isReadable)
        {
            try
            {
                return DispatchInfo(task)?.SourceException as OperationCanceledException ?? new TaskCanceledException(task);
            }
            catch (MissingMethodException)
            {
                // The framework's own, and not promised: from here on it is done as anyone could.
                _isReadable = false;
            }
        }

        return Thrown(task);
    }

    [StackTraceHidden]
    private static OperationCanceledException Thrown(Task task)
    {
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

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetCancellationExceptionDispatchInfo")]
    private static extern ExceptionDispatchInfo? DispatchInfo(Task task);
}
