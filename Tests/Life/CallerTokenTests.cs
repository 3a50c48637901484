using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Tokens that the caller passes in.</summary>
internal sealed class CallerTokenTests : ControllerFixture
{
    [Test]
    public async Task a_cancelled_token_ends_the_await_runs_the_cancellation_hooks_and_throws_with_that_token()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        var call = subject.WithToken(source.Token);

        await source.CancelAsync();

        var exception = await Failure<OperationCanceledException>(call);
        Assert.Multiple(() =>
        {
            Assert.That(exception.CancellationToken, Is.EqualTo(source.Token));
            Assert.That(call.IsCanceled);
            Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
        });
    }

    [Test]
    public async Task the_context_says_that_the_caller_cancelled()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        var call = subject.WithToken(source.Token);

        await source.CancelAsync();
        await Failure<OperationCanceledException>(call);

        Assert.That(subject.Context!.Interrupt, Is.EqualTo(SitInterrupt.CallerCancel));
        Assert.That(subject.Context.State, Is.EqualTo(SitState.Cancelled));
    }

    [Test]
    public async Task the_body_gets_a_token_that_fires_with_the_callers()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        var call = subject.WithToken(source.Token);
        Assert.That(subject.Token, Is.Not.EqualTo(source.Token));

        await source.CancelAsync();
        await Failure<OperationCanceledException>(call);

        Assert.That(subject.Token.IsCancellationRequested);
    }

    [Test]
    public async Task an_await_that_takes_the_token_throws_to_the_caller_with_its_own_token()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        var call = subject.PassToken(source.Token);

        await source.CancelAsync();

        Assert.That((await Failure<OperationCanceledException>(call)).CancellationToken, Is.EqualTo(source.Token));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
    }

    [Test]
    public async Task a_token_that_is_cancelled_before_the_call_ends_it_at_its_first_await()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        var call = subject.WithToken(source.Token);

        Assert.That((await Failure<OperationCanceledException>(call)).CancellationToken, Is.EqualTo(source.Token));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
    }

    [Test]
    public async Task where_the_body_ends_with_a_task_canceled_exception_the_caller_gets_that_type()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        var call = subject.PassToken(source.Token);

        await source.CancelAsync();

        Assert.That((await Failure<TaskCanceledException>(call)).CancellationToken, Is.EqualTo(source.Token));
        Assert.That(subject.Context!.Exception, Is.SameAs(call.Failure()));
    }

    [Test]
    public async Task an_exception_of_another_such_type_reaches_the_caller_as_it_is()
    {
        using var source = new CancellationTokenSource();
        var call = Set<Tokens>().EndInOwnWay(source.Token);

        await source.CancelAsync();

        Assert.That((await Failure<Tokens.OwnCancellation>(call)).Message, Is.EqualTo("own"));
    }

    [Test]
    public async Task the_callers_token_throws_also_where_a_cancel_would_return_default()
    {
        var subject = Set<Flaky>();
        using var source = new CancellationTokenSource();
        var call = subject.Cancels(source.Token);

        await source.CancelAsync();

        await Failure<OperationCanceledException>(call);
    }

    [Test]
    public async Task a_cancel_of_the_controller_returns_default_also_where_the_caller_passes_a_token()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        var call = subject.PassToken(source.Token);

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(source.IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task each_of_several_tokens_cancels_and_a_null_one_does_not()
    {
        var subject = Set<Tokens>();
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();

        var first = subject.Two(one.Token, null);
        await one.CancelAsync();
        Assert.That((await Failure<OperationCanceledException>(first)).CancellationToken, Is.EqualTo(one.Token));

        var second = subject.Two(CancellationToken.None, two.Token);
        await two.CancelAsync();
        Assert.That((await Failure<OperationCanceledException>(second)).CancellationToken, Is.EqualTo(two.Token));
    }

    [Test]
    public async Task a_token_wakes_a_paused_call()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        var call = subject.WithToken(source.Token);
        Sitter.Pause();

        await source.CancelAsync();

        await Failure<OperationCanceledException>(call);
        Sitter.Resume();
    }

    [Test]
    public async Task a_token_wakes_a_call_that_waits_to_begin()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        Sitter.Pause();
        var call = subject.WithToken(source.Token);

        await source.CancelAsync();

        await Failure<OperationCanceledException>(call);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "cancellation" }));
        Sitter.Resume();
    }

    [Test]
    public async Task a_token_that_fires_after_the_end_does_nothing()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        Stage.OpenForGood("door");
        var call = subject.WithToken(source.Token);
        await call.InTime();

        await source.CancelAsync();

        Assert.That(await call, Is.EqualTo(5));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "completion" }));
    }

    [Test]
    public async Task a_callback_on_the_methods_token_that_throws_is_reported_and_does_no_harm()
    {
        var told = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Note(SitContext context, Exception exception) => told.TrySetResult(exception);
        Sitter.HookFailed += Note;
        try
        {
            var subject = Set<Controlled>();
            var call = subject.WithToken(CancellationToken.None);
            subject.Token.Register(() => throw new InvalidOperationException("callback"));

            Sitter.Cancel();

            Assert.That(await call.InTime(), Is.Null);
            Assert.That((await told.Task.InTime()).Message, Is.EqualTo("callback"));
        }
        finally
        {
            Sitter.HookFailed -= Note;
        }
    }
}
