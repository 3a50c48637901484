using System.Collections.Concurrent;
using Sitters;

namespace Etl;

/// <summary>
/// What an import has done so far. It is kept in the call's items, which live on over attempts and restarts: what starts again goes on where
/// it stood.
/// </summary>
internal sealed class Progress
{
    private static readonly object _key = new();

    private readonly ConcurrentDictionary<int, decimal> _blocks = new();
    private int _count;

    public static Progress OfThisCall
    {
        get
        {
            var items = SitContext.Current.Items;
            if (items.TryGetValue(_key, out var kept))
            {
                return (Progress)kept!;
            }

            var progress = new Progress();
            items[_key] = progress;
            return progress;
        }
    }

    public int Blocks => Volatile.Read(ref _count);

    public decimal Turnover => _blocks.Values.Sum();

    public bool Contains(Block block) => _blocks.ContainsKey(block.Number);

    /// <returns>How many are done with this one.</returns>
    public int Add(Block block, decimal turnover)
    {
        _blocks[block.Number] = turnover;
        return Interlocked.Increment(ref _count);
    }
}
