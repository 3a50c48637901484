using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>What the caller gets.</summary>
internal sealed class OutcomeTests : ControllerFixture
{
    [Test]
    public async Task a_result_comes_as_it_is()
    {
        var subject = Set<Ending>();
        var value = new object();

        Assert.That(await subject.Give(value).InTime(), Is.SameAs(value));
        Assert.That(await subject.Give<string?>(null).InTime(), Is.Null);
        Assert.That(await subject.Give(5).InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task a_method_without_result_completes()
    {
        var subject = Set<Ending>();

        await subject.Nothing().InTime();

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "completion" }));
        Assert.That(subject.Context!.Result, Is.Null);
    }

    [Test]
    public async Task an_exception_comes_as_it_is_with_its_own_stack_trace()
    {
        var thrown = new ArgumentException("thrown");

        var exception = await Failure<ArgumentException>(Set<Ending>().Throw(thrown));

        Assert.Multiple(() =>
        {
            Assert.That(exception, Is.SameAs(thrown));
            Assert.That(exception.StackTrace, Does.Contain("Ending.ThrowHere").And.Contain("Ending.Throw("));
            Assert.That(exception.StackTrace, Does.Not.Contain("Sitters.Runtime"));
        });
    }

    [Test]
    public async Task an_exception_before_the_first_await_comes_through_the_task()
    {
        var thrown = new ArgumentException("thrown");

        var call = Set<Ending>().ThrowAtOnce(thrown);

        Assert.That(call.IsFaulted);
        Assert.That(await Failure<ArgumentException>(call), Is.SameAs(thrown));
    }

    [Test]
    public async Task an_exception_comes_through_a_value_task_too()
    {
        var thrown = new ArgumentException("thrown");

        Assert.That(await Failure<ArgumentException>(Set<Ending>().ThrowFromValueTask(thrown).AsTask()), Is.SameAs(thrown));
    }

    [Test]
    public async Task the_exception_hooks_see_the_exception_and_the_failed_state()
    {
        var subject = Set<Ending>();
        var thrown = new ArgumentException("thrown");

        await Failure<ArgumentException>(subject.Throw(thrown));

        Assert.Multiple(() =>
        {
            Assert.That(subject.States["exception"], Is.EqualTo(SitState.Failed));
            Assert.That(subject.Context!.Exception, Is.SameAs(thrown));
            Assert.That(subject.Context.Interrupt, Is.EqualTo(SitInterrupt.None));
        });
    }

    [Test]
    public async Task a_methods_own_cancellation_leaves_a_cancelled_task_with_its_own_token()
    {
        var own = new CancellationToken(true);
        var call = Set<Ending>().CancelByItself(own);
        await call.EndInTime();

        Assert.That(call.IsCanceled);
        Assert.That((await Failure<OperationCanceledException>(call)).CancellationToken, Is.EqualTo(own));
    }

    [Test]
    public async Task default_is_what_says_that_there_is_no_result()
    {
        var subject = Set<Ending>();
        var number = subject.NullableOrNothing();
        var text = subject.StringOrNothing();

        Clock.Advance(1);

        Assert.That(await number.InTime(), Is.Null);
        Assert.That(await text.InTime(), Is.Null);
    }

    [Test]
    public async Task a_cancelled_call_whose_result_is_always_there_throws()
    {
        var call = Set<Ending>().Number();

        Sitter.Cancel();

        await Failure<OperationCanceledException>(call);
    }

    [Test]
    public async Task a_cancelled_call_throws_where_its_setting_says_so()
    {
        var call = Set<Ending>().ThrowWhenCancelled();

        Sitter.Cancel();
        await call.EndInTime();

        Assert.That(call.IsCanceled);
        Assert.That((await Failure<OperationCanceledException>(call)).Message, Does.Contain(
            "AssemblyToProcess.Life.Ending.ThrowWhenCancelled"));
    }

    [Test]
    public async Task a_value_task_throws_where_its_setting_says_so()
    {
        var call = Set<Ending>().ThrowWhenTimedOut().AsTask();

        Clock.Advance(1);

        await Failure<TimeoutException>(call);
    }

    [Test]
    public async Task timeout_and_cancel_have_their_own_outcomes()
    {
        var subject = Set<Ending>();
        var cancelled = subject.ThrowOnlyWhenTimedOut();
        Sitter.Cancel();
        Assert.That(await cancelled.InTime(), Is.Null);

        var timedOut = subject.ThrowOnlyWhenTimedOut();
        Clock.Advance(1);
        await Failure<TimeoutException>(timedOut);
    }
}
