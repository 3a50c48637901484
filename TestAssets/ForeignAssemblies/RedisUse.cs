using System.Globalization;
using StackExchange.Redis;

namespace ForeignAssemblies;

/// <summary>An ordinary program's use of StackExchange.Redis: the same code runs on the woven and on the unwoven client.</summary>
public static class RedisUse
{
    /// <summary>Connects, and hands out what the tests do themselves: evaluate a script, execute a command, close the connection.</summary>
    public static async Task<(Func<string, Task<string?>> Evaluate, Func<string[], Task<string?>> Execute, Func<Task> Close)> Open(
        string endpoint)
    {
        var connection = await Connect(endpoint);
        var database = connection.GetDatabase();
        return (
            async script => (string?)await database.ScriptEvaluateAsync(script),
            async command => (string?)await database.ExecuteAsync(command[0], [.. command.Skip(1)]),
            () => connection.CloseAsync());
    }

    /// <summary>What a range of commands answers, as text.</summary>
    public static async Task<IReadOnlyList<string>> Answers(string endpoint)
    {
        var said = new List<string>();
        var connection = await Connect(endpoint);
        var database = connection.GetDatabase();
        await database.ExecuteAsync("FLUSHALL");
        foreach (var (name, use) in new (string, Func<IConnectionMultiplexer, IDatabase, Action<object?>, Task>)[]
        {
            ("strings", Strings),
            ("hashes", Hashes),
            ("collections", Collections),
            ("pipelines", Pipelines),
            ("transactions", Transactions),
            ("scripts", Scripts),
            ("scans", Scans),
            ("streams", Streams),
            ("messages", Messages),
            ("failures", Failures),
        })
        {
            await use(connection, database, answer => said.Add($"{name}: {Convert.ToString(answer, CultureInfo.InvariantCulture)}"));
        }

        await connection.CloseAsync();
        return said;
    }

    private static async Task<IConnectionMultiplexer> Connect(string endpoint)
    {
        var options = ConfigurationOptions.Parse(endpoint);
        options.AllowAdmin = true;
        options.AsyncTimeout = options.SyncTimeout = 60_000;
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    private static async Task Strings(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        say(await database.StringSetAsync("text", "one"));
        say(await database.StringAppendAsync("text", ", two"));
        say(await database.StringGetAsync("text"));
        say(await database.StringGetRangeAsync("text", 0, 2));
        say(await database.StringIncrementAsync("count", 5));
        say(await database.StringIncrementAsync("share", 0.25));
        say(await database.StringSetAsync("text", "never", when: When.NotExists));
        say((await database.StringGetAsync("absent")).IsNull);
        say(string.Join(",", await database.StringGetAsync(["text", "absent", "count"])));
        say(await database.KeyExpireAsync("text", TimeSpan.FromHours(1)));
        say((await database.StringGetWithExpiryAsync("text")).Expiry > TimeSpan.FromMinutes(59));
        using (var lease = await database.StringGetLeaseAsync("text"))
        {
            say(lease!.Length);
        }

        var large = new byte[3_000_000];
        new Random(1).NextBytes(large);
        say(await database.StringSetAsync("large", large));
        say(((byte[]?)await database.StringGetAsync("large")).AsSpan().SequenceEqual(large));

        // What blocks its caller goes the same ways inside.
        say(database.StringGet("text"));
        say(database.KeyDelete("text"));
    }

    private static async Task Hashes(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        await database.HashSetAsync("hash", [new("a", 1), new("b", "two"), new("c", 3.5)]);
        say(await database.HashGetAsync("hash", "b"));
        say(await database.HashIncrementAsync("hash", "a", 41));
        say(await database.HashLengthAsync("hash"));
        say(string.Join(",", await database.HashGetAllAsync("hash")));
        say(await database.HashDeleteAsync("hash", "b"));
        say(await database.HashExistsAsync("hash", "b"));
    }

    private static async Task Collections(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        say(await database.ListRightPushAsync("list", ["a", "b", "c", "d"]));
        say(await database.ListLeftPopAsync("list"));
        say(string.Join(",", await database.ListRangeAsync("list")));
        say(await database.SetAddAsync("set", ["x", "y", "x"]));
        say(string.Join(",", (await database.SetMembersAsync("set")).Order()));
        say(await database.SortedSetAddAsync("ranks", [new("low", 1), new("high", 9), new("middle", 5)]));
        say(string.Join(",", await database.SortedSetRangeByRankWithScoresAsync("ranks", order: Order.Descending)));
        say(await database.SortedSetRankAsync("ranks", "middle"));
        say(await database.HyperLogLogAddAsync("visits", ["p", "q"]));
        say(await database.GeoAddAsync("places", 13.4, 52.5, "Berlin"));
    }

    private static async Task Pipelines(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        say(string.Join(",", await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => database.StringIncrementAsync("pipelined")))));

        var batch = database.CreateBatch();
        var set = batch.StringSetAsync("batched", 1);
        var get = batch.StringGetAsync("batched");
        batch.Execute();
        say($"{await set} {await get}");
        await database.StringSetAsync("forgotten", 1, flags: CommandFlags.FireAndForget);
        say(await database.StringGetAsync("forgotten"));
    }

    private static async Task Transactions(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        var granted = database.CreateTransaction();
        granted.AddCondition(Condition.KeyNotExists("account"));
        var first = granted.StringSetAsync("account", 100);
        var second = granted.StringDecrementAsync("account", 30);
        say($"{await granted.ExecuteAsync()} {await first} {await second}");

        var refused = database.CreateTransaction();
        refused.AddCondition(Condition.StringEqual("account", 1));
        var never = refused.StringSetAsync("account", 0);
        say($"{await refused.ExecuteAsync()} {await Failure(never)} {await database.StringGetAsync("account")}");
    }

    private static async Task Scripts(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        say(await database.ScriptEvaluateAsync("return {KEYS[1], ARGV[1], 7}", ["k"], ["v"]));
        say((string?)(await database.ScriptEvaluateAsync("return {KEYS[1], ARGV[1], 7}", ["k"], ["v"]))[1]);
        say(await database.ScriptEvaluateAsync(LuaScript.Prepare("return @left .. @right"), new { left = "a", right = "b" }));
        await database.ExecuteAsync("SCRIPT", "FLUSH");
        say((string?)(await database.ScriptEvaluateAsync("return {KEYS[1], ARGV[1], 7}", ["k"], ["v"]))[0]);
        say(await Failure(database.ScriptEvaluateAsync("return redis.error_reply('no')")));
    }

    private static async Task Scans(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        await Task.WhenAll(Enumerable.Range(0, 600).Select(number => database.StringSetAsync($"scanned:{number}", number)));
        await database.SetAddAsync("many", [.. Enumerable.Range(0, 700).Select(number => (RedisValue)number)]);

        var keys = new List<string>();
        await foreach (var key in connection.GetServers()[0].KeysAsync(pattern: "scanned:*", pageSize: 50))
        {
            keys.Add(key.ToString());
        }

        say(string.Join(",", keys.Distinct().Order(StringComparer.Ordinal)));

        // Left before its end.
        var members = 0;
        await foreach (var member in database.SetScanAsync("many", pageSize: 20))
        {
            if (++members == 30)
            {
                break;
            }
        }

        say(members);
        say(await database.HashScanAsync("hash").CountAsync());
        say(database.SetScan("many", pageSize: 100).Distinct().Count());
    }

    private static async Task Streams(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        say(await database.StreamAddAsync("stream", "field", "first", "1-1"));
        say(await database.StreamAddAsync("stream", "field", "second", "2-1"));
        say(await database.StreamCreateConsumerGroupAsync("stream", "group", "0-0"));
        say(string.Join(
            ",", (await database.StreamReadGroupAsync("stream", "group", "me", ">")).Select(entry => $"{entry.Id}={entry["field"]}")));
        say(await database.StreamAcknowledgeAsync("stream", "group", ["1-1", "2-1"]));
    }

    private static async Task Messages(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        var subscriber = connection.GetSubscriber();
        var queue = await subscriber.SubscribeAsync(RedisChannel.Literal("news"));
        for (var number = 0; number < 100; number++)
        {
            await database.PublishAsync(RedisChannel.Literal("news"), number);
        }

        for (var number = 0; number < 100; number++)
        {
            say((await queue.ReadAsync()).Message);
        }

        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await subscriber.SubscribeAsync(RedisChannel.Pattern("w*"), (channel, message) => heard.TrySetResult($"{channel} {message}"));
        say(await database.PublishAsync(RedisChannel.Literal("weather"), "sun"));
        say(await heard.Task);
        await subscriber.UnsubscribeAllAsync();
        say(await database.PublishAsync(RedisChannel.Literal("news"), "nobody listens"));
    }

    private static async Task Failures(IConnectionMultiplexer connection, IDatabase database, Action<object?> say)
    {
        say(await Failure(database.HashGetAsync("count", "field")));
        say(await Failure(database.ExecuteAsync("NOSUCH")));
        say(await Failure(database.StringIncrementAsync("large")));
        var nowhere = new ConfigurationOptions { EndPoints = { "!/nowhere/redis" }, ConnectRetry = 0, ConnectTimeout = 100 };
        say(await Failure(ConnectionMultiplexer.ConnectAsync(nowhere)));
    }

    private static async Task<string> Failure(Task task)
    {
        try
        {
            await task;
            return "no failure";
        }
#pragma warning disable CA1031 // Whatever it is, it is the answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return $"{exception.GetType().Name} {exception.Message.Split(Environment.NewLine)[0].Split(" (")[0]}";
        }
    }
}
