using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Calls that stand still and go on, and the time that stands still with them.</summary>
internal sealed class PauseAndTimeTests : ControllerFixture
{
    [Test]
    public async Task a_paused_call_does_not_run_past_its_await_and_goes_on_where_it_stood()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();

        Sitter.Pause();
        Assert.That(Sitter.IsPaused);
        Stage.OpenForGood("door");
        Assert.That(Stage.Lines.Where(line => line != "pause"), Is.EqualTo(new[] { "startup", "body" }));
        Sitter.Resume();

        Assert.That(Sitter.IsPaused, Is.False);
        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines.Where(line => line is not ("pause" or "resume")), Is.EqualTo(
            new[] { "startup", "body", "after", "finally", "completion" }));
        Assert.That(Stage.Count("pause"), Is.EqualTo(1));
        Assert.That(Stage.Count("resume"), Is.EqualTo(1));
    }

    [Test]
    public async Task an_await_that_has_completed_already_stands_still_too()
    {
        var subject = Set<Controlled>();
        var call = subject.TwoStops();
        Stage.OpenForGood("cleanup");

        Sitter.Pause();
        Stage.OpenForGood("door");
        Assert.That(Stage.Count("between"), Is.Zero);
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task busy_code_stands_still_at_its_next_await()
    {
        var subject = Set<Controlled>();
        var call = subject.BusyThenAwait();
        await Stage.Said("busy");

        Sitter.Pause();
        subject.Busy.Set();
        await Stage.Said("after busy");
        Assert.That(Stage.Count("after"), Is.Zero);
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task every_call_is_paused_not_only_the_newest()
    {
        var calls = Enumerable.Range(0, 5).Select(_ => Set<Controlled>().Work()).ToList();

        Sitter.Pause();
        Stage.OpenForGood("door");
        Assert.That(Stage.Count("after"), Is.Zero);
        Sitter.Resume();

        Assert.That(await Task.WhenAll(calls).InTime(), Is.All.EqualTo(5));
    }

    [Test]
    public async Task a_call_that_does_not_flow_is_paused_too()
    {
        var subject = Set<Controlled>();
        var call = subject.WithoutFlow();

        Sitter.Pause();
        Stage.OpenForGood("door");
        Assert.That(Stage.Count("finally"), Is.Zero);
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task further_pauses_change_nothing_and_one_resume_resumes()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();

        Sitter.Pause();
        Sitter.Pause();
        Sitter.Pause();
        Sitter.Resume();
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Count("startup"), Is.EqualTo(1));
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
        Assert.That(Stage.Count("pause"), Is.EqualTo(1));
        Assert.That(Stage.Count("resume"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_resume_without_a_pause_changes_nothing()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();

        Sitter.Resume();
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Count("resume"), Is.Zero);
    }

    [Test]
    public async Task pause_and_resume_in_quick_succession_do_not_hang()
    {
        var subject = Set<Controlled>();
        var call = subject.TwoStops();

        for (var i = 0; i < 100; i++)
        {
            Sitter.Pause();
            Sitter.Resume();
            if (i == 50)
            {
                Stage.OpenForGood("door");
            }
        }

        Stage.OpenForGood("cleanup");
        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Count("pause"), Is.EqualTo(100));
        Assert.That(Stage.Count("resume"), Is.EqualTo(100));
    }

    [Test]
    public async Task a_second_pause_before_the_method_has_gone_on_holds_it_again()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();
        Sitter.Pause();
        Stage.OpenForGood("door");

        Sitter.Resume();
        Sitter.Pause();
        var after = Stage.Count("after");
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(after, Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task a_call_that_begins_while_paused_waits_before_its_startup_hooks()
    {
        var subject = Set<Controlled>();
        Stage.OpenForGood("door");
        Sitter.Pause();

        var call = subject.Work();
        Assert.That(Stage.Lines, Is.Empty);
        Assert.That(call.IsCompleted, Is.False);
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "after", "finally", "completion" }));
    }

    [Test]
    public async Task pause_hooks_tell_of_a_running_call_that_is_held()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();

        Sitter.Pause();
        await Stage.Said("pause");
        Assert.That(subject.States["pause"], Is.EqualTo(SitState.Paused));
        Sitter.Resume();
        await Stage.Said("resume");
        Stage.OpenForGood("door");

        await call.InTime();
    }

    [Test]
    public async Task the_method_goes_on_when_its_resume_hooks_have_ended()
    {
        var subject = Set<Controlled>();
        var call = subject.ResumeSlowly();
        Sitter.Pause();
        Stage.OpenForGood("door");

        Sitter.Resume();
        await Stage.Said("hook");
        Assert.That(Stage.Count("after"), Is.Zero);
        Stage.OpenForGood("hook");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "pause", "resume", "hook", "hook ended", "after", "completion" }));
    }

    [Test]
    public async Task a_paused_call_goes_on_on_its_own_context()
    {
        var context = new Pump();
        var subject = Set<Controlled>();
        var call = context.Start(subject.OnItsContext);

        Sitter.Pause();
        Stage.OpenForGood("door");
        context.Run(() => Sitter.ActiveCalls.Count == 1 && !context.HasWork);
        Assert.That(call.IsCompleted, Is.False);
        Sitter.Resume();
        context.Run(() => call.IsCompleted);

        Assert.That(await call, Is.SameAs(context));
    }

    [Test]
    public async Task time_spent_paused_does_not_count()
    {
        var subject = Set<Controlled>();
        var call = subject.Timed();

        Clock.Advance(3);
        Sitter.Pause();
        Clock.Advance(100);
        Sitter.Resume();
        Clock.Advance(0.999);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.001);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Count("timeout"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_call_that_completes_after_a_long_pause_has_not_timed_out()
    {
        var subject = Set<Controlled>();
        var call = subject.Timed();

        Clock.Advance(1);
        Sitter.Pause();
        Clock.Advance(1000);
        Sitter.Resume();
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Count("timeout"), Is.Zero);
    }

    [Test]
    public async Task time_spent_paused_does_not_count_for_an_attempt_either()
    {
        var subject = Set<Controlled>();
        var call = subject.TimedAttempt();

        Clock.Advance(3);
        Sitter.Pause();
        Clock.Advance(100);
        Sitter.Resume();
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task time_spent_waiting_to_begin_does_not_count()
    {
        var subject = Set<Controlled>();
        Sitter.Pause();
        var call = subject.Timed();
        Clock.Advance(100);

        Sitter.Resume();
        await Stage.Said("body");
        Clock.Advance(3.999);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.001);

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_clock_that_is_swapped_during_a_pause_changes_nothing_for_the_calls_under_way()
    {
        var subject = Set<Controlled>();
        var call = subject.Timed();
        Sitter.Pause();
        var other = new TestClock();
        other.Advance(1000);
        Sitter.TimeProvider = other;
        Sitter.Resume();

        Clock.Advance(3.999);
        Assert.That(subject.Context!.Interrupt, Is.EqualTo(SitInterrupt.None));
        Clock.Advance(0.001);

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_pause_in_the_wait_between_two_attempts_holds_the_next_one()
    {
        var subject = Set<Controlled>();
        var call = subject.WaitBetween();
        await Clock.WhenArmed(10);

        Sitter.Pause();
        Clock.Advance(10);
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
        Sitter.Resume();

        await Clock.RunUntilEnd(call);
        Assert.That(await call, Is.EqualTo(2));
    }

    [Test]
    public async Task a_pause_while_the_next_attempt_is_on_its_way_to_its_context_holds_it()
    {
        var context = new Pump();
        var subject = Set<Controlled>();
        var call = context.Start(subject.WaitBetween);
        var armed = Clock.WhenArmed(10);
        context.Run(() => armed.IsCompleted);
        var given = context.WhenGivenWork();
        Clock.Advance(10);
        await given.EndInTime();

        Sitter.Pause();
        context.Run(() => true);
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
        Sitter.Resume();
        context.Run(() => call.IsCompleted);

        Assert.That(await call, Is.EqualTo(2));
    }

    [Test]
    public async Task a_timeout_does_not_cut_short_the_completion_hooks()
    {
        var subject = Set<Controlled>();
        var call = subject.TimedCompleteSlowly();
        await Stage.Said("hook");

        Clock.Advance(100);
        Stage.OpenForGood("hook");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Count("timeout"), Is.Zero);
    }

    [Test]
    public async Task a_context_pauses_and_resumes_its_own_call_alone()
    {
        var one = Set<Controlled>();
        var other = OtherStage.Set(new Controlled());
        var calls = new[] { one.Work(), other.Work() };

        one.Context!.Pause();
        Stage.OpenForGood("door");
        OtherStage.OpenForGood("door");
        Assert.That(await calls[1].InTime(), Is.EqualTo(5));
        Assert.That(Stage.Count("after"), Is.Zero);
        one.Context.Resume();

        Assert.That(await calls[0].InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task a_pause_of_everything_holds_a_call_that_is_resumed_by_itself()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();
        Sitter.Pause();
        Stage.OpenForGood("door");

        subject.Context!.Resume();

        Assert.That(subject.Context.State, Is.EqualTo(SitState.Paused));
        Sitter.Resume();
        Assert.That(await call.InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task what_an_await_brought_while_paused_is_there_afterwards()
    {
        var subject = Set<Controlled>();
        var source = new TaskCompletionSource();
        var call = subject.AwaitsWhatFails(source.Task);

        Sitter.Pause();
        source.SetException(new ArgumentException("while paused"));
        Assert.That(call.IsCompleted, Is.False);
        Sitter.Resume();

        Assert.That((await Failure<ArgumentException>(call)).Message, Is.EqualTo("while paused"));
    }
}
