using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Methods that consume async streams.</summary>
public class StreamConsumer : Scene
{
    [Sit(CancellationHooks = [nameof(OnCancellation)], ExceptionHooks = [nameof(OnException)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<int?> ConsumesOwn()
    {
        var sum = 0;
        try
        {
            await foreach (var number in Numbers())
            {
                sum += number;
                Say($"got {number}");
                await At($"body {number}");
            }

            return sum;
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)], ExceptionHooks = [nameof(OnException)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<int?> Consumes(IAsyncEnumerable<int> numbers)
    {
        var sum = 0;
        try
        {
            await foreach (var number in numbers)
            {
                sum += number;
                Say($"got {number}");
            }

            return sum;
        }
        finally
        {
            Say("finally");
        }
    }

    /// <summary>The same stream, under no call.</summary>
    public async Task<int> ConsumesOutside()
    {
        var sum = 0;
        await foreach (var number in Numbers())
        {
            sum += number;
        }

        return sum;
    }

    [Sit]
    public async Task<int?> StopsAt(int last)
    {
        var sum = 0;
        await foreach (var number in CleansUpSlowly())
        {
            sum += number;
            if (number == last)
            {
                break;
            }
        }

        return sum;
    }

    [Sit]
    public async Task<int?> ConsumesEnumerator()
    {
        await using var numbers = Enumerator();
        var sum = 0;
        while (await numbers.MoveNextAsync())
        {
            sum += numbers.Current;
        }

        return sum;
    }

    [Sit]
    public async Task<int?> ConsumesThroughAnother()
    {
        var sum = 0;
        try
        {
            await foreach (var number in Twice(Numbers()))
            {
                sum += number;
            }

            return sum;
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit]
    public async Task<int?> ConsumesPrefetching()
    {
        var sum = 0;
        try
        {
            await foreach (var number in Prefetching())
            {
                sum += number;
            }

            return sum;
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit]
    public async Task<int?> ConsumesSwallowing()
    {
        var sum = 0;
        try
        {
            await foreach (var number in Swallowing())
            {
                sum += number;
            }

            return sum;
        }
        finally
        {
            Say("finally");
        }
    }

    private async IAsyncEnumerable<int> Numbers()
    {
        try
        {
            for (var i = 1; i < 4; i++)
            {
                await At($"stream {i}");
                yield return i;
            }
        }
        finally
        {
            Say("stream finally");
        }
    }

    private async IAsyncEnumerable<int> CleansUpSlowly()
    {
        try
        {
            for (var i = 1; ; i++)
            {
                await At($"stream {i}");
                yield return i;
            }
        }
        finally
        {
            Say("cleans up");
            await At("cleanup");
            Say("cleaned up");
        }
    }

    private async IAsyncEnumerator<int> Enumerator()
    {
        for (var i = 1; i < 4; i++)
        {
            await At($"stream {i}");
            yield return i;
        }
    }

    private async IAsyncEnumerable<int> Twice(IAsyncEnumerable<int> numbers)
    {
        try
        {
            await foreach (var number in numbers)
            {
                yield return 2 * number;
            }
        }
        finally
        {
            Say("twice finally");
        }
    }

    /// <summary>Each page is asked for in the step before the one that waits for it.</summary>
    private async IAsyncEnumerable<int> Prefetching()
    {
        try
        {
            var next = Page(1);
            for (var i = 2; ; i++)
            {
                var page = await next;
                next = Page(i);
                yield return page;
            }
        }
        finally
        {
            Say("stream finally");
        }
    }

    private async Task<int> Page(int number)
    {
        try
        {
            await At($"page {number}");
            return number;
        }
        finally
        {
            Say("page finally");
            await At("page finally");
            Say("page finally is over");
        }
    }

    private async IAsyncEnumerable<int> Swallowing()
    {
        try
        {
            await At("stream");
        }
        catch (OperationCanceledException)
        {
            Say("swallowed");
        }

        Say("next");
        await At("next");
        Say("went on");
        yield return 3;
    }
}
