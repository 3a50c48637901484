using Grains;
using Samples.Examples;
using Sitters;

namespace Tests.Applications.Orleans;

/// <summary>Sat methods of grains in a real silo. A grain says where it runs other than in a turn: here it never does.</summary>
internal sealed class GrainTests : ControllerFixture
{
    private const string NoCall = "no call, RequestContext: Trace";

    private readonly Silo _silo = new();

    [OneTimeSetUp]
    public Task StartSilo() => _silo.Start();

    [OneTimeTearDown]
    public async Task StopSilo() => await _silo.DisposeAsync();

    [SetUp]
    public void SetUp()
    {
        _silo.Stage = Stage;
        RequestContext.Set(TurnGrain.Trace, "test");
    }

    [TearDown]
    public async Task TearDown()
    {
        // A client may have its answer before the call in the silo is over.
        Sitter.Resume("Grains.*");
        await Sitter.WhenIdle().InTime();
    }

    [Test]
    public async Task a_call_runs_in_turns()
    {
        Stage.OpenForGood("work", "more", "cleanup");

        await Ends(_silo.Get<IWorker>().Work(), "done",
            "startup, startup ended, body, work, more, finally, cleaned up, completion, completion ended");
    }

    [Test]
    public async Task a_retry_is_a_turn()
    {
        Stage.OpenForGood("cleanup", "more");
        var call = _silo.Get<IWorker>().Work();
        await Stage.Reached("work");
        Stage.Fail("work", new InvalidOperationException("once"));
        Stage.OpenForGood("work");

        await Ends(call, "done",
            "startup, startup ended, body, finally, cleaned up, retry, retry ended, "
            + "body, work, more, finally, cleaned up, completion, completion ended");
    }

    [Test]
    public async Task an_attempt_is_a_turn_also_after_one_that_left_its_own()
    {
        var call = _silo.Get<IWorker>().Leaves();
        await Stage.Reached("work");
        Stage.Fail("work", new InvalidOperationException("once"));
        Stage.OpenForGood("work");

        await Ends(call, "done", "startup, startup ended, body, retry, retry ended, body, completion, completion ended");
    }

    [Test]
    public async Task an_exception_of_the_last_attempt_comes_to_the_client_after_its_hooks()
    {
        var call = _silo.Get<IWorker>().Leaves();
        await Stage.Reached("work");
        Stage.Fail("work", new InvalidOperationException("once"));
        await Stage.Reached("work", 2);
        Stage.Fail("work", new InvalidOperationException("twice"));

        Assert.That((await Failure<InvalidOperationException>(call)).Message, Is.EqualTo("twice"));
        Assert.That(Stage.Story, Is.EqualTo("startup, startup ended, body, retry, retry ended, body, exception, exception ended"));
    }

    [Test]
    public async Task a_paused_call_goes_on_in_a_turn()
    {
        var call = _silo.Get<IWorker>().Work();
        await Stage.Reached("work");
        Sitter.Pause("Grains.*");
        await Stage.Said("pause ended");
        Stage.OpenForGood("work", "more", "cleanup");
        await Sitter.WhenPaused().InTime();
        Assert.That(Stage.Story, Is.EqualTo("startup, startup ended, body, pause, pause ended"));

        Sitter.Resume("Grains.*");
        Assert.That(await call.InTime(), Is.EqualTo("done"));
        Assert.That(Stage.Lines.Except(["resume", "resume ended"]), Is.EqualTo(
            [
                "startup", "startup ended", "body", "pause", "pause ended",
                "work", "more", "finally", "cleaned up", "completion", "completion ended",
            ]));
    }

    [Test]
    public async Task a_restarted_call_begins_again_in_a_turn()
    {
        var call = _silo.Get<IWorker>().Work();
        await Stage.Reached("work");
        Call("Work").Restart();
        await Stage.Reached("cleanup");
        Stage.OpenForGood("work", "more", "cleanup");

        await Ends(call, "done",
            "startup, startup ended, body, finally, cleaned up, restart, restart ended, "
            + "startup, startup ended, body, work, more, finally, cleaned up, completion, completion ended");
    }

    [Test]
    public async Task a_cancelled_call_cleans_up_in_turns_and_gives_its_client_no_result()
    {
        var call = _silo.Get<IWorker>().Work();
        await Stage.Reached("work");
        Call("Work").Cancel();
        Stage.OpenForGood("cleanup");

        await Ends(call, null, "startup, startup ended, body, finally, cleaned up, cancellation, cancellation ended");
    }

    [Test]
    public async Task a_call_that_times_out_cleans_up_in_turns()
    {
        var call = _silo.Get<IWorker>().Work();
        await Stage.Reached("work");
        Clock.Advance(60);
        Stage.OpenForGood("cleanup");

        await Ends(call, null, "startup, startup ended, body, finally, cleaned up, timeout, timeout ended");
    }

    [Test]
    public async Task a_timeout_of_a_value_comes_to_the_client_as_a_TimeoutException()
    {
        var call = _silo.Get<IWorker>().Value().AsTask();
        await Stage.Reached("work");
        Clock.Advance(60);

        Assert.That((await Failure<TimeoutException>(call)).Message, Is.EqualTo("The call of Grains.Worker.Value timed out after 60 s."));
        Assert.That(Stage.Story, Is.EqualTo("startup, startup ended, body, timeout, timeout ended"));
    }

    [Test]
    public async Task a_call_begins_again_in_a_turn_also_while_its_cleanup_hangs()
    {
        var call = _silo.Get<IWorker>().Hangs();
        await Stage.Reached("work");
        Call("Hangs").Restart();
        await Stage.Reached("cleanup");
        await Clock.WhenArmed(5);
        Clock.Advance(5);
        await Stage.Reached("work", 2);
        Stage.OpenForGood("cleanup", "work");

        Assert.That(await call.InTime(), Is.EqualTo("done"));
        Assert.That(Stage.Lines, Has.None.Contains(","));
    }

    [Test]
    public async Task a_clients_token_cancels_a_call_in_a_turn()
    {
        using var source = new CancellationTokenSource();
        var call = _silo.Get<IWorker>().Cancellable(source.Token);
        await Stage.Reached("work");
        await source.CancelAsync();
        await Failure<OperationCanceledException>(call);
        await Stage.Said("cancellation ended");

        Assert.That(Stage.Story, Is.EqualTo("startup, startup ended, finally True, cancellation, cancellation ended"));
    }

    [Test]
    public async Task an_interrupt_reaches_the_grain_that_a_call_waits_for_by_the_token()
    {
        var call = _silo.Get<IWorker>().CallsCancellable(_silo.Get<IWorker>());
        await Stage.Reached("work");
        var inner = Call("Cancellable");
        Assert.That(inner.Parent, Is.Null);
        Call("CallsCancellable").Cancel();

        Assert.That(await call.InTime(), Is.Null);
        await Stage.Said("cancellation ended", 2);
        Assert.That(inner.Interrupt, Is.EqualTo(SitInterrupt.CallerCancel));
        Assert.That(Stage.Lines, Has.One.EqualTo("finally True").And.None.Contains(","));
    }

    [Test]
    public async Task a_client_that_gives_up_waiting_leaves_the_call_alone()
    {
        await Failure<TimeoutException>(_silo.Get<IWorker>().Impatient());

        Stage.OpenForGood("work");
        await Stage.Said("completion ended");
        Assert.That(Stage.Story, Is.EqualTo("startup, startup ended, work, completion, completion ended"));
    }

    [Test]
    public async Task a_client_that_cancels_what_it_gives_up_waiting_for_cancels_a_call_that_takes_a_token()
    {
        await Failure<TimeoutException>(_silo.Get<IWorker>().ImpatientCancellable());

        await Stage.Said("cancellation ended");
        Assert.That(Stage.Story, Is.EqualTo("startup, startup ended, finally True, cancellation, cancellation ended"));
    }

    [Test]
    public async Task a_value_comes_to_the_client()
    {
        Stage.OpenForGood("work");

        await Ends(_silo.Get<IWorker>().Value().AsTask(), 7, "startup, startup ended, body, work, completion, completion ended");
    }

    [Test]
    public async Task a_stream_runs_in_turns()
    {
        Stage.OpenForGood("step 1", "step 2", "step 3");

        Assert.That(await All(_silo.Get<IWorker>().Count()).InTime(), Is.EqualTo([1, 2, 3]));
        Assert.That(Stage.Story, Is.EqualTo("startup, startup ended, step 1, step 2, step 3, finally, completion, completion ended"));
    }

    [Test]
    public async Task a_paused_stream_goes_on_in_turns()
    {
        var all = All(_silo.Get<IWorker>().Count());
        await Stage.Reached("step 1");
        Sitter.Pause("Grains.*");
        await Stage.Said("pause ended");
        Stage.OpenForGood("step 1", "step 2", "step 3");
        await Sitter.WhenPaused().InTime();
        Sitter.Resume("Grains.*");

        Assert.That(await all.InTime(), Is.EqualTo([1, 2, 3]));
        Assert.That(Stage.Lines, Has.One.EqualTo("step 3").And.None.Contains(","));
    }

    [Test]
    public async Task a_cancelled_stream_cleans_up_in_turns()
    {
        var all = All(_silo.Get<IWorker>().Count());
        Stage.OpenForGood("step 1");
        await Stage.Reached("step 2");
        Call("Count").Cancel();

        await Failure<OperationCanceledException>(all);
        Assert.That(Stage.Story, Is.EqualTo("startup, startup ended, step 1, finally, cancellation, cancellation ended"));
    }

    [Test]
    public async Task the_callback_of_a_grains_timer_runs_in_turns()
    {
        await _silo.Get<IWorker>().StartTimer();
        await Stage.Reached("work");
        Call("Tick").Restart();
        await Stage.Reached("work", 2);
        Stage.OpenForGood("work");
        await Stage.Said("completion ended, without its RequestContext");

        string[] story =
        [
            "startup", "startup ended", "tick", "restart", "restart ended",
            "startup", "startup ended", "tick", "work", "completion", "completion ended",
        ];
        Assert.That(Stage.Lines, Is.EqualTo(story.Select(line => $"{line}, without its RequestContext")));
    }

    [Test]
    public async Task a_grain_is_deactivated_after_the_call_that_is_paused_in_it()
    {
        var grain = _silo.Get<IWorker>();
        var call = grain.Work();
        await Stage.Reached("work");
        Sitter.Pause("Grains.*");
        await Stage.Said("pause ended");
        var end = _silo.Deactivate(grain);
        Stage.OpenForGood("work", "more", "cleanup");
        await Sitter.WhenPaused().InTime();
        Assert.That(end.IsCompleted, Is.False);
        Sitter.Resume("Grains.*");

        Assert.That(await call.InTime(), Is.EqualTo("done"));
        await end.InTime();
        Assert.That(Stage.Lines, Has.One.EqualTo("completion ended").And.None.Contains(","));
    }

    [Test]
    public async Task a_call_of_a_client_does_not_travel_to_the_silo()
    {
        Stage.OpenForGood("not sat");

        Assert.That(await Caller.Call(_silo.Get<IWorker>()).InTime(), Is.EqualTo(NoCall));
    }

    [Test]
    public async Task what_a_call_asks_of_another_grain_is_not_inside_it()
    {
        Stage.OpenForGood("not sat");
        var inner = _silo.Get<IWorker>();
        var call = _silo.Get<IWorker>().Calls(inner);
        await Stage.Reached("called");
        Assert.That(await inner.NotSat().InTime(), Is.EqualTo(NoCall));
        Stage.OpenForGood("called");

        Assert.That(await call.InTime(), Is.EqualTo(NoCall));
    }

    [Test]
    public Task state_stays_whole_while_calls_are_paused_restarted_and_cancelled() => KeepsCount(_silo.Get<ICounter<int>>(), 30);

    [Test]
    public Task state_stays_whole_where_calls_take_turns() => KeepsCount(_silo.Get<IReentrantCounter<int>>(), 100);

    [Test]
    public async Task the_example_of_the_documentation_goes_on_with_what_is_missing()
    {
        var folder = Directory.CreateTempSubdirectory("sitters-grains-");
        try
        {
            string[] files = [Path.Combine(folder.FullName, "1"), Path.Combine(folder.FullName, "2")];
            await File.WriteAllTextAsync(files[0], "");
            var grain = _silo.Get<IImporter>();
            var call = grain.Import(files);
            await Clock.WhenArmed(1);
            Assert.That(await grain.CountImported(), Is.EqualTo(1));
            File.Move(files[0], files[1]);
            Clock.Advance(1);

            Assert.That(await call.InTime(), Is.EqualTo(2));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task KeepsCount(ICounter<int> counter, int calls)
    {
        var random = new Random(1);
        var all = Task.WhenAll(Enumerable.Range(0, calls).Select(i => counter.Count([.. Enumerable.Range(0, i % 5)])));
        for (var i = 0; i < 200 && !all.IsCompleted; i++)
        {
            switch (random.Next(4))
            {
                case 0:
                    Sitter.Pause("Grains.*");
                    break;
                case 1:
                    Sitter.Restart(_ => random.Next(5) == 0);
                    break;
                case 2:
                    Sitter.Cancel(_ => random.Next(20) == 0);
                    break;
                default:
                    Sitter.Resume("Grains.*");
                    break;
            }

            await Task.Delay(random.Next(3));
        }

        Sitter.Resume("Grains.*");
        var results = await all.InTime();
        await Sitter.WhenIdle().InTime();
        var report = await counter.Report().InTime();
        Assert.That(report.Wrong, Is.Empty);
        Assert.That(report.Counted, Is.EqualTo(report.Changes).And.GreaterThan(calls));
        Assert.That(results, Has.Some.True);
    }

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> stream)
    {
        var all = new List<T>();
        await foreach (var element in stream)
        {
            all.Add(element);
        }

        return all;
    }
}
