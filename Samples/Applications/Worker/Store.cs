using StackExchange.Redis;

namespace Worker;

/// <summary>What is kept in Redis: a stream of orders, the same for those that nobody can handle, and what was made of them.</summary>
internal sealed class Store(IConnectionMultiplexer redis)
{
    private const string Orders = "orders";
    private const string Refused = "orders:refused";
    private const string Turnover = "turnover";
    private const string Handled = "orders:handled";
    private const string Group = "workers";

    private readonly IDatabase _database = redis.GetDatabase();

    public async Task Prepare()
    {
        try
        {
            await _database.StreamCreateConsumerGroupAsync(Orders, Group, StreamPosition.Beginning);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // An earlier run has made it.
        }
    }

    /// <summary>What this worker was given in an earlier life, and never said that it had done it.</summary>
    public Task<StreamEntry[]> Mine(string worker) => _database.StreamReadGroupAsync(Orders, Group, worker, StreamPosition.Beginning);

    /// <summary>What is new; where nothing is, what others have left lying for a minute.</summary>
    public async Task<StreamEntry[]> Take(string worker, int count)
    {
        var orders = await _database.StreamReadGroupAsync(Orders, Group, worker, StreamPosition.NewMessages, count);
        return orders.Length > 0
            ? orders
            : (await _database.StreamAutoClaimAsync(Orders, Group, worker, 60_000, StreamPosition.Beginning, count)).ClaimedEntries;
    }

    /// <summary>The result and the word that it is done become visible together, or not at all.</summary>
    public async Task<bool> Complete(StreamEntry order, long amount)
    {
        var all = _database.CreateTransaction();
        all.AddCondition(Condition.HashNotExists(Handled, order.Id));
        var steps = new Task[]
        {
            all.HashSetAsync(Handled, order.Id, amount),
            all.StringIncrementAsync(Turnover, amount),
            all.StreamAcknowledgeAsync(Orders, Group, order.Id),
        };
        if (!await all.ExecuteAsync())
        {
            // Somebody has done it already: only the word is missing.
            await _database.StreamAcknowledgeAsync(Orders, Group, order.Id);
            return false;
        }

        await Task.WhenAll(steps);
        return true;
    }

    public async Task Refuse(StreamEntry order, string reason)
    {
        await _database.StreamAddAsync(Refused, [.. order.Values, new NameValueEntry("reason", reason)]);
        await _database.StreamAcknowledgeAsync(Orders, Group, order.Id);
    }

    public async Task<(long Turnover, long Handled, long Refused)> Sum() =>
        ((long)await _database.StringGetAsync(Turnover), await _database.HashLengthAsync(Handled), await _database.StreamLengthAsync(Refused));

    /// <summary>Drops what everybody is done with: nothing that somebody was given and has not done, nothing that is still to be given.</summary>
    public async Task<long> Cut()
    {
        var pending = await _database.StreamPendingAsync(Orders, Group);
        var groups = await _database.StreamGroupInfoAsync(Orders);
        var first = pending.PendingMessageCount > 0 ? pending.LowestPendingMessageId : (RedisValue)groups[0].LastDeliveredId;
        return await _database.StreamTrimByMinIdAsync(Orders, first);
    }
}
