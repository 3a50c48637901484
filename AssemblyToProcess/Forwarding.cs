using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess;

/// <summary>Calls whose tasks are awaited, and which could have been given a token: each tells by which way it was called.</summary>
[Sit(OnCancel = SitOutcome.Throw, IncludeNotAsync = true)]
public class Forwarding(Operation operation, Func<Task> arrive)
{
    private readonly IOperation _interface = operation;
    private Task? _kept;
    private Func<int, Task>? _keptCall;
    private IEnumerable<Task>? _keptTasks;

    public async Task Optional() => await operation.Optional();

    public async Task OptionalInTheMiddle() => await operation.Between(1, text: "x");

    public async Task Overload() => await operation.Overloaded(1);

    public async Task<int> Configured() => await operation.WithResult(1).ConfigureAwait(false);

    public async ValueTask<int> ValueTask() => await operation.ValueTask(1);

    public async ValueTask<int> ValueTaskInstead() => await operation.Converted(1);

    public async Task<int> TaskInstead() => await operation.ConvertedBack(1);

    public async Task Generic() => await operation.Generic<string, int>("x", [1]);

    public async Task Extension() => await operation.Extended(1);

    public async Task Interface() => await _interface.Overloaded(1);

    public async Task BaseInterface() => await ((IDerivedOperation)_interface).Overloaded(1);

    public async Task Constrained() => await On(operation);

    public async Task Struct() => await new StructOperation(operation).Overloaded(1);

    public async Task GenericType() => await new GenericOperation<List<int>>(operation).Overloaded([1]);

    public async Task Inherited() => await new DerivedOperation(operation).Overloaded(1);

    public async Task Overridden() => await new OverridingOperation(operation).Overloaded(1);

    public async Task OneOfTwo() => await (operation.IsFirst ? operation.Overloaded(1) : operation.Optional());

    public async Task Variable()
    {
        var task = operation.Overloaded(1);
        await arrive();
        await task;
    }

    public async Task ValueTaskVariable()
    {
        var task = operation.ValueTask(1);
        await arrive();
        await task;
    }

    public async Task All() => await Task.WhenAll(operation.Overloaded(1), operation.Optional());

    public async Task AllBesideSomeThatAreKept()
    {
        _kept = Task.WhenAll(operation.Overloaded(1), operation.Optional());
        await Task.WhenAll(operation.Overloaded(1), operation.Optional());
    }

    public async Task AllKept() => await (_kept = Task.WhenAll(operation.Overloaded(1), operation.Optional()));

    public async Task Any() => await await Task.WhenAny(operation.Overloaded(1), operation.Optional());

    public async Task AllOfAList()
    {
        var tasks = new List<Task>();
        for (var index = 0; index < 2; index++)
        {
            tasks.Add(operation.Overloaded(index));
        }

        await Task.WhenAll(tasks);
    }

    public async Task AllOfAnArray()
    {
        Task[] tasks = [operation.Overloaded(1), operation.Optional()];
        await arrive();
        await Task.WhenAll(tasks);
    }

    public async Task AllSelected()
    {
        int[] numbers = [1, 2];
        await Task.WhenAll(numbers.Select(number => operation.Overloaded(number)));
    }

    public async Task AllSelectedByAStatic()
    {
        Operation[] operations = [operation];
        await Task.WhenAll(operations.Select(static one => one.Optional()));
    }

    public async Task AllSelectedWithTheirIndices()
    {
        int[] numbers = [1];
        await Task.WhenAll(numbers.Select((number, index) => operation.ConvertedBack(number + index)));
    }

    public async Task AllOfASelectedList()
    {
        int[] numbers = [1, 2];
        var tasks = numbers.Select(number =>
        {
            var doubled = number * 2;
            return operation.Overloaded(doubled);
        }).ToList();
        await arrive();
        await Task.WhenAll(tasks);
    }

    public async Task OneByOneOfASelectedArray()
    {
        int[] numbers = [1, 2];
        foreach (var task in numbers.Select(number => operation.Overloaded(number)).ToArray())
        {
            await task;
        }
    }

    public async Task EachSelected()
    {
        int[] numbers = [1, 2];
        await foreach (var task in Task.WhenEach(numbers.Select(number => operation.Overloaded(number))))
        {
            await task;
        }
    }

    public async Task AllOfAMethodGroup()
    {
        int[] numbers = [1];
        await Task.WhenAll(numbers.Select(OverloadedOnce));
    }

    public async Task AllOfALocalFunction()
    {
        int[] numbers = [1];
        await Task.WhenAll(numbers.Select(Local));

        Task Local(int number) => operation.Overloaded(number);
    }

    public async Task AllOfALambdaInAVariable()
    {
        Func<int, Task> call = number => operation.Overloaded(number);
        await arrive();
        await Task.WhenAll(call(1), call(2));
    }

    public async Task AllOfNestedOnes()
    {
        int[] numbers = [1, 2];
        await Task.WhenAll(numbers.Select(one => Task.WhenAll(numbers.Select(other => operation.Overloaded(one * other)))));
    }

    public async Task Ran() => await Task.Run(() => operation.Overloaded(1));

    public async Task InParallel()
    {
        int[] numbers = [1];
        await Parallel.ForEachAsync(numbers, (number, _) => new ValueTask(operation.Overloaded(number)));
    }

    public Task NotAsyncAllSelected()
    {
        int[] numbers = [1];
        return Task.WhenAll(numbers.Select(number => operation.Overloaded(number)));
    }

    public async Task OptionalNullable() => await operation.Nullable(1);

    public async Task ConfiguredStream()
    {
        await foreach (var _ in operation.PlainStream().ConfigureAwait(false))
        {
            await arrive();
        }
    }

    public async Task OneByOne()
    {
        List<Task> tasks = [operation.Overloaded(1), operation.Optional()];
        foreach (var task in tasks)
        {
            await task;
        }
    }

    public async Task Stream()
    {
        // What is done with an element is no matter of the stream's.
        var numbers = new List<int>();
        await foreach (var number in operation.Stream())
        {
            numbers.Add(number);
            await arrive();
        }
    }

    public async Task StreamOfAnother()
    {
        await foreach (var _ in operation.PlainStream())
        {
            await arrive();
        }
    }

    public Task NotAsync() => operation.Overloaded(1);

    public Task NotAsyncOptional()
    {
        var task = operation.Optional();
        return task;
    }

    public async Task UsersNone() => await operation.Optional(CancellationToken.None);

    public async Task UsersNoneForAVariable()
    {
        var none = CancellationToken.None;
        await operation.Overloaded(1, none);
    }

    public async Task Unawaited()
    {
        _ = operation.Overloaded(1);
        await arrive();
    }

    public async Task Kept()
    {
        _kept = operation.Overloaded(1);
        await _kept;
    }

    public async Task KeptAndAwaited()
    {
        var task = operation.Overloaded(1);
        _kept = task;
        await task;
    }

    public async Task LambdaCalledUnawaited()
    {
        Func<int, Task> call = number => operation.Overloaded(number);
        _ = call(1);
        await arrive();
    }

    public async Task LambdaKept()
    {
        Func<int, Task> call = number => operation.Overloaded(number);
        await call(1);
        _keptCall = call;
    }

    public async Task LambdaWhoseTasksAreKept()
    {
        int[] numbers = [1];
        _keptTasks = numbers.Select(number => operation.Overloaded(number));
        await Task.WhenAll(_keptTasks);
    }

    public async Task MethodGroupUsedElsewhere()
    {
        int[] numbers = [1];
        await Task.WhenAll(numbers.Select(OverloadedTwice));
    }

    public async Task ConfiguredStreamWithTheUsersNone()
    {
        await foreach (var _ in operation.PlainStream().WithCancellation(CancellationToken.None).ConfigureAwait(false))
        {
            await arrive();
        }
    }

    public async Task UsersNoneForANullable() => await operation.Nullable(1, CancellationToken.None);

    public async Task ObsoleteOverload() => await operation.WithObsolete(1);

    public async Task OtherResult() => await operation.WithOtherResult(1);

    public async Task TokenFirst() => await operation.WithTokenFirst(1);

    public async Task NoOverload() => await operation.Alone(1);

    public async Task OfBase() => await new OverridingOperation(operation).Written(1);

    public async Task Continued() => await Task.CompletedTask.ContinueWith(_ => operation.Overloaded(1), TaskScheduler.Default).Unwrap();

    /// <summary>The overload would call itself without end.</summary>
    public async Task Itself(CancellationToken token)
    {
        await Itself();
    }

    public Task Itself() => operation.Alone(1);

    public async Task Cleanup()
    {
        try
        {
            await arrive();
        }
        finally
        {
            await operation.Overloaded(1);
            await operation.Optional();
            await Task.WhenAll(new[] { 1 }.Select(number => operation.Overloaded(number)));
            await Task.Run(() => operation.Overloaded(1));
            await operation.Nullable(1);
        }
    }

    public async Task CleanupOfAHelper() => await HelperWithCleanup();

    [Sit(Disabled = true)]
    public async Task HelperWithCleanup()
    {
        try
        {
            await arrive();
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(new[] { 1 }.Select(number => operation.Overloaded(number)));
            await Task.Run(() => operation.Overloaded(1));
            throw;
        }
    }

    public async Task ThroughAHelper() => await Helper();

    [Sit(Disabled = true)]
    public async Task Helper()
    {
        await operation.Overloaded(1);
        await operation.Optional();
    }

    [Sit(Disabled = true)]
    public async Task HelperOfAll()
    {
        var task = operation.Overloaded(1);
        await Task.WhenAll(task, operation.Optional());
        await operation.ConvertedBack(1);
        await foreach (var _ in operation.Stream())
        {
        }

        await foreach (var _ in operation.PlainStream().ConfigureAwait(false))
        {
        }

        await Task.WhenAll(new[] { 1 }.Select(number => operation.Overloaded(number)));
        await operation.Nullable(1);
    }

    [Sit(Disabled = true)]
    private Task OverloadedOnce(int number) => operation.Overloaded(number);

    [Sit(Disabled = true)]
    private Task OverloadedTwice(int number) => operation.Overloaded(number);

    [Sit(Disabled = true)]
    public Task Twice() => OverloadedTwice(1);

    [Sit(Disabled = true)]
    private static async Task On<T>(T operation)
        where T : IOperation => await operation.Overloaded(1);
}

public interface IOperation
{
    Task Overloaded(int number);

    Task Overloaded(int number, CancellationToken token);
}

public interface IDerivedOperation : IOperation;

/// <summary>Says how it was called: with a token that can fire, or plainly.</summary>
public class Operation(Action<string, CancellationToken> say) : IDerivedOperation
{
    public bool IsFirst { get; set; } = true;

    public Task Say(string way, CancellationToken token = default)
    {
        say(way, token);
        return Task.CompletedTask;
    }

    public Task Optional(CancellationToken token = default) => Say("optional", token);

    public Task Between(int number, CancellationToken token = default, string text = "") => Say("between", token);

    public Task Overloaded(int number) => Say("plain");

    public Task Overloaded(int number, CancellationToken token) => Say("overload", token);

    public Task Nullable(int number, CancellationToken? token = null) =>
        token is { } given ? Say(given.CanBeCanceled ? "nullable" : "nullable none", given) : Say("null");

    public Task<int> WithResult(int number) => Result("plain", default);

    public Task<int> WithResult(int number, CancellationToken token) => Result("overload", token);

    public ValueTask<int> ValueTask(int number) => new(Result("plain", default));

    public ValueTask<int> ValueTask(int number, CancellationToken token = default) => new(Result("overload", token));

    public ValueTask<int> Converted(int number) => new(Result("plain", default));

    public Task<int> Converted(int number, CancellationToken token) => Result("overload", token);

    public Task<int> ConvertedBack(int number) => Result("plain", default);

    public ValueTask<int> ConvertedBack(int number, CancellationToken token) => new(Result("overload", token));

    public Task Generic<TKey, TValue>(TKey key, List<TValue> values) => Say("plain");

    public Task Generic<T1, T2>(T1 key, List<T2> values, CancellationToken token) => Say("overload", token);

    public Task WithObsolete(int number) => Say("plain");

    [Obsolete("Not any more.")]
    public Task WithObsolete(int number, CancellationToken token) => Say("overload", token);

    public Task WithOtherResult(int number) => Say("plain");

    public Task<int> WithOtherResult(int number, CancellationToken token) => Result("overload", token);

    public Task WithTokenFirst(int number) => Say("plain");

    public Task WithTokenFirst(CancellationToken token, int number) => Say("overload", token);

    public Task Alone(int number) => Say("plain");

    public async IAsyncEnumerable<int> Stream([EnumeratorCancellation] CancellationToken token = default)
    {
        await Say("stream", token);
        yield return 1;
    }

    public IAsyncEnumerable<int> PlainStream() => Stream();

    private async Task<int> Result(string way, CancellationToken token)
    {
        await Say(way, token);
        return 1;
    }
}

public static class OperationExtensions
{
    public static Task Extended(this Operation operation, int number) => operation.Say("plain");

    public static Task Extended(this Operation operation, int number, CancellationToken token) => operation.Say("overload", token);
}

public readonly struct StructOperation(Operation operation)
{
    public Task Overloaded(int number) => operation.Say("plain");

    public Task Overloaded(int number, CancellationToken token) => operation.Say("overload", token);
}

public class GenericOperation<T>(Operation operation)
{
    public Task Overloaded(T value) => operation.Say("plain");

    public Task Overloaded(T value, CancellationToken token) => operation.Say("overload", token);
}

public class BaseOperation<T>(Operation operation)
{
    protected Operation Operation => operation;

    public virtual Task Overloaded(T value, CancellationToken token) => operation.Say("overload", token);
}

public class DerivedOperation(Operation operation) : BaseOperation<int>(operation)
{
    public Task Overloaded(int value) => Operation.Say("plain");
}

public class OverriddenOperation(Operation operation) : DerivedOperation(operation)
{
    public virtual Task Written(int number) => Operation.Say("plain");

    /// <summary>Comes back to the override.</summary>
    public virtual Task Written(int number, CancellationToken token) => Written(number);
}

public class OverridingOperation(Operation operation) : OverriddenOperation(operation)
{
    public override Task Overloaded(int value, CancellationToken token) => Operation.Say("override", token);

    [Sit(OnCancel = SitOutcome.Throw)]
    public override Task Written(int number) => base.Written(number);
}
