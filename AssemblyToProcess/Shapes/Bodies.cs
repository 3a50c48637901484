using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Shapes;

public static class Bodies
{
    private static readonly AsyncLocal<string?> _local = new();

    public static async Task<string> B01_without_await_it_is_complete_at_return()
    {
        var task = WithoutAwait();
        return $"{task.IsCompleted} {await task}";
    }

    public static async Task<string> B02_throwing_before_the_first_await_faults_the_task()
    {
        var task = ThrowsFirst();
        var status = task.Status;
        return $"{status} {await Seen(task)}";
    }

    public static async Task<string> B04_throwing_after_an_await() => await Seen(ThrowsLater());

    public static async Task<string> B05_cancelled_with_the_same_token()
    {
        using var source = new CancellationTokenSource();
        var other = source.Token;
        await source.CancelAsync();
        var task = ThrowsCancelled(other);
        try
        {
            await task;
            return "ran on";
        }
        catch (OperationCanceledException exception)
        {
            return $"{task.Status} {exception.CancellationToken == other}";
        }
    }

    public static async Task<string> B06_a_body_that_only_throws() => await Seen(OnlyThrows());

    public static async Task<string> B07_a_loop_until_the_token()
    {
        using var source = new CancellationTokenSource();
        var task = UntilToken(source.Token);
        await source.CancelAsync();
        return await Seen(task);
    }

    public static async Task<string> B08_awaits_in_catch_and_finally()
    {
        var trace = new List<string>();
        await CatchAndFinally(trace);
        return string.Join(" ", trace);
    }

    public static async Task<string> B09_rethrow_and_an_if_with_an_await_at_the_end() =>
        $"{await Seen(Rethrows(true))} {await Seen(Rethrows(false))} {await IfAtEnd(true)} {await IfAtEnd(false)}";

    public static async Task<string> B10_exception_filter() => $"{await Filters(1)} {await Filters(2)}";

    public static async Task<string> B11_await_using_and_await_foreach_and_lock()
    {
        var trace = new List<string>();
        await Disposes(trace);
        return string.Join(" ", trace);
    }

    public static async Task<string> B12_awaits_of_conditionals_and_in_a_switch_expression() =>
        $"{await Ternary(true)} {await Ternary(false)} {await Switches(1)} {await Switches(2)} {await Switches(3)}";

    public static async Task<string> B14_lambda_captures_parameters_and_this() => await new Captor(3).Capture(4);

    public static async Task<string> B15_task_run_of_an_async_lambda() => $"{await Runs(5)}";

    public static async Task<string> B16_async_local_functions() => $"{await LocalFunctions(5)}";

    public static async Task<string> B17_blocking_on_an_async_lambda() => $"{await Blocks(5)}";

    public static async Task<string> B18_class_awaiter_that_only_notifies()
    {
        var trace = new List<string>();
        await AwaitsOwn(trace);
        return string.Join(" ", trace);
    }

    public static async Task<string> B19_spans_and_ref_locals_between_awaits() => $"{await Spans([1, 2, 3])}";

    public static async Task<string> B20_when_all_keeps_both_exceptions()
    {
        var task = WhenAll();
        try
        {
            await task;
        }
        catch (InvalidOperationException)
        {
        }

        return string.Join(" ", task.Exception!.InnerExceptions.Select(exception => exception.Message));
    }

    public static async Task<string> B21_async_locals_do_not_leak()
    {
        _local.Value = "outer";
        await SetsLocal();
        return $"{_local.Value}";
    }

    public static async Task<string> B25_deep_recursion() => $"{await Recurses(1000)}";

    public static async Task<string> B26_many_at_once() => $"{(await Task.WhenAll(Enumerable.Range(0, 100).Select(Concurrent))).Sum()}";

    public static async Task<string> B27_a_parameter_that_is_assigned_anew() => $"{await Reassigns(5)}";

    public static async Task<string> B28_unused_parameters() => $"{await new Captor(1).Unused(1, "", 2.0)}";

    public static async Task<string> B29_stack_trace_has_the_users_frame()
    {
        try
        {
            await ThrowsLater();
            return "ran on";
        }
        catch (InvalidOperationException exception)
        {
            return exception.StackTrace!.Split('\n')[0].Trim();
        }
    }

    public static async Task<string> B30_dynamic() => $"{await Dynamic(Task.FromResult(4))} {await Dynamic(Slow(5))}";

    public static async Task<string> B31_constants_of_every_size() => await Constants();

    private static async Task<string> Seen(Task task)
    {
        try
        {
            await task;
            return $"{task.Status}";
        }
#pragma warning disable CA1031 // Whatever it is, it is the answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return $"{task.Status} {(exception is OperationCanceledException ? "" : exception.GetType().Name + " " + exception.Message)}";
        }
    }

    private static async Task<int> Slow(int number)
    {
        await Task.Delay(1);
        return number;
    }

    [Sit]
    private static async Task<int> WithoutAwait() => 3;

    [Sit]
    private static async Task ThrowsFirst()
    {
        if (_local.Value != "never")
        {
            throw new InvalidOperationException("first");
        }

        await Task.Yield();
    }

    [Sit]
    private static async Task ThrowsLater()
    {
        await Task.Yield();
        throw new InvalidOperationException("later");
    }

    [Sit]
    private static async Task ThrowsCancelled(object token)
    {
        await Task.Yield();
        ((CancellationToken)token).ThrowIfCancellationRequested();
    }

    private static Task ThrowsCancelled(CancellationToken token) => ThrowsCancelled((object)token);

    [Sit]
    private static async Task<int> OnlyThrows() => throw new InvalidOperationException("only");

    [Sit]
    private static async Task UntilToken(CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(1, token);
        }
    }

    [Sit]
    private static async Task CatchAndFinally(List<string> trace)
    {
        try
        {
            await Slow(1);
            throw new InvalidOperationException("x");
        }
        catch (InvalidOperationException exception)
        {
            await Slow(2);
            trace.Add(exception.Message);
        }
        finally
        {
            await Slow(3);
            trace.Add("finally");
        }
    }

    [Sit]
    private static async Task Rethrows(bool fails)
    {
        try
        {
            await Slow(1);
            if (fails)
            {
                throw new InvalidOperationException("again");
            }
        }
        catch
        {
            await Slow(2);
            throw;
        }
    }

    [Sit]
    private static async Task<string> IfAtEnd(bool waits)
    {
        var result = "plain";
        if (waits)
        {
            result = $"waited {await Slow(1)}";
        }

        return result;
    }

    [Sit]
    private static async Task<string> Filters(int number)
    {
        try
        {
            await Slow(number);
            throw new InvalidOperationException($"{number}");
        }
        catch (InvalidOperationException exception) when (exception.Message == "1")
        {
            return "one";
        }
        catch (InvalidOperationException)
        {
            return "other";
        }
    }

    [Sit]
    private static async Task Disposes(List<string> trace)
    {
        var gate = new object();
        await using (new Disposable(trace))
        {
            await foreach (var number in Numbers().ConfigureAwait(false))
            {
                lock (gate)
                {
                    trace.Add($"{number}");
                }
            }
        }
    }

    private static async IAsyncEnumerable<int> Numbers()
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
    }

    [Sit]
    private static async Task<int> Ternary(bool left) =>
        await (left ? Slow(1) : Task.FromResult(2)) + await (left ? Task.FromResult(3) : Slow(4));

    [Sit]
    private static async Task<int> Switches(int number) => number switch
    {
        1 => await Slow(10),
        2 => await Task.FromResult(20),
        _ => await Slow(30) + await Slow(1),
    };

    [Sit]
    private static Task<int> Runs(int number) => Task.Run(async () => await Slow(number) + 1);

    [Sit]
    private static async Task<int> LocalFunctions(int number)
    {
        return await Capturing() + await Static(number);

        async Task<int> Capturing()
        {
            await Task.Yield();
            return number;
        }

        [Sit]
        static async Task<int> Static(int number)
        {
            await Task.Yield();
            return number * 10;
        }
    }

    [Sit]
    private static Task<int> Blocks(int number)
    {
        Func<Task<int>> wait = async () => await Slow(number).ConfigureAwait(false);
        return Task.FromResult(wait().Result);
    }

    [Sit]
    private static async Task AwaitsOwn(List<string> trace)
    {
        trace.Add(await new OwnAwaitable(false));
        trace.Add(await new OwnAwaitable(true));
    }

    [Sit]
    private static async Task<int> Spans(int[] numbers)
    {
        await Task.Yield();
        Span<int> span = numbers;
        ref var first = ref span[0];
        first += 10;
        var sum = span[0] + span[1];
        await Task.Yield();
        return sum + numbers[2];
    }

    [Sit]
    private static Task WhenAll() => Task.WhenAll(
        Task.FromException(new InvalidOperationException("one")),
        Task.FromException(new InvalidOperationException("two")));

    [Sit]
    private static async Task SetsLocal()
    {
        _local.Value = "inner";
        await Task.Yield();
    }

    [Sit]
    private static async Task<int> Recurses(int depth) => depth == 0 ? 0 : 1 + await Recurses(depth - 1);

    [Sit]
    private static async Task<int> Concurrent(int number)
    {
        await Task.Yield();
        return number;
    }

    [Sit]
    private static async Task<int> Reassigns(int number)
    {
        number += await Slow(1);
        return number;
    }

    [Sit]
    private static async Task<int> Dynamic(dynamic task)
    {
        int number = await task;
        return number + 1;
    }

    private sealed class Captor(int field)
    {
        [Sit]
        public async Task<string> Capture(int parameter)
        {
            Func<Task<int>> add = async () =>
            {
                await Task.Yield();
                return field + parameter;
            };
            return $"{await add()}";
        }

        [Sit]
        public async Task<int> Unused(int number, string text, double other)
        {
            await Task.Yield();
            return 1;
        }
    }

    private sealed class Disposable(List<string> trace) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            trace.Add("disposed");
        }
    }

    [Sit]
    private static async Task<string> Constants()
    {
        await Task.Yield();
        int[] constants = [int.MinValue, -129, -128, -2, -1, 0, 8, 9, 127, 128, int.MaxValue];
        var sum = constants.Aggregate(0L, (total, constant) => total + constant);
        await Task.Yield();
        return $"{await Slow(int.MaxValue)} {await Slow(int.MinValue)} {await Slow(-1)} {await Slow(8)} {await Slow(9)} {sum}";
    }

    private sealed class OwnAwaitable(bool completed) : INotifyCompletion
    {
        public bool IsCompleted => completed;

        public OwnAwaitable GetAwaiter() => this;

        public string GetResult() => $"got {completed}";

        public void OnCompleted(Action continuation) => Task.Run(continuation);
    }
}
