using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>The process-wide controller: filters, the list of calls, and waiting until there are none.</summary>
internal sealed class ControllerTests : ControllerFixture
{
    [Test]
    public void nothing_is_active_and_nothing_is_paused_at_first()
    {
        Assert.That(Sitter.ActiveCalls, Is.Empty);
        Assert.That(Sitter.IsPaused, Is.False);
    }

    [Test]
    public async Task the_active_calls_are_those_that_have_begun_and_not_ended()
    {
        var one = Set<Controlled>();
        var other = OtherStage.Set(new Controlled());
        var calls = new[] { one.Work(), other.Work() };
        Assert.That(Sitter.ActiveCalls, Is.EquivalentTo(new[] { one.Context, other.Context }));

        Stage.OpenForGood("door");
        await calls[0].InTime();
        Assert.That(Sitter.ActiveCalls, Is.EqualTo(new[] { other.Context }));

        OtherStage.OpenForGood("door");
        await calls[1].InTime();
        Assert.That(Sitter.ActiveCalls, Is.Empty);
    }

    [Test]
    public async Task the_list_of_active_calls_is_a_snapshot()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();
        var before = Sitter.ActiveCalls;

        Stage.OpenForGood("door");
        await call.InTime();

        Assert.That(before, Is.EqualTo(new[] { subject.Context }));
    }

    [Test]
    public async Task a_call_that_has_not_yet_suspended_is_active_too()
    {
        var subject = Set<Busy>();
        var call = Task.Run(subject.Work);
        await Stage.Said("busy");

        var active = Sitter.ActiveCalls;
        subject.Go.Set();
        await call.InTime();

        Assert.That(active.Single().Name, Is.EqualTo("Work"));
        Assert.That(active.Single().State, Is.EqualTo(SitState.Completed));
    }

    [Test]
    public async Task a_cancel_reaches_a_call_that_has_not_yet_suspended_at_its_first_await()
    {
        var subject = Set<Busy>();
        var call = Task.Run(subject.WorkThenAwait);
        await Stage.Said("busy");

        Sitter.Cancel();
        subject.Go.Set();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "busy", "finally", "cancellation" }));
    }

    [Test]
    public async Task a_pause_right_after_an_interrupt_holds_what_a_call_begins_and_loses_nothing_of_it([Values] bool restart)
    {
        var subject = Set<Busy>();
        var call = Task.Run(subject.WorkThenAwait);
        await Stage.Said("busy");

        if (restart)
        {
            Sitter.Restart();
        }
        else
        {
            Sitter.Cancel();
        }

        Sitter.Pause();
        subject.Go.Set();
        await Stage.Said("paused");
        Assert.That(Stage.Count("after"), Is.Zero);
        Assert.That(Sitter.ActiveCalls.Single().State, Is.EqualTo(SitState.Paused));
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines.Skip(2), Is.EqualTo(new[] { "after", "finally" }));
    }

    [Test]
    public async Task a_restart_reaches_a_call_that_has_not_yet_suspended_at_its_first_await()
    {
        var subject = Set<Busy>();
        var call = Task.Run(subject.WorkThenAwait);
        await Stage.Said("busy");

        Sitter.Restart();
        subject.Go.Set();

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "busy", "finally", "busy", "after", "finally" }));
    }

    [Test]
    public async Task a_pause_reaches_a_call_that_has_not_yet_suspended_at_its_first_await()
    {
        var subject = Set<Busy>();
        var call = Task.Run(subject.WorkThenAwait);
        await Stage.Said("busy");

        Sitter.Pause();
        subject.Go.Set();
        await Stage.Said("paused");
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "busy", "paused" }));
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task a_filter_pauses_and_resumes_the_calls_that_pass_it()
    {
        var one = Set<Controlled>();
        var other = OtherStage.Set(new Controlled());
        var calls = new[] { one.Work(), other.Swallow() };

        Sitter.Pause(context => context.Name.EndsWith("Work", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(Sitter.IsPaused, Is.False);
            Assert.That(one.Context!.State, Is.EqualTo(SitState.Paused));
            Assert.That(other.Context!.State, Is.EqualTo(SitState.Running));
        });
        Stage.OpenForGood("door");
        OtherStage.OpenForGood("door");
        Assert.That(await calls[1].InTime(), Is.EqualTo(6));
        Assert.That(calls[0].IsCompleted, Is.False);

        Sitter.Resume(context => context == one.Context);
        Assert.That(await calls[0].InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task a_filter_leaves_calls_alone_that_begin_later()
    {
        var one = Set<Controlled>();
        var first = one.Work();
        Sitter.Pause(_ => true);

        var other = OtherStage.Set(new Controlled());
        OtherStage.OpenForGood("door");
        Assert.That(await other.Work().InTime(), Is.EqualTo(5));

        Sitter.Resume(_ => true);
        Stage.OpenForGood("door");
        await first.InTime();
    }

    [Test]
    public async Task a_filter_restarts_the_calls_that_pass_it()
    {
        var one = Set<Controlled>();
        var other = OtherStage.Set(new Controlled());
        var calls = new[] { one.FinishOnSecondStart(), other.FinishOnSecondStart() };

        Sitter.Restart(context => context == one.Context);

        Assert.That(await calls[0].InTime(), Is.EqualTo(2));
        OtherStage.OpenForGood("door");
        Assert.That(await calls[1].InTime(), Is.EqualTo(1));
    }

    [Test]
    public async Task a_filter_cancels_the_calls_that_pass_it()
    {
        var one = Set<Controlled>();
        var other = OtherStage.Set(new Controlled());
        var calls = new[] { one.Work(), other.Work() };

        Sitter.Cancel(context => context == one.Context);

        Assert.That(await calls[0].InTime(), Is.Null);
        OtherStage.OpenForGood("door");
        Assert.That(await calls[1].InTime(), Is.EqualTo(5));
    }

    [Test]
    public void a_filter_must_be_given()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Sitter.Pause((Func<SitContext, bool>)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("filter"));
            Assert.That(() => Sitter.Resume((Func<SitContext, bool>)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("filter"));
            Assert.That(() => Sitter.Restart((Func<SitContext, bool>)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("filter"));
            Assert.That(() => Sitter.Cancel((Func<SitContext, bool>)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("filter"));
            Assert.That(() => Sitter.TimeProvider = null!, Throws.ArgumentNullException.With.Property("ParamName").EqualTo("value"));
            Assert.That(() => Sitter.EnsureWoven(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("assembly"));
        });
    }

    [Test]
    public async Task a_wait_for_idleness_ends_with_the_last_call()
    {
        var one = Set<Controlled>();
        var other = OtherStage.Set(new Controlled());
        var calls = new[] { one.Work(), other.Work() };
        var idle = Sitter.WhenIdle();

        Stage.OpenForGood("door");
        await calls[0].InTime();
        Assert.That(idle.IsCompleted, Is.False);

        OtherStage.OpenForGood("door");
        await calls[1].InTime();
        await idle.InTime();
    }

    [Test]
    public void without_an_active_call_it_is_idle_at_once()
    {
        Assert.That(Sitter.WhenIdle().IsCompletedSuccessfully);
    }

    [Test]
    public async Task a_wait_for_idleness_may_be_given_up_and_the_calls_go_on()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();
        using var source = new CancellationTokenSource();
        var idle = Sitter.WhenIdle(source.Token);

        await source.CancelAsync();

        Assert.That((await Failure<OperationCanceledException>(idle)).CancellationToken, Is.EqualTo(source.Token));
        Assert.That(call.IsCompleted, Is.False);
        Stage.OpenForGood("door");
        await call.InTime();
    }

    [Test]
    public async Task hooks_at_the_end_belong_to_the_active_call()
    {
        var subject = Set<Controlled>();
        Stage.OpenForGood("door");
        var call = subject.CompleteSlowly();
        await Stage.Said("hook");

        Assert.That(Sitter.ActiveCalls, Is.EqualTo(new[] { subject.Context }));
        var idle = Sitter.WhenIdle();
        Assert.That(idle.IsCompleted, Is.False);

        Stage.OpenForGood("hook");
        await call.InTime();
        await idle.InTime();
    }

    [Test]
    public void a_woven_assembly_passes_the_check_and_an_unwoven_one_does_not()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Sitter.EnsureWoven(typeof(Controlled).Assembly), Throws.Nothing);
            Assert.That(() => Sitter.EnsureWoven(typeof(string).Assembly), Throws.Nothing);
            Assert.That(
                () => Sitter.EnsureWoven(typeof(ControllerTests).Assembly),
                Throws.InvalidOperationException.With.Message.Contains(nameof(Unwoven)));
        });
    }

    private static class Unwoven
    {
        [Sit]
        public static Task Work() => Task.CompletedTask;
    }
}
