using Sitters;

namespace AssemblyToProcess.Shapes;

/// <summary>Methods that return a task or a stream without being async, in the shapes in which libraries write them.</summary>
public static class WithoutAsync
{
    private static readonly AsyncLocal<string?> _local = new();

    public static Task<string> N01_an_argument_check_of_a_task() => Tell(() => Checked(null!));

    public static Task<string> N02_an_argument_check_of_a_value_task() => Tell(() => CheckedOf(null!).AsTask());

    public static Task<string> N03_an_argument_check_with_a_hook_beside_it() => Tell(() => CheckedWithHook(null!));

    public static Task<string> N04_an_argument_check_of_a_cached_method() => Tell(() => CheckedInCache(null!));

    public static Task<string> N05_an_argument_check_without_flow() => Tell(() => CheckedWithoutFlow(null!));

    public static Task<string> N06_an_argument_check_of_a_stream() => Tell(() => First(Select(null!, number => number)));

    public static Task<string> N07_an_argument_check_of_a_stream_with_hooks() => Tell(() => First(SelectWithHooks(null!)));

    public static Task<string> N08_an_argument_check_of_an_enumerator() => Tell(() => MoveOnce(Enumerator(null!)));

    public static async Task<string> N09_a_stream_that_is_made_and_never_enumerated()
    {
        var trace = new List<string>();
        _ = Traced(trace, 2);
        await Task.Yield();
        return string.Join(" ", trace);
    }

    public static async Task<string> N10_a_stream_that_is_enumerated_twice()
    {
        var trace = new List<string>();
        var stream = Traced(trace, 2);
        return $"{await Join(stream)} {await Join(stream)}: {string.Join(" ", trace)}";
    }

    public static async Task<string> N11_an_enumerator_that_is_made_for_its_side_effect()
    {
        var trace = new List<string>();
        await using (TracedEnumerator(trace))
        {
        }

        return string.Join(" ", trace);
    }

    public static Task<string> N12_a_null_stream() => Task.FromResult($"{Nothing() is null} {NoEnumerator() is null}");

    public static async Task<string> N13_a_stream_over_values_of_the_caller()
    {
        _local.Value = "outside";
        var stream = Local();
        return $"{_local.Value} {await Join(stream)}";
    }

    public static async Task<string> N14_a_token_that_is_cancelled_before()
    {
        var token = new CancellationToken(true);
        return $"{await Tell(() => ChecksToken(token), token)}; {await Tell(() => First(StreamChecksToken(token)), token)}; "
            + $"{await Tell(() => Cancelled(token), token)}";
    }

    public static async Task<string> N15_what_is_to_be_seen_at_return()
    {
        Task<int>[] tasks = [Passed(Task.FromResult(1)), Passed(Task.FromException<int>(new ArgumentException("one"))),
            Passed(Task.FromException<int>(new OperationCanceledException())), Passed(Task.FromCanceled<int>(new CancellationToken(true))),
            Passed(new TaskCompletionSource<int>().Task)];
        var several = Several();
        await Task.WhenAny(several);
        return $"{string.Join(" ", tasks.Select(task => task.Status))} {several.Exception!.InnerExceptions.Count}";
    }

    public static async Task<string> N16_a_struct_that_changes_itself()
    {
        var counter = default(Counter);
        await counter.Count();
        var first = await Tell(() => counter.CountAndThrow());
        var stream = counter.Counting();
        return $"{counter.Value} {first} {counter.Value} {await Join(stream)} {counter.Value}";
    }

    public static async Task<string> N17_where_the_body_runs()
    {
        var thread = Environment.CurrentManagedThreadId;
        var before = SynchronizationContext.Current;
        var context = new Context();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            List<bool> same = [];
            _ = Runs(() => same.Add(Environment.CurrentManagedThreadId == thread && SynchronizationContext.Current == context));
            _ = RunsForStream(() => same.Add(Environment.CurrentManagedThreadId == thread && SynchronizationContext.Current == context));
            return string.Join(" ", same);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Whether it is thrown at the call, or comes later; and whether it names the caller's token.</summary>
    private static async Task<string> Tell(Func<Task> call, CancellationToken token = default)
    {
        Task task;
        try
        {
            task = call();
        }
        catch (Exception exception)
        {
            return $"at the call {About(exception)}";
        }

        try
        {
            await task;
            return "none";
        }
        catch (Exception exception)
        {
            return $"later {About(exception)}";
        }

        string About(Exception exception) => exception is OperationCanceledException cancelled
            ? $"{exception.GetType().Name} {cancelled.CancellationToken == token}"
            : $"{exception.GetType().Name} {exception.Message}";
    }

    private static async Task<int> First(IAsyncEnumerable<int> numbers)
    {
        await foreach (var number in numbers)
        {
            return number;
        }

        return 0;
    }

    private static async Task<bool> MoveOnce(IAsyncEnumerator<int> numbers) => await numbers.MoveNextAsync();

    private static async Task<string> Join<T>(IAsyncEnumerable<T> elements)
    {
        var joined = "";
        await foreach (var element in elements)
        {
            joined += element;
        }

        return joined;
    }

    private static void Ignore()
    {
    }

    [Sit]
    private static Task Checked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Task.CompletedTask;
    }

    [Sit(TimeoutSeconds = 9)]
    private static ValueTask<int> CheckedOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ValueTask<int>(text.Length);
    }

    [Sit(StartupHooks = [nameof(Ignore)], ExceptionHooks = [nameof(Ignore)])]
    private static Task<int> CheckedWithHook(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Task.FromResult(text.Length);
    }

    [Sit(CacheSize = 5)]
    private static Task<int> CheckedInCache(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Task.FromResult(text.Length);
    }

    [Sit(FlowContext = false)]
    private static Task<int> CheckedWithoutFlow(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Task.FromResult(text.Length);
    }

    [Sit]
    private static IAsyncEnumerable<int> Select(IAsyncEnumerable<int> source, Func<int, int> selector)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(selector);
        return Core(source, selector);

        static async IAsyncEnumerable<int> Core(IAsyncEnumerable<int> source, Func<int, int> selector)
        {
            await foreach (var number in source)
            {
                yield return selector(number);
            }
        }
    }

    [Sit(StartupHooks = [nameof(Ignore)], ExceptionHooks = [nameof(Ignore)])]
    private static IAsyncEnumerable<int> SelectWithHooks(IAsyncEnumerable<int> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source;
    }

    [Sit]
    private static IAsyncEnumerator<int> Enumerator(IAsyncEnumerable<int> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.GetAsyncEnumerator();
    }

    [Sit]
    private static IAsyncEnumerable<int> Traced(List<string> trace, int count)
    {
        trace.Add("body");
        return Numbers(trace, count);
    }

    [Sit]
    private static IAsyncEnumerator<int> TracedEnumerator(List<string> trace)
    {
        trace.Add("body");
        return Numbers(trace, 1).GetAsyncEnumerator();
    }

    [Sit]
    private static IAsyncEnumerable<int>? Nothing() => null;

    [Sit]
    private static IAsyncEnumerator<int>? NoEnumerator() => null;

    [Sit]
    private static IAsyncEnumerable<string?> Local()
    {
        var seen = _local.Value;
        _local.Value = "inside";
        return Just(seen);
    }

    [Sit]
    private static Task ChecksToken(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    [Sit]
    private static Task Cancelled(CancellationToken token) => Task.FromCanceled(token);

    [Sit]
    private static IAsyncEnumerable<int> StreamChecksToken(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return Numbers([], 1);
    }

    [Sit]
    private static Task<int> Passed(Task<int> task) => task;

    [Sit]
    private static Task Several() => Task.WhenAll(
        Task.FromException(new ArgumentException("one")), Task.FromException(new InvalidOperationException("two")));

    [Sit]
    private static Task Runs(Action look)
    {
        look();
        return Task.CompletedTask;
    }

    [Sit]
    private static IAsyncEnumerable<int> RunsForStream(Action look)
    {
        look();
        return Numbers([], 1);
    }

    private static async IAsyncEnumerable<int> Numbers(List<string> trace, int count)
    {
        trace.Add("iterator");
        for (var number = 1; number <= count; number++)
        {
            await Task.Yield();
            yield return number;
        }
    }

    private static async IAsyncEnumerable<string?> Just(string? text)
    {
        yield return text;
    }

    private struct Counter
    {
        public int Value { get; private set; }

        [Sit]
        public Task Count()
        {
            Value++;
            return Task.CompletedTask;
        }

        [Sit]
        public Task CountAndThrow()
        {
            Value++;
            throw new ArgumentException("counted");
        }

        [Sit]
        public IAsyncEnumerable<string?> Counting()
        {
            Value++;
            return Just($"{Value}");
        }
    }

    private sealed class Context : SynchronizationContext;
}
