using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Concurrent calls with one key, which share one run.</summary>
internal sealed class SingleFlightTests : ControllerFixture
{
    [Test]
    public async Task concurrent_calls_with_one_key_run_once_with_one_set_of_hooks()
    {
        var subject = Set<Flights>();
        var calls = Enumerable.Range(0, 10).Select(_ => subject.Work(1, CancellationToken.None)).ToArray();

        Stage.OpenForGood("door");

        Assert.That(await Task.WhenAll(calls).InTime(), Is.All.EqualTo("result 1"));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "completion" }));
    }

    [Test]
    public async Task calls_on_many_threads_at_once_run_once()
    {
        var subject = Set<Flights>();
        using var start = new ManualResetEventSlim();
        var calls = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            start.Wait();
            return subject.Work(1, CancellationToken.None);
        })).ToArray();

        start.Set();
        Stage.OpenForGood("door");

        Assert.That(await Task.WhenAll(calls).InTime(), Is.All.EqualTo("result 1"));
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task calls_with_other_keys_run_beside_each_other()
    {
        var subject = Set<Flights>();
        var calls = new[] { subject.Work(1, default), subject.Work(2, default) };
        Assert.That(Stage.Count("body"), Is.EqualTo(2));

        Stage.OpenForGood("door");

        Assert.That(await Task.WhenAll(calls).InTime(), Is.EqualTo(new[] { "result 1", "result 2" }));
    }

    [Test]
    public async Task a_shared_failure_goes_to_every_caller_and_the_next_call_runs_anew()
    {
        var subject = Set<Flights>();
        var calls = new[] { subject.Fail(), subject.Fail(), subject.Fail() };

        Stage.OpenForGood("door");

        foreach (var call in calls)
        {
            Assert.That((await Failure<ArgumentException>(call)).Message, Is.EqualTo("shared"));
        }

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "exception ArgumentException" }));
        await Failure<ArgumentException>(subject.Fail());
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task a_failure_of_a_run_that_everybody_has_given_up_is_not_raised_as_unobserved()
    {
        var subject = Set<Flights>();

        var unobserved = await Unobserved.After(async () =>
        {
            using var source = new CancellationTokenSource();
            var call = subject.FailInCleanup(source.Token);
            await source.CancelAsync();
            await Failure<OperationCanceledException>(call);
        });

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "exception ArgumentException" }));
        Assert.That(unobserved, Is.Empty);
    }

    [Test]
    public async Task the_first_caller_may_give_up_and_the_others_get_their_result()
    {
        var subject = Set<Flights>();
        using var source = new CancellationTokenSource();
        var first = subject.Work(1, source.Token);
        var second = subject.Work(1, CancellationToken.None);

        await source.CancelAsync();

        Assert.That((await Failure<OperationCanceledException>(first)).CancellationToken, Is.EqualTo(source.Token));
        Assert.That(subject.Token.IsCancellationRequested, Is.False);
        Stage.OpenForGood("door");
        Assert.That(await second.InTime(), Is.EqualTo("result 1"));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "completion" }));
    }

    [Test]
    public async Task a_later_caller_may_give_up_and_the_first_gets_its_result()
    {
        var subject = Set<Flights>();
        using var source = new CancellationTokenSource();
        var first = subject.Work(1, CancellationToken.None);
        var second = subject.Work(1, source.Token);

        await source.CancelAsync();

        Assert.That((await Failure<OperationCanceledException>(second)).CancellationToken, Is.EqualTo(source.Token));
        Stage.OpenForGood("door");
        Assert.That(await first.InTime(), Is.EqualTo("result 1"));
    }

    [Test]
    public async Task when_the_last_caller_gives_up_the_run_is_interrupted_and_the_next_call_runs_anew()
    {
        var subject = Set<Flights>();
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();
        var first = subject.Work(1, one.Token);
        var second = subject.Work(1, two.Token);

        await one.CancelAsync();
        await Failure<OperationCanceledException>(first);
        Assert.That(Stage.Lines, Has.None.EqualTo("finally"));
        await two.CancelAsync();

        Assert.That((await Failure<OperationCanceledException>(second)).CancellationToken, Is.EqualTo(two.Token));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "cancellation" }));
        Stage.OpenForGood("door");
        Assert.That(await subject.Work(1, default).InTime(), Is.EqualTo("result 1"));
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task a_cancel_of_the_shared_run_reaches_every_caller()
    {
        var subject = Set<Flights>();
        var calls = new[] { subject.Work(1, default), subject.Work(1, default) };

        Sitter.Cancel();

        Assert.That(await Task.WhenAll(calls).InTime(), Is.All.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "cancellation" }));
    }

    [Test]
    public async Task a_cancel_of_the_shared_run_throws_to_every_caller_where_its_setting_says_so()
    {
        var subject = Set<Flights>();
        var calls = new[] { subject.OrThrow(), subject.OrThrow() };

        Sitter.Cancel();

        await Failure<OperationCanceledException>(calls[0]);
        await Failure<OperationCanceledException>(calls[1]);
        Assert.That(Stage.Count("cancellation"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_restart_of_the_shared_run_keeps_its_callers()
    {
        var subject = Set<Flights>();
        var calls = new[] { subject.Restarted(), subject.Restarted() };

        Sitter.Restart();

        Assert.That(await Task.WhenAll(calls).InTime(), Is.All.EqualTo(2));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "restart", "body" }));
    }

    [Test]
    public async Task a_call_that_is_cancelled_while_it_waits_for_a_shared_run_leaves_that_alone()
    {
        var subject = Set<Flights>();
        var outside = subject.Work(1, default);
        var inside = subject.Caller(1);

        Sitter.Cancel(call => call.Name.EndsWith("Caller", StringComparison.Ordinal));

        Assert.That(await inside.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
        Stage.OpenForGood("door");
        Assert.That(await outside.InTime(), Is.EqualTo("result 1"));
    }

    [Test]
    public async Task a_call_that_is_cancelled_takes_down_the_shared_run_that_no_other_call_waits_for()
    {
        var subject = Set<Flights>();
        var inside = subject.Caller(1);

        Sitter.Cancel(call => call.Name.EndsWith("Caller", StringComparison.Ordinal));

        Assert.That(await inside.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "cancellation", "cancellation" }));
    }

    [Test]
    public async Task a_call_with_a_cancelled_token_gives_up_at_once()
    {
        var subject = Set<Flights>();
        var first = subject.Work(1, CancellationToken.None);

        var second = subject.Work(1, new CancellationToken(true));

        await Failure<OperationCanceledException>(second);
        Stage.OpenForGood("door");
        Assert.That(await first.InTime(), Is.EqualTo("result 1"));
    }
}
