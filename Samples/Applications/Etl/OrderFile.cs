using System.Runtime.CompilerServices;
using Sitters;

namespace Etl;

/// <summary>The source: a file of orders, read in blocks as they are asked for.</summary>
internal sealed class OrderFile(string path)
{
    public const int BlockSize = 100;

    public string Path => path;

    /// <summary>A stream is sat too: a pause holds it between two blocks, and a cancel closes the file.</summary>
    [Sit]
    public async IAsyncEnumerable<Block> Blocks([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var reader = new StreamReader(path);
        for (var number = 0; ; number++)
        {
            var orders = new List<Order>(BlockSize);
            while (orders.Count < BlockSize && await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                orders.Add(Order.Parse(line));
            }

            if (orders.Count == 0)
            {
                yield break;
            }

            yield return new Block(number, orders);
        }
    }

    /// <summary>Makes a source to play with: always the same.</summary>
    public static async Task<OrderFile> Create(string path, int orders)
    {
        await using var writer = new StreamWriter(path);
        for (var number = 1; number <= orders; number++)
        {
            await writer.WriteLineAsync(new Order(number, $"customer {number % 97}", 1 + (number % 5), 1 + (number % 1000 / 100m)).ToString());
        }

        return new OrderFile(path);
    }

    public async Task<int> CountBlocks()
    {
        var lines = 0;
        await foreach (var _ in File.ReadLinesAsync(path))
        {
            lines++;
        }

        return (lines + BlockSize - 1) / BlockSize;
    }
}

/// <summary>Orders that are worked on together.</summary>
internal sealed record Block(int Number, IReadOnlyList<Order> Orders);
