using Sitters;

namespace Tests.Assemblies;

/// <summary>StackExchange.Redis with everything in it sat, at work with a real server.</summary>
[NonParallelizable]
internal sealed class WovenRedisTests
{
    private const string Script = "return redis.call('INCR', 'count')";

    private RedisServer _server = null!;

    private static SitContext? Evaluating => Sitter.ActiveCalls.FirstOrDefault(IsEvaluation);

    [SetUp]
    public async Task StartServer() => _server = await RedisServer.Start();

    [TearDown]
    public async Task StopServer()
    {
        Sitter.Resume();

        // Where connecting fails, the client goes on waiting for a connection that never comes.
        Sitter.Cancel();
        await Sitter.WhenIdle();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Test]
    public async Task answers_as_the_unwoven_does()
    {
        var unwoven = await RedisClient.Unwoven.Answers(_server);
        var woven = await RedisClient.Woven.Answers(_server);

        Assert.That(unwoven, Has.Count.GreaterThan(150));
        Assert.That(woven, Is.EqualTo(unwoven));
    }

    [Test]
    public async Task leaves_no_call_active_once_it_is_closed()
    {
        await using (var woven = await RedisClient.Woven.Open(_server))
        {
            await woven.Evaluate(Script);

            // It reads what the server sends for as long as it is connected.
            Assert.That(Sitter.ActiveCalls, Is.Not.Empty);
        }

        await Sitter.WhenIdle();
    }

    [Test]
    public async Task pauses_where_it_awaits_the_answer()
    {
        await using var woven = await RedisClient.Woven.Open(_server);
        await using var server = await HoldWrites();
        var script = woven.Evaluate(Script);
        await Until(() => Evaluating is not null);

        Sitter.Pause(IsEvaluation);
        await server.Execute("CLIENT", "UNPAUSE");
        await Until(async () => await server.Execute("GET", "count") == "1");
        await woven.Execute("PING");

        Assert.That(script.IsCompleted, Is.False);
        Assert.That(Evaluating!.State, Is.EqualTo(SitState.Paused));
        Sitter.Resume(IsEvaluation);
        Assert.That(await script, Is.EqualTo("1"));
    }

    [Test]
    public async Task cancels_where_it_awaits_the_answer_and_stays_in_step_with_the_server()
    {
        await using var woven = await RedisClient.Woven.Open(_server);
        await using var server = await HoldWrites();
        var script = woven.Evaluate(Script);
        await Until(() => Evaluating is not null);

        Sitter.Cancel(IsEvaluation);
        await Assert.CatchAsync<OperationCanceledException>(() => script);
        await server.Execute("CLIENT", "UNPAUSE");

        Assert.That(await woven.Execute("ECHO", "next"), Is.EqualTo("next"));
        Assert.That(await woven.Evaluate(Script), Is.EqualTo("2"));
    }

    [Test]
    public async Task restarts_where_it_awaits_the_answer()
    {
        await using var woven = await RedisClient.Woven.Open(_server);
        await using var server = await HoldWrites();
        var script = woven.Evaluate(Script);
        await Until(() => Evaluating is not null);
        var call = Evaluating!;

        Sitter.Restart(IsEvaluation);
        await Until(() => call.Restarts == 1 && call.State == SitState.Running);
        await server.Execute("CLIENT", "UNPAUSE");

        Assert.That(await script, Is.EqualTo("2"), "the first run's answer was left behind");
    }

    private static bool IsEvaluation(SitContext call) => call.Name == "ScriptEvaluateAsync";

    /// <summary>A connection that has the server hold up all writes, scripts among them.</summary>
    private async Task<RedisConnection> HoldWrites()
    {
        var connection = await RedisClient.Unwoven.Open(_server);
        await connection.Execute("CLIENT", "PAUSE", "600000", "WRITE");
        return connection;
    }

    private static Task Until(Func<bool> isSo) => Until(() => Task.FromResult(isSo()));

    private static async Task Until(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(1);
        }
    }
}
