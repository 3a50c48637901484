namespace Sitters.Runtime.Execution;

/// <summary>A stored result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal class StoredResult<T>(T value)
{
    private Task<T>? _task;

    public T Value { get; } = value;

    /// <summary>The task that every caller gets.</summary>
    public Task<T> Task => _task ??= System.Threading.Tasks.Task.FromResult(Value);
}
