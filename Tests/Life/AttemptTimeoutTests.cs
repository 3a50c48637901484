using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>The time of one attempt: two seconds, for all methods here.</summary>
internal sealed class AttemptTimeoutTests : ControllerFixture
{
    [Test]
    public async Task an_attempt_out_of_time_is_retried_after_its_finally_and_the_retry_hooks()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.HangOnce();

        Clock.Advance(1.999);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body" }));
        Clock.Advance(0.001);

        Assert.That(await call.InTime(), Is.EqualTo("done"));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "retry", "body", "finally", "completion" }));
    }

    [Test]
    public async Task each_attempt_has_its_own_time()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.Hang();
        Clock.Advance(2);
        await Clock.WhenArmed(2, 2);
        await Stage.Said("body", 2);

        Clock.Advance(1.999);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.001);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task where_no_attempt_is_left_the_call_has_timed_out()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.HangInOnlyAttempt();

        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "timeout" }));
        Assert.Multiple(() =>
        {
            Assert.That(subject.Context!.State, Is.EqualTo(SitState.TimedOut));
            Assert.That(subject.Context.Interrupt, Is.EqualTo(SitInterrupt.Timeout));
            Assert.That(subject.Context.Exception, Is.InstanceOf<TimeoutException>());
        });
    }

    [Test]
    public async Task where_no_attempt_is_left_the_call_may_throw()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.HangOrThrow();
        Clock.Advance(2);
        await Clock.WhenArmed(2, 2);
        Clock.Advance(2);

        var exception = await Failure<TimeoutException>(call);
        Assert.That(exception.Message, Does.Contain("HangOrThrow").And.Contain("2 s"));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "retry", "body", "timeout" }));
    }

    [Test]
    public async Task an_attempt_out_of_time_is_not_retried_where_other_exceptions_are()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.HangNotRetriedOn();

        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "timeout" }));
    }

    [Test]
    public async Task an_attempt_out_of_time_is_not_retried_where_timeouts_abort()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.HangAbortedOn();

        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "timeout" }));
    }

    [Test]
    public async Task an_attempt_out_of_time_counts_as_a_timeout_exception_where_those_are_retried()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.HangRetriedOn();
        Clock.Advance(2);
        await Clock.WhenArmed(2, 2);
        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.EqualTo("done"));
        Assert.That(Stage.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task an_attempt_that_fails_in_time_fails_as_always()
    {
        var subject = Set<AttemptTimed>();

        await Failure<ArgumentException>(subject.FailInTime());

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "retry", "body", "exception ArgumentException" }));
    }

    [Test]
    public async Task the_time_of_the_whole_call_ends_an_attempt_that_has_time_left()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.HangWithinTotal();
        Clock.Advance(2);
        await Clock.WhenArmed(2, 2);

        Clock.Advance(1);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "retry", "body", "timeout" }));
    }

    [Test]
    public async Task an_attempt_that_swallows_its_interrupt_has_timed_out_nevertheless()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.Swallow();
        Clock.Advance(2);
        await Clock.WhenArmed(2, 2);
        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "caught", "retry", "body", "caught", "timeout" }));
    }

    [Test]
    public async Task each_attempt_has_its_own_token()
    {
        var subject = Set<AttemptTimed>();
        var call = subject.Tokens(CancellationToken.None);

        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.EqualTo("fresh"));
    }
}
