using AssemblyToProcess.Life;
using Sitters;
using Sitters.Runtime.Calls;

namespace Tests.Life;

/// <summary>What a call says of itself, and where it can be asked.</summary>
internal sealed class ContextTests : ControllerFixture
{
    [Test]
    public void outside_a_sat_call_there_is_none()
    {
        Assert.Multiple(() =>
        {
            Assert.That(SitContext.TryGetCurrent(out var context), Is.False);
            Assert.That(context, Is.Null);
            Assert.That(() => SitContext.Current, Throws.InvalidOperationException);
        });
    }

    [Test]
    public async Task after_a_sat_call_there_is_none()
    {
        await Set<Looking>().Give().InTime();
        Assert.That(SitContext.TryGetCurrent(out _), Is.False);

        await Set<Looking>().GiveAtOnce().InTime();
        Assert.That(SitContext.TryGetCurrent(out _), Is.False);
    }

    [Test]
    public async Task while_a_sat_call_runs_its_caller_is_outside()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();

        Assert.That(SitContext.TryGetCurrent(out _), Is.False);

        Stage.OpenForGood("door");
        await call.InTime();
    }

    [Test]
    public async Task the_name_is_the_methods_name()
    {
        Assert.That((await Set<Looking>().Give().InTime()).Name, Is.EqualTo("Give"));
    }

    [Test]
    public async Task each_call_has_an_id_of_its_own_that_stays()
    {
        var one = await Set<Looking>().Give().InTime();
        var other = await Set<Looking>().Give().InTime();
        var id = one.Id;

        Assert.Multiple(() =>
        {
            Assert.That(one.Id, Is.EqualTo(id));
            Assert.That(one.Id, Is.Not.EqualTo(Guid.Empty));
            Assert.That(one.Id, Is.Not.EqualTo(other.Id));
        });
    }

    [Test]
    public async Task callees_see_the_same_context_wherever_they_run()
    {
        var subject = Set<Looking>();

        await subject.InCallees().InTime();

        Assert.That(subject.Found, Has.Count.EqualTo(7));
        Assert.That(subject.Found.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task a_call_that_does_not_flow_is_seen_in_woven_code_only()
    {
        Assert.That(await Set<Looking>().WithoutFlow().InTime(), Is.EqualTo((true, true, false)));
    }

    [Test]
    public async Task start_and_stop_are_read_off_the_sitters_clock()
    {
        var subject = Set<Looking>();
        var before = Clock.GetUtcNow();
        var call = subject.Wait();
        Clock.Advance(5);
        Assert.That(subject.Kept!.StoppedAt, Is.Null);

        Stage.OpenForGood("door");
        await call.InTime();
        Clock.Advance(5);

        Assert.Multiple(() =>
        {
            Assert.That(subject.Kept.StartedAt, Is.EqualTo(before));
            Assert.That(subject.Kept.StoppedAt, Is.EqualTo(before.AddSeconds(5)));
        });
    }

    [Test]
    public async Task a_call_whose_context_is_first_asked_for_at_its_end_tells_that_moment()
    {
        var task = Set<Steered>().Load();
        var call = Controller.ActiveCalls(ControlDomain.Process).Single();
        Stage.Open("load");
        await task.InTime();

        var context = call.Context;
        var then = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(context.StoppedAt, Is.EqualTo(then));
    }

    [Test]
    public async Task a_start_that_is_first_asked_for_later_is_the_same()
    {
        var subject = Set<Looking>();
        var before = Clock.GetUtcNow();
        var call = subject.Wait();
        Clock.Advance(5);

        Assert.That(subject.Kept!.StartedAt, Is.EqualTo(before));

        Stage.OpenForGood("door");
        await call.InTime();
    }

    [Test]
    public async Task the_result_is_there_after_the_end()
    {
        var subject = Set<Looking>();
        var result = new object();

        await subject.Produce(result).InTime();

        Assert.That(subject.Kept!.Result, Is.SameAs(result));
        Assert.That(subject.Kept.State, Is.EqualTo(SitState.Completed));
    }

    [Test]
    public async Task a_method_without_result_has_none()
    {
        var subject = Set<Looking>();

        await subject.ProduceNothing().InTime();

        Assert.That(subject.Kept!.Result, Is.Null);
        Assert.That(subject.Kept.State, Is.EqualTo(SitState.Completed));
    }

    [Test]
    public async Task a_call_that_completes_is_running_then_completed()
    {
        var subject = Set<Looking>();
        Stage.OpenForGood("door");

        await subject.Live(fails: false).InTime();

        Assert.That(subject.Seen, Is.EqualTo(new[] { SitState.Running, SitState.Running, SitState.Completed }));
    }

    [Test]
    public async Task a_call_that_fails_is_running_then_failed()
    {
        var subject = Set<Looking>();
        Stage.OpenForGood("door");

        await Failure<ArgumentException>(subject.Live(fails: true));

        Assert.That(subject.Seen, Is.EqualTo(new[] { SitState.Running, SitState.Running, SitState.Failed }));
    }

    [Test]
    public async Task a_call_out_of_time_is_running_then_timed_out()
    {
        var subject = Set<Looking>();
        var call = subject.Live(fails: false);

        Clock.Advance(5);
        await call.InTime();

        Assert.That(subject.Seen, Is.EqualTo(new[] { SitState.Running, SitState.Running, SitState.TimedOut }));
    }

    [Test]
    public async Task a_cancelled_call_is_running_then_cancelled()
    {
        var subject = Set<Looking>();
        var call = subject.Live(fails: false);

        Sitter.Cancel();
        await call.InTime();

        Assert.That(subject.Seen, Is.EqualTo(new[] { SitState.Running, SitState.Running, SitState.Cancelled }));
    }

    [Test]
    public async Task a_restarted_call_is_restarting_then_running_again()
    {
        var subject = Set<Looking>();
        var call = subject.Live(fails: false);

        Sitter.Restart();
        await Stage.Reached("door", 2);
        Stage.OpenForGood("door");
        await call.InTime();

        Assert.That(subject.Seen, Is.EqualTo(new[]
        {
            SitState.Running, SitState.Running, SitState.Restarting, SitState.Running, SitState.Running, SitState.Completed,
        }));
    }

    [Test]
    public async Task a_paused_call_is_paused_then_running_again()
    {
        var subject = Set<Looking>();
        var call = subject.Wait();

        Sitter.Pause();
        Assert.That(subject.Kept!.State, Is.EqualTo(SitState.Paused));
        Sitter.Resume();
        Assert.That(subject.Kept.State, Is.EqualTo(SitState.Running));

        Stage.OpenForGood("door");
        await call.InTime();
    }

    [Test]
    public async Task a_call_that_waits_to_begin_is_pending()
    {
        var subject = Set<Looking>();
        Sitter.Pause();
        var call = subject.Wait();

        var active = Sitter.ActiveCalls;
        var state = active.Single().State;
        Stage.OpenForGood("door");
        Sitter.Resume();
        await call.InTime();

        Assert.That(state, Is.EqualTo(SitState.Pending));
        Assert.That(active.Single(), Is.SameAs(subject.Kept));
    }

    [Test]
    public async Task each_start_has_a_token_of_its_own()
    {
        var subject = Set<Looking>();
        var call = subject.Tokens();

        Sitter.Restart();
        var tokens = await call.InTime();

        Assert.That(tokens[0].IsCancellationRequested);
        Assert.That(tokens[1].IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task the_token_of_a_call_that_completed_does_not_fire()
    {
        var token = await Set<Looking>().GiveToken().InTime();

        Sitter.Cancel();

        Assert.That(token.IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task it_reads_well_in_a_log()
    {
        var context = await Set<Looking>().Give().InTime();

        Assert.That(context.ToString(), Is.EqualTo("Give (Completed)"));
    }

    [Test]
    public async Task the_context_has_the_timeout_exception_that_the_caller_gets_before_the_hooks_see_it()
    {
        var call = Set<Looking>().TimesOutLoudly();

        Clock.Advance(1);

        await Failure<TimeoutException>(call);
        Assert.That(Stage.Story, Is.EqualTo("timeout TimeoutException"));
    }

    [Test]
    public async Task the_context_is_found_after_an_await_although_the_flow_was_suppressed_at_the_call()
    {
        var subject = Set<Looking>();
        Task<SitContext?> call;
        using (ExecutionContext.SuppressFlow())
        {
            call = subject.LookAfterAwait();
        }

        Stage.Open("door");

        Assert.That((await call.InTime())?.Name, Is.EqualTo("LookAfterAwait"));
    }
}
