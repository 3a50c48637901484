using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Methods that return a task without being async: sat the same, with the differences that the contract names.</summary>
internal sealed class NonAsyncMethodTests : ControllerFixture
{
    [Test]
    public async Task a_null_task_is_an_error_that_names_the_method()
    {
        var subject = Set<NotAsync>();

        var exception = await Failure<InvalidOperationException>(subject.Null()!);

        Assert.That(exception.Message, Does.Contain("AssemblyToProcess.Life.NotAsync.Null"));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "exception InvalidOperationException" }));
    }

    [Test]
    public async Task a_null_task_of_a_method_without_result_is_the_same_error()
    {
        var exception = await Failure<InvalidOperationException>(Set<NotAsync>().NullWithoutResult()!);

        Assert.That(exception.Message, Does.Contain("AssemblyToProcess.Life.NotAsync.NullWithoutResult"));
    }

    [Test]
    public async Task a_null_task_is_retried_like_any_failure()
    {
        var subject = Set<NotAsync>();

        Assert.That(await subject.NullOnce()!.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public void what_it_throws_before_it_returns_is_thrown_at_the_caller()
    {
        var thrown = Assert.Throws<ArgumentException>(() => _ = Set<NotAsync>().ThrowAtOnce());

        Assert.That(thrown!.Message, Is.EqualTo("at once"));
        Assert.That(thrown.StackTrace, Does.Contain("NotAsync.").And.Contain("ThrowAtOnce").And.Not.Contain("Sitters.Runtime"));
    }

    [Test]
    public void exception_hooks_have_run_by_then()
    {
        Assert.Throws<ArgumentException>(() => Set<NotAsync>().ThrowAtOnceFromValueTask().AsTask());

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "exception ArgumentException" }));
    }

    [Test]
    public void its_call_has_failed_with_what_it_threw()
    {
        var subject = Set<NotAsync>();

        var thrown = Assert.Throws<ArgumentException>(() => _ = subject.ThrowAtOnceWithHooks());

        Assert.That(subject.Context!.State, Is.EqualTo(SitState.Failed));
        Assert.That(subject.Context.Exception, Is.SameAs(thrown));
        Assert.That(Stage.Story, Is.EqualTo("startup, exception ArgumentException"));
    }

    [Test]
    public void attempts_that_need_not_wait_are_made_before_it_is_thrown()
    {
        Assert.Throws<ArgumentException>(() => _ = Set<NotAsync>().ThrowTwice());

        Assert.That(Stage.Story, Is.EqualTo("body, retry, body, exception ArgumentException"));
    }

    [Test]
    public async Task after_a_wait_between_two_attempts_it_comes_through_the_task()
    {
        var call = Set<NotAsync>().ThrowTwiceWithWait();
        Assert.That(call.IsCompleted, Is.False);

        await Clock.WhenArmed(2);
        Clock.Advance(2);

        await Failure<ArgumentException>(call);
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task after_a_pause_it_comes_through_the_task()
    {
        Sitter.Pause();
        var call = Set<NotAsync>().ThrowAtOnce();
        Assert.That(call.IsCompleted, Is.False);

        Sitter.Resume();

        await Failure<ArgumentException>(call);
    }

    [Test]
    public async Task after_a_startup_hook_that_takes_its_time_it_comes_through_the_task()
    {
        var call = Set<NotAsync>().ThrowAfterHook();
        Assert.That(call.IsCompleted, Is.False);

        Stage.Open("hook");

        await Failure<ArgumentException>(call);
    }

    [Test]
    public async Task what_a_startup_hook_throws_comes_through_the_task()
    {
        var call = Set<NotAsync>().HookThrows();

        await Failure<InvalidOperationException>(call);
        Assert.That(Stage.Count("body"), Is.Zero);
    }

    [Test]
    public void the_caller_that_ran_the_body_of_a_cached_method_gets_it_thrown()
    {
        var subject = Set<NotAsync>();

        Assert.Throws<ArgumentException>(() => _ = subject.ThrowInCache(1));
        Assert.Throws<ArgumentException>(() => _ = subject.ThrowInCache(1));

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task what_was_thrown_at_the_caller_is_never_raised_as_unobserved()
    {
        var unobserved = await Unobserved.After(() =>
        {
            var subject = Set<NotAsync>();
            Assert.Throws<ArgumentException>(() => _ = subject.ThrowAtOnce());
            Assert.Throws<ArgumentException>(() => _ = subject.ThrowAtOnceWithHooks());
            Assert.Throws<ArgumentException>(() => _ = subject.ThrowInCache(1));
            return Task.CompletedTask;
        });

        Assert.That(unobserved, Is.Empty);
    }

    [Test]
    public async Task a_call_that_threw_is_idle()
    {
        Assert.Throws<ArgumentException>(() => _ = Set<NotAsync>().ThrowAtOnce());
        Assert.Throws<ArgumentException>(() => _ = Set<NotAsync>().ThrowAtOnceWithHooks());
        Assert.Throws<ArgumentException>(() => _ = Set<NotAsync>().ThrowInCache(1));

        await Sitter.WhenIdle().InTime();
        Assert.That(Sitter.ActiveCalls, Is.Empty);
    }

    [Test]
    public async Task several_exceptions_of_its_task_all_survive()
    {
        var subject = Set<NotAsync>();
        var call = subject.Several();
        await call.EndInTime();

        Assert.That(
            call.Exception!.InnerExceptions.Select(exception => exception.GetType()),
            Is.EqualTo(new[] { typeof(ArgumentException), typeof(InvalidOperationException) }));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "exception ArgumentException" }));
    }

    [Test]
    public async Task several_exceptions_survive_retries()
    {
        var subject = Set<NotAsync>();
        var call = subject.SeveralRetried();
        await call.EndInTime();

        Assert.That(call.Exception!.InnerExceptions, Has.Count.EqualTo(2));
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task several_exceptions_that_come_later_survive_too()
    {
        var subject = Set<NotAsync>();
        var call = subject.SeveralLater();

        Stage.OpenForGood("door");
        await call.EndInTime();

        Assert.That(call.Exception!.InnerExceptions, Has.Count.EqualTo(2));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task what_it_sets_in_an_async_local_stays_inside(bool flows)
    {
        var subject = Set<NotAsync>();
        subject.SetOutside();

        await (flows ? subject.SetLocal() : subject.SetLocalWithoutFlow()).InTime();

        Assert.That(subject.Local, Is.EqualTo("outside"));
    }

    [Test]
    public async Task it_sees_what_its_caller_set_in_an_async_local()
    {
        var subject = Set<NotAsync>();
        subject.SetOutside();

        Assert.That(await subject.ReadLocal().InTime(), Is.EqualTo("outside"));
    }

    [Test]
    public async Task it_completes_with_what_its_task_completes_with()
    {
        var subject = Set<NotAsync>();
        var call = subject.Forward();

        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task a_helper_whose_task_it_returns_is_interrupted_at_its_await()
    {
        var subject = Set<NotAsync>();
        var call = subject.Forward();

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "finally", "timeout" }));
    }

    [Test]
    public async Task a_task_from_elsewhere_is_left_behind_by_an_interrupt()
    {
        var subject = Set<NotAsync>();
        var task = new TaskCompletionSource<int>();
        var call = subject.Plain(task.Task);

        Clock.Advance(3);

        await Failure<TimeoutException>(call);
        task.SetException(new ArgumentException("nobody waits for it"));
    }

    [Test]
    public async Task a_cancelled_task_stays_cancelled_with_its_token()
    {
        var token = new CancellationToken(true);
        var call = Set<NotAsync>().Cancelled(token);
        await call.EndInTime();

        Assert.That(call.IsCanceled);
    }

    [Test]
    public async Task it_has_a_context()
    {
        Assert.That((await Set<NotAsync>().Current().InTime()).Name, Is.EqualTo("Current"));
    }
}
