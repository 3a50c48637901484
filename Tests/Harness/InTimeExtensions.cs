namespace Tests.Harness;

internal static class InTimeExtensions
{
    /// <summary>The same task, which fails where it does not end: a hanging test must not hang the others.</summary>
    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Stage.Patience);

    public static Task InTime(this Task task) => task.WaitAsync(Stage.Patience);

    /// <summary>The exception that a caller who awaits the ended task gets.</summary>
    public static Exception? Failure(this Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Waits for the end of a task, whatever it is.</summary>
    public static Task EndInTime(this Task task) => Task.WhenAny(task).InTime();
}
