using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Sitters;

namespace AssemblyToProcess.Shapes;

/// <summary>
/// Every public static method of the types in this namespace that takes nothing and returns Task{string} is a probe: it tells what it saw.
/// </summary>
public static class ReturnTypes
{
    public static async Task<string> A01_async_task()
    {
        var trace = new List<string>();
        await Work(trace);
        return string.Join(" ", trace);

        [Sit]
        static async Task Work(List<string> trace)
        {
            trace.Add("before");
            await Task.Yield();
            trace.Add("after");
        }
    }

    public static async Task<string> A02_async_task_of_int() => $"{await TaskOfInt(1)} {await TaskOfInt(2)}";

    public static async Task<string> A03_async_value_task()
    {
        var gate = new TaskCompletionSource();
        var task = ValueTaskOfNothing(gate.Task);
        var was = task.IsCompleted;
        gate.SetResult();
        await task;
        return $"{was} {ValueTaskOfNothing(gate.Task).IsCompletedSuccessfully}";
    }

    public static async Task<string> A04_async_value_task_of_int() => $"{await ValueTaskOfInt(1)} {await ValueTaskOfInt(0)}";

    public static async Task<string> A06_task()
    {
        var task = PlainTask();
        await task;
        return $"{task.IsCompletedSuccessfully}";
    }

    public static async Task<string> A07_task_of_int() => $"{await PlainTaskOfInt(7)} {PlainTaskOfInt(8).IsCompleted}";

    public static async Task<string> A08_value_task_of_int()
    {
        var task = PlainValueTaskOfInt(7);
        return $"{task.IsCompletedSuccessfully} {await task}";
    }

    public static async Task<string> A09_value_task_over_a_source_that_allows_one_look()
    {
        var source = new OneLook();
        var result = await OverSource(source);
        return $"{result} {source.Looks}";
    }

    public static async Task<string> A10_own_task_type_of_a_helper() => $"{await Own(3)}";

    public static async Task<string> A11_pooling_builder() => $"{await Pooled(1)} {await Pooled(2)}";

    public static async Task<string> A18_task_of_task()
    {
        var inner = await Nested();
        return $"{inner.GetType().IsGenericType} {await inner}";
    }

    public static async Task<string> A19_task_of_nullable_tuple() => $"{(await Tuple(true))!.Value.B} {await Tuple(false) is null}";

    [Sit]
    private static async Task<int> TaskOfInt(int number)
    {
        await Task.Delay(1);
        return number + 1;
    }

    [Sit]
    private static async ValueTask ValueTaskOfNothing(Task gate) => await gate;

    [Sit]
    private static async ValueTask<int> ValueTaskOfInt(int delay)
    {
        if (delay > 0)
        {
            await Task.Delay(delay);
        }

        return delay;
    }

    [Sit]
    private static Task PlainTask() => Task.CompletedTask;

    [Sit]
    private static Task<int> PlainTaskOfInt(int number) => Task.FromResult(number * 2);

    [Sit]
    private static ValueTask<int> PlainValueTaskOfInt(int number) => new(number * 3);

    [Sit]
    private static ValueTask<int> OverSource(OneLook source) => new(source, 5);

    private static async OwnTask<int> Own(int number)
    {
        await Task.Yield();
        return number * 5;
    }

    [Sit]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> Pooled(int number)
    {
        await Task.Delay(1);
        return number * 7;
    }

    [Sit]
    private static async Task<Task<int>> Nested()
    {
        await Task.Yield();
        return Task.Delay(1).ContinueWith(_ => 9, TaskScheduler.Default);
    }

    [Sit]
    private static async Task<(int A, string B)?> Tuple(bool any)
    {
        await Task.Yield();
        return any ? (1, "b") : null;
    }

    private sealed class OneLook : IValueTaskSource<int>
    {
        public int Looks { get; private set; }

        public int GetResult(short token) => ++Looks == 1 ? token : throw new InvalidOperationException("looked twice");

        public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Pending;

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            ThreadPool.QueueUserWorkItem(_ => continuation(state));
    }
}

[AsyncMethodBuilder(typeof(OwnTaskBuilder<>))]
public readonly struct OwnTask<T>(Task<T> task)
{
    public TaskAwaiter<T> GetAwaiter() => task.GetAwaiter();
}

public struct OwnTaskBuilder<T>
{
    private AsyncTaskMethodBuilder<T> _builder;

    public static OwnTaskBuilder<T> Create() => new() { _builder = AsyncTaskMethodBuilder<T>.Create() };

    public OwnTask<T> Task => new(_builder.Task);

    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => _builder.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) => _builder.SetStateMachine(stateMachine);

    public void SetResult(T result) => _builder.SetResult(result);

    public void SetException(Exception exception) => _builder.SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
}
