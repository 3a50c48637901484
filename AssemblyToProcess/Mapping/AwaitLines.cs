using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Mapping;

// The comment behind a line is what the map of awaits is to say of it: the method, and what is awaited there, in order.

/// <summary>Awaits in code that is longer than a line, or that the compiler makes.</summary>
public class AwaitLines
{
    [Sit]
    public async Task<int> Streams(IAsyncEnumerable<int> given, CancellationToken token)
    {
        var sum = 0;
        await foreach (var number in Ticker.Numbers(3)) // at Streams: Ticker.Numbers; IAsyncEnumerator<int>.DisposeAsync
        {
            sum += number;
            await Task.Yield(); // at Streams: Task.Yield
        }

        await foreach (var number in given.WithCancellation(token).ConfigureAwait(false)) // at Streams: given; IAsyncEnumerator<int>.DisposeAsync
        {
            sum += number;
        }

        await foreach (var number // at Streams: Ticker.Numbers; IAsyncEnumerator<int>.DisposeAsync
            in Ticker
                .Numbers(3))
        {
            sum += number;
        }

        return sum;
    }

    [Sit]
    public async Task Disposals()
    {
        await using var first = new Lease(); // at Disposals: Lease.DisposeAsync
        await using (var second = new Lease()) // at Disposals: Lease.DisposeAsync
        {
            await Task.Yield(); // at Disposals: Task.Yield
        }

        await using (new Lease().ConfigureAwait(false)) // at Disposals: Lease.DisposeAsync
        {
            await Task.Yield(); // at Disposals: Task.Yield
        }

        await using var third = await Lease.Take(); // at Disposals: Lease.Take; Lease.DisposeAsync
        await using var fourth = new Structure(); // at Disposals: Structure.DisposeAsync
        try
        {
            await Task.Yield(); // at Disposals: Task.Yield
        }
        finally
        {
            await first.DisposeAsync(); // at Disposals: Lease.DisposeAsync
        }
    }

    public async Task<int> Statements(int number)
    {
        var sum = Add( // at Statements: AwaitLines.Give; AwaitLines.Give
            await Give(1),
            await Give(
                2));
        if (await Give(3) > number) // at Statements: AwaitLines.Give
        {
            sum++;
        }

        while (await Give(number) > 0) // at Statements: AwaitLines.Give
        {
            number--;
        }

        var text = number switch
        {
            1 => await Give(1), // at Statements: AwaitLines.Give
            2 => await Give(2) + await Give(3), // at Statements: AwaitLines.Give; AwaitLines.Give
            3 => 3,
            _ => await Give(4), // at Statements: AwaitLines.Give
        };
        try
        {
            sum += await Give(4); // at Statements: AwaitLines.Give
        }
        catch (InvalidOperationException) when (number > 3)
        {
            await Give(5); // at Statements: AwaitLines.Give
        }
        finally
        {
            await Give(6); // at Statements: AwaitLines.Give
        }

        lock (this)
        {
            sum += text;
        }

        return await Give(7) + await Give(8) // at Statements: AwaitLines.Give; AwaitLines.Give
            + sum;
    }

    [Sit]
    public async IAsyncEnumerable<int> Iterator()
    {
        await Give(1); // at Iterator: AwaitLines.Give
        yield return 1;
        foreach (var number in new[] { 1, 2 })
        {
            yield return await Give(number); // at Iterator: AwaitLines.Give
        }

        await foreach (var number in Ticker.Numbers(2)) // at Iterator: Ticker.Numbers; IAsyncEnumerator<int>.DisposeAsync
        {
            yield return number;
        }
    }

    public async Task Elsewhere()
    {
        await Give(1); // at Elsewhere: AwaitLines.Give
#line 200 "Elsewhere.razor"
        await Give(2);
#line default
        await Give(4); // at Elsewhere: AwaitLines.Give
    }

    private static int Add(int one, int other) => one + other;

    private static async Task<int> Give(int number)
    {
        await Task.Delay(1); // at Give: Task.Delay
        return number;
    }
}

public static class Ticker
{
    public static async IAsyncEnumerable<int> Numbers(int count, [EnumeratorCancellation] CancellationToken token = default)
    {
        for (var number = 0; number < count; number++)
        {
            await Task.Yield(); // at Numbers: Task.Yield
            yield return number;
        }
    }
}

public sealed class Lease : IAsyncDisposable
{
    public static async Task<Lease> Take()
    {
        await Task.Yield(); // at Take: Task.Yield
        return new Lease();
    }

    public async ValueTask DisposeAsync() => await Task.Yield(); // at DisposeAsync: Task.Yield
}

public struct Structure : IAsyncDisposable
{
    public ValueTask DisposeAsync() => default;
}
