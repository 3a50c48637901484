namespace Sitters.Runtime.Execution;

/// <summary>The differences between the four types that a sat method may return.</summary>
/// <typeparam name="TTask">The type.</typeparam>
/// <typeparam name="T">The type of the result; <see cref="VoidResult"/> if there is none.</typeparam>
internal interface IReturnAdapter<TTask, T>
{
    static abstract bool IsCompletedSuccessfully(TTask task);

    static abstract bool IsCompleted(TTask task);

    /// <summary>The task; null if the method has returned null.</summary>
    static abstract Task? AsTask(TTask task);

    /// <summary>The result of a task that <see cref="AsTask"/> gave and that has completed.</summary>
    static abstract T Result(Task task);

    static abstract TTask FromTask(Task<T> task);

    static abstract TTask FromEntry(StoredResult<T> entry);
}

/// <summary>The result of a method that has none. A byte, for which each call has room; a struct without fields would take eight.</summary>
internal enum VoidResult : byte
{
    None = 0,
}

internal readonly struct TaskAdapter : IReturnAdapter<Task, VoidResult>
{
    public static bool IsCompletedSuccessfully(Task task) => task is not null && task.IsCompletedSuccessfully;

    public static bool IsCompleted(Task task) => task is not null && task.IsCompleted;

    public static Task? AsTask(Task task) => task;

    public static VoidResult Result(Task task) => default;

    public static Task FromTask(Task<VoidResult> task) => task;

    public static Task FromEntry(StoredResult<VoidResult> entry) => entry.Task;
}

internal readonly struct TaskAdapter<T> : IReturnAdapter<Task<T>, T>
{
    public static bool IsCompletedSuccessfully(Task<T> task) => task is not null && task.IsCompletedSuccessfully;

    public static bool IsCompleted(Task<T> task) => task is not null && task.IsCompleted;

    public static Task? AsTask(Task<T> task) => task;

    public static T Result(Task task) => ((Task<T>)task).Result;

    public static Task<T> FromTask(Task<T> task) => task;

    public static Task<T> FromEntry(StoredResult<T> entry) => entry.Task;
}

internal readonly struct ValueTaskAdapter : IReturnAdapter<ValueTask, VoidResult>
{
    public static bool IsCompletedSuccessfully(ValueTask task) => task.IsCompletedSuccessfully;

    public static bool IsCompleted(ValueTask task) => false;

    public static Task? AsTask(ValueTask task) => task.AsTask();

    public static VoidResult Result(Task task) => default;

    public static ValueTask FromTask(Task<VoidResult> task) => new(task);

    public static ValueTask FromEntry(StoredResult<VoidResult> entry) => default;
}

internal readonly struct ValueTaskAdapter<T> : IReturnAdapter<ValueTask<T>, T>
{
    public static bool IsCompletedSuccessfully(ValueTask<T> task) => task.IsCompletedSuccessfully;

    public static bool IsCompleted(ValueTask<T> task) => false;

    public static Task? AsTask(ValueTask<T> task) => task.AsTask();

    public static T Result(Task task) => ((Task<T>)task).Result;

    public static ValueTask<T> FromTask(Task<T> task) => new(task);

    public static ValueTask<T> FromEntry(StoredResult<T> entry) => new(entry.Value);
}
