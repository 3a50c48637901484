namespace Interleaved;

/// <summary>Whoever reads the stream: its items are in these hands, or the exception is.</summary>
internal sealed class Consumer(Stage stage)
{
    private readonly List<Item> _items = [];

    public IReadOnlyList<Item> Items => _items;

    /// <summary>It has left the stream before its end.</summary>
    public bool HasLeft { get; private set; }

    /// <returns>What the attempt returns whose items they are.</returns>
    public async Task<int> Read(IAsyncEnumerable<Item> stream, CancellationToken token)
    {
        await foreach (var item in stream.WithCancellation(token))
        {
            Order.Note(stage);
            Contexts.CheckCaller(stage, "with an item");
            _items.Add(item);
            if (stage.ConsumerLeaves)
            {
                HasLeft = true;
                break;
            }
        }

        Contexts.CheckCaller(stage, "after the stream");
        return _items.Count == 0 ? 0 : _items[^1].Of.Result;
    }
}
