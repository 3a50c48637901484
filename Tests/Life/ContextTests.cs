using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>What a call says of itself, and where it can be asked.</summary>
internal sealed class ContextTests : LifeFixture
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
        await Outcome(new Looking().Give());
        Assert.That(SitContext.TryGetCurrent(out _), Is.False);

        await Outcome(new Looking().GiveAtOnce());
        Assert.That(SitContext.TryGetCurrent(out _), Is.False);
    }

    [Test]
    public async Task while_a_sat_call_runs_its_caller_is_outside()
    {
        var subject = new Controlled();
        var call = subject.Work();

        Assert.That(SitContext.TryGetCurrent(out _), Is.False);

        subject.Door.SetResult();
        await Outcome(call);
    }

    [Test]
    public async Task the_name_is_the_methods_name()
    {
        Assert.That((await Outcome(new Looking().Give())).Name, Is.EqualTo("Give"));
    }

    [Test]
    public async Task each_call_has_an_id_of_its_own_that_stays()
    {
        var one = await Outcome(new Looking().Give());
        var other = await Outcome(new Looking().Give());
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
        var subject = new Looking();

        await Outcome(subject.InCallees());

        Assert.That(subject.Found, Has.Count.EqualTo(7));
        Assert.That(subject.Found.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task a_call_that_does_not_flow_is_seen_in_woven_code_only()
    {
        Assert.That(await Outcome(new Looking().WithoutFlow()), Is.EqualTo((true, true, false)));
    }

    [Test]
    public async Task start_and_stop_are_told_by_the_sitters_clock()
    {
        var subject = new Looking();
        var before = Clock.GetUtcNow();
        var call = subject.Wait();
        Clock.Advance(5);
        Assert.That(subject.Kept!.StoppedAt, Is.Null);

        subject.Door.SetResult();
        await Outcome(call);
        Clock.Advance(5);

        Assert.Multiple(() =>
        {
            Assert.That(subject.Kept.StartedAt, Is.EqualTo(before));
            Assert.That(subject.Kept.StoppedAt, Is.EqualTo(before.AddSeconds(5)));
        });
    }

    [Test]
    public async Task a_start_that_is_first_asked_for_later_is_the_same()
    {
        var subject = new Looking();
        var before = Clock.GetUtcNow();
        var call = subject.Wait();
        Clock.Advance(5);

        Assert.That(subject.Kept!.StartedAt, Is.EqualTo(before));

        subject.Door.SetResult();
        await Outcome(call);
    }

    [Test]
    public async Task the_result_is_there_after_the_end()
    {
        var subject = new Looking();
        var result = new object();

        await Outcome(subject.Produce(result));

        Assert.That(subject.Kept!.Result, Is.SameAs(result));
        Assert.That(subject.Kept.State, Is.EqualTo(SitState.Completed));
    }

    [Test]
    public async Task a_method_without_result_has_none()
    {
        var subject = new Looking();

        await Outcome(subject.ProduceNothing());

        Assert.That(subject.Kept!.Result, Is.Null);
        Assert.That(subject.Kept.State, Is.EqualTo(SitState.Completed));
    }

    [Test]
    public async Task a_call_that_completes_is_running_then_completed()
    {
        var subject = new Looking();
        subject.Door.SetResult();

        await Outcome(subject.Live(fails: false));

        Assert.That(subject.Seen, Is.EqualTo(new[] { SitState.Running, SitState.Running, SitState.Completed }));
    }

    [Test]
    public async Task a_call_that_fails_is_running_then_failed()
    {
        var subject = new Looking();
        subject.Door.SetResult();

        await Failure<ArgumentException>(subject.Live(fails: true));

        Assert.That(subject.Seen, Is.EqualTo(new[] { SitState.Running, SitState.Running, SitState.Failed }));
    }

    [Test]
    public async Task a_call_out_of_time_is_running_then_timed_out()
    {
        var subject = new Looking();
        var call = subject.Live(fails: false);

        Clock.Advance(5);
        await Outcome(call);

        Assert.That(subject.Seen, Is.EqualTo(new[] { SitState.Running, SitState.Running, SitState.TimedOut }));
    }

    [Test]
    public async Task a_cancelled_call_is_running_then_cancelled()
    {
        var subject = new Looking();
        var call = subject.Live(fails: false);

        Sitter.Cancel();
        await Outcome(call);

        Assert.That(subject.Seen, Is.EqualTo(new[] { SitState.Running, SitState.Running, SitState.Cancelled }));
    }

    [Test]
    public async Task a_restarted_call_is_restarting_then_running_again()
    {
        var subject = new Looking();
        var call = subject.Live(fails: false);

        subject.Door = new TaskCompletionSource();
        subject.Door.SetResult();
        Sitter.Restart();
        await Outcome(call);

        Assert.That(subject.Seen, Is.EqualTo(new[]
        {
            SitState.Running, SitState.Running, SitState.Restarting, SitState.Running, SitState.Running, SitState.Completed,
        }));
    }

    [Test]
    public async Task a_paused_call_is_paused_then_running_again()
    {
        var subject = new Looking();
        var call = subject.Wait();

        Sitter.Pause();
        Assert.That(subject.Kept!.State, Is.EqualTo(SitState.Paused));
        Sitter.Resume();
        Assert.That(subject.Kept.State, Is.EqualTo(SitState.Running));

        subject.Door.SetResult();
        await Outcome(call);
    }

    [Test]
    public async Task a_call_that_waits_to_begin_is_pending()
    {
        var subject = new Looking();
        Sitter.Pause();
        var call = subject.Wait();

        var active = Sitter.ActiveCalls;
        var state = active.Single().State;
        subject.Door.SetResult();
        Sitter.Resume();
        await Outcome(call);

        Assert.That(state, Is.EqualTo(SitState.Pending));
        Assert.That(active.Single(), Is.SameAs(subject.Kept));
    }

    [Test]
    public async Task each_start_has_a_token_of_its_own()
    {
        var subject = new Looking();
        var call = subject.Tokens();

        Sitter.Restart();
        var tokens = await Outcome(call);

        Assert.That(tokens[0].IsCancellationRequested);
        Assert.That(tokens[1].IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task the_token_of_a_call_that_completed_does_not_fire()
    {
        var token = await Outcome(new Looking().GiveToken());

        Sitter.Cancel();

        Assert.That(token.IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task it_reads_well_in_a_log()
    {
        var context = await Outcome(new Looking().Give());

        Assert.That(context.ToString(), Is.EqualTo("Give (Completed)"));
    }
}
