using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Shapes;

public static class Streams
{
    private static readonly AsyncLocal<string> _local = new();

    public static async Task<string> A12_async_enumerable() => await Join(Numbers(3, []));

    public static async Task<string> A13_with_cancellation()
    {
        var seen = new List<string>();
        foreach (var (argument, with) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            using var passed = new CancellationTokenSource();
            using var given = new CancellationTokenSource();
            try
            {
                await foreach (var number in Cancellable(argument ? passed.Token : default).WithCancellation(with ? given.Token : default))
                {
                    if (number == 3)
                    {
                        break;
                    }

                    if (number == 2)
                    {
                        await (with ? given : passed).CancelAsync();
                    }
                }

                seen.Add("went on");
            }
            catch (OperationCanceledException)
            {
                seen.Add("cancelled");
            }
        }

        return string.Join(" ", seen);
    }

    public static async Task<string> A14_async_enumerator()
    {
        var seen = new List<string>();
        await using var numbers = Enumerator(2);
        seen.Add($"{numbers.Current}");
        while (await numbers.MoveNextAsync())
        {
            seen.Add($"{numbers.Current}");
        }

        seen.Add($"{numbers.Current} {await numbers.MoveNextAsync()}");
        return string.Join(" ", seen);
    }

    public static async Task<string> A15_walked_twice_and_left_early()
    {
        var trace = new List<string>();
        var numbers = Numbers(3, trace);
        await foreach (var number in numbers)
        {
            if (number == 2)
            {
                break;
            }
        }

        await foreach (var number in numbers)
        {
            trace.Add($"{number}");
        }

        return string.Join(" ", trace);
    }

    public static async Task<string> A15_walked_twice_at_a_time()
    {
        var numbers = Numbers(2, []);
        await using var one = numbers.GetAsyncEnumerator();
        await using var other = numbers.GetAsyncEnumerator();
        await one.MoveNextAsync();
        await one.MoveNextAsync();
        await other.MoveNextAsync();
        return $"{one.Current} {other.Current} {await one.MoveNextAsync()} {await other.MoveNextAsync()}";
    }

    public static async Task<string> A12_nothing_runs_before_it_is_asked_for()
    {
        var trace = new List<string>();
        var numbers = Numbers(1, trace);
        var before = trace.Count;
        await using var enumerator = numbers.GetAsyncEnumerator();
        return $"{before} {trace.Count}";
    }

    public static async Task<string> A12_completes_at_once_where_it_can()
    {
        await using var numbers = AtOnce(1, 2).GetAsyncEnumerator();
        var first = numbers.MoveNextAsync();
        return $"{first.IsCompletedSuccessfully} {await first} {numbers.Current}";
    }

    public static async Task<string> C07_generic_iterators() =>
        $"{await Join(new Box<string>("a").Repeat(2, 5L))} {await Join(Box<int>.Static<string>("b"))} "
        + $"{await Join(new Cell<int>(4).Twice())}";

    public static async Task<string> H17_iterator_and_async_method_of_one_name() =>
        $"{await Join(Load(2))} {await Load("x")} {await Join(Load(1, 2))}";

    public static async Task<string> E07_local_iterators()
    {
        var offset = 10;
        return $"{await Join(Local(1))} {await Join(Static(2))}";

        [Sit]
        async IAsyncEnumerable<int> Local(int number)
        {
            await Task.Yield();
            yield return number + offset;
        }

        [Sit]
        static async IAsyncEnumerable<int> Static(int number)
        {
            await Task.Yield();
            yield return number;
        }
    }

    public static async Task<string> D10_default_interface_iterator() => await Join(((IDefault)new Implementation()).Numbers());

    public static async Task<string> B04_throw_between_elements()
    {
        var seen = new List<string>();
        try
        {
            await foreach (var number in Throws())
            {
                seen.Add($"{number}");
            }
        }
        catch (InvalidOperationException exception)
        {
            seen.Add($"{exception.Message}, {exception.StackTrace!.Split('\n')[0].Trim()}");
        }

        return string.Join(" ", seen);
    }

    public static async Task<string> B08_cleanup_that_awaits_and_throws()
    {
        try
        {
            await foreach (var number in ThrowsInCleanup())
            {
                break;
            }

            return "went on";
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }

    public static async Task<string> B11_streams_inside_streams() => await Join(Doubled(Doubled(Numbers(2, []))));

    public static async Task<string> B21_async_locals()
    {
        var seen = new List<string>();
        _local.Value = "consumer";
        await foreach (var value in SetsLocal())
        {
            seen.Add($"{value}/{_local.Value}");
            _local.Value += "+";
        }

        return string.Join(" ", seen);
    }

    public static async Task<string> B27_reassigned_parameter()
    {
        var numbers = CountsDown(3);
        return $"{await Join(numbers)} {await Join(numbers)}";
    }

    public static async Task<string> A12_without_async() => $"{await Join(PassedOn(Numbers(2, [])))} {await Join(Wrapped(Enumerator(2)))}";

    private static async Task<string> Join<T>(IAsyncEnumerable<T> stream)
    {
        var all = new List<T>();
        await foreach (var element in stream.ConfigureAwait(false))
        {
            all.Add(element);
        }

        return string.Join(",", all);
    }

    private static async IAsyncEnumerable<int> Wrapped(IAsyncEnumerator<int> numbers)
    {
        await using (numbers)
        {
            while (await numbers.MoveNextAsync())
            {
                yield return numbers.Current;
            }
        }
    }

    [Sit]
    private static async IAsyncEnumerable<int> Numbers(int count, List<string> trace)
    {
        trace.Add("begin");
        try
        {
            for (var i = 1; i <= count; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
        finally
        {
            await Task.Delay(1);
            trace.Add("finally");
        }
    }

    [Sit]
    private static async IAsyncEnumerable<int> AtOnce(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            await Task.CompletedTask;
            yield return number;
        }
    }

    [Sit]
    private static async IAsyncEnumerable<int> Cancellable([EnumeratorCancellation] CancellationToken token)
    {
        for (var i = 1; ; i++)
        {
            token.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return i;
        }
    }

    [Sit]
    private static async IAsyncEnumerator<int> Enumerator(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    [Sit]
    private static async IAsyncEnumerable<int> Load(int count)
    {
        await Task.Yield();
        yield return count;
    }

    [Sit]
    private static async Task<string> Load(string text)
    {
        await Task.Yield();
        return text;
    }

    [Sit]
    private static IAsyncEnumerable<int> Load(int first, int second) => AtOnce(first, second);

    [Sit]
    private static async IAsyncEnumerable<int> Throws()
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
        throw new InvalidOperationException("thrown");
    }

    [Sit]
    private static async IAsyncEnumerable<int> ThrowsInCleanup()
    {
        try
        {
            yield return 1;
        }
        finally
        {
            await Task.Yield();
            throw new IOException("cleanup");
        }
    }

    [Sit]
    private static async IAsyncEnumerable<int> Doubled(IAsyncEnumerable<int> numbers)
    {
        await foreach (var number in numbers)
        {
            yield return 2 * number;
        }
    }

    [Sit]
    private static async IAsyncEnumerable<string> SetsLocal()
    {
        yield return _local.Value!;
        _local.Value = "iterator";
        yield return _local.Value;
        await Task.Yield();
        yield return _local.Value;
    }

    [Sit]
    private static async IAsyncEnumerable<int> CountsDown(int from)
    {
        while (from > 0)
        {
            await Task.Yield();
            yield return from--;
        }
    }

    [Sit]
    private static IAsyncEnumerable<int> PassedOn(IAsyncEnumerable<int> numbers) => numbers;

    private sealed class Box<T>(T value)
        where T : notnull
    {
        [Sit]
        public static async IAsyncEnumerable<(TOther, T?)> Static<TOther>(TOther other)
        {
            await Task.Yield();
            yield return (other, default);
        }

        [Sit]
        public async IAsyncEnumerable<(T, TOther)> Repeat<TOther>(int times, TOther other)
            where TOther : struct
        {
            for (var i = 0; i < times; i++)
            {
                await Task.Yield();
                yield return (value, other);
            }
        }
    }

    private struct Cell<T>(T value)
    {
        private int _count;

        [Sit]
        public async IAsyncEnumerable<(T, int)> Twice()
        {
            yield return (value, ++_count);
            await Task.Yield();
            yield return (value, ++_count);
        }
    }

    private interface IDefault
    {
        [Sit]
        async IAsyncEnumerable<int> Numbers()
        {
            await Task.Yield();
            yield return Number;
        }

        int Number { get; }
    }

    private sealed class Implementation : IDefault
    {
        public int Number => 5;
    }
}
