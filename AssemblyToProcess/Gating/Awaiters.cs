using System.Runtime.CompilerServices;

namespace AssemblyToProcess.Gating;

/// <summary>Has nothing to wait for, and says so where it is asked to.</summary>
public readonly struct AlwaysThere : INotifyCompletion
{
    public bool IsCompleted => true;

    public AlwaysThere GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => throw new NotSupportedException("It has completed.");
}

public readonly struct NotifyOnly(Task task) : INotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public NotifyOnly GetAwaiter() => this;

    public int GetResult()
    {
        task.GetAwaiter().GetResult();
        return 7;
    }

    public void OnCompleted(Action continuation) => task.GetAwaiter().OnCompleted(continuation);
}

public sealed class ClassAwaiter(Task task) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public ClassAwaiter GetAwaiter() => this;

    public int GetResult()
    {
        task.GetAwaiter().GetResult();
        return 7;
    }

    public void OnCompleted(Action continuation) => task.GetAwaiter().OnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => task.GetAwaiter().UnsafeOnCompleted(continuation);
}

public readonly struct StructAwaiter<T>(Task task, T value) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public StructAwaiter<T> GetAwaiter() => this;

    public T GetResult()
    {
        task.GetAwaiter().GetResult();
        return value;
    }

    public void OnCompleted(Action continuation) => task.GetAwaiter().OnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => task.GetAwaiter().UnsafeOnCompleted(continuation);
}
