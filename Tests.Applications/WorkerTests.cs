using StackExchange.Redis;
using Tests.Assemblies;
using Tests.Signals;

namespace Tests.Applications;

/// <summary>Samples/Applications/Worker, on a Redis of the test's own.</summary>
[Platform(Exclude = "Win", Reason = Tests.Signals.Signals.NotOnWindows)]
internal sealed class WorkerTests
{
    private RedisServer _server = null!;
    private ConnectionMultiplexer _redis = null!;

    private IDatabase Database => _redis.GetDatabase();

    [SetUp]
    public async Task SetUp()
    {
        _server = await RedisServer.Start();
        _redis = await ConnectionMultiplexer.ConnectAsync(_server.Endpoint);
    }

    [TearDown]
    public async Task TearDown()
    {
        if (_server is not null)
        {
            await _redis.DisposeAsync();
            await _server.DisposeAsync();
        }
    }

    [Test]
    public async Task orders_are_handled_and_those_that_are_none_are_refused()
    {
        await Order("12");
        await Order("nothing");
        await Order("30");
        await using var worker = Start();
        await worker.Until("2 orders handled, 1 refused, turnover 42");
        worker.Send(Signal.TERM);
        Assert.That(await worker.Exit(), Is.Zero, worker.ToString());
        Assert.That((string?)(await Database.StreamRangeAsync("orders:refused")).Single()["reason"], Is.EqualTo("The amount is no number."));
    }

    [Test]
    public async Task what_a_worker_has_taken_is_done_before_it_stops_and_nothing_is_done_twice()
    {
        for (var i = 0; i < 40; i++)
        {
            await Order("1", isSlow: true);
        }

        await using (var first = Start())
        {
            await first.Until("handled");
            first.Send(Signal.TERM);
            Assert.That(await first.Exit(), Is.Zero, first.ToString());
        }

        Assert.That((await Database.StreamPendingAsync("orders", "workers")).PendingMessageCount, Is.Zero);
        await using var second = Start();
        await second.Until("40 orders handled, 0 refused, turnover 40");
    }

    [Test]
    public async Task a_paused_worker_handles_nothing_until_it_is_resumed()
    {
        await using var worker = Start();
        await Order("1");
        await worker.Until("1 orders handled");
        worker.Send(Signal.USR1);
        await worker.Until("Paused");
        await Order("2");
        worker.Send(Signal.USR2);
        await worker.Until("2 orders handled, 0 refused, turnover 3");
    }

    [Test]
    public async Task an_order_that_is_cancelled_is_put_back_and_the_worker_goes_on()
    {
        await using var worker = Start();
        await Order("1");
        await worker.Until("1 orders handled");
        worker.Send(Signal.USR1);
        await worker.Until("Paused");
        await Order("2");
        await worker.Cancel("*.Intake.Handle");
        await worker.Until("is put back");
        worker.Send(Signal.USR2);
        await Order("3");
        await worker.Until("2 orders handled, 0 refused, turnover 4");
    }

    [Test]
    public async Task a_worker_that_is_killed_loses_nothing()
    {
        for (var i = 0; i < 20; i++)
        {
            await Order("1", isSlow: true);
        }

        await using (var first = Start())
        {
            await first.Until("handled");
        }

        await using var second = Start();
        await second.Until("20 orders handled, 0 refused, turnover 20");
    }

    [Test]
    public async Task without_a_server_it_says_what_to_do()
    {
        await using var worker = Application.Start(
            "Worker", new Dictionary<string, string> { ["ConnectionStrings__Redis"] = "!/nowhere,connectTimeout=200,connectRetry=0" });
        Assert.That(await worker.Exit(), Is.EqualTo(2));
        Assert.That(worker.Errors, Has.Some.Contains("start redis-server"));
    }

    private Application Start() =>
        Application.Start("Worker", new Dictionary<string, string> { ["ConnectionStrings__Redis"] = _server.Endpoint });

    private Task<RedisValue> Order(string amount, bool isSlow = false) => Database.StreamAddAsync(
        "orders", isSlow ? [new("amount", amount), new("slow", "yes")] : [new("amount", amount)]);
}
