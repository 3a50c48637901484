using Sitters;

namespace Tests.Streams;

/// <summary>Methods that return a stream without being async iterators.</summary>
internal sealed class NonAsyncStreamTests : StreamFixture
{
    [Test]
    public async Task the_body_runs_at_the_call_and_the_call_begins_with_the_enumeration()
    {
        var stream = Streams.PassedOn(() => Numbers(2))!;
        Assert.That(Stage.Lines, Is.EqualTo(["called"]));
        Assert.That(Sitter.ActiveCalls, Is.Empty);
        Stage.OpenAll();

        Assert.That(await All(stream).InTime(), Is.EqualTo([1, 2]));
        Assert.That(Stage.Story, Is.EqualTo("called, startup, got 1, got 2, source finally, completion"));
    }

    [Test]
    public void what_the_body_throws_is_thrown_at_the_call()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Streams.PassedOn(() => throw new ArgumentException("wrong")));

        Assert.That(thrown!.StackTrace, Does.Contain("SatStreams.").And.Contain("PassedOn"));
        Assert.That(Stage.Story, Is.EqualTo("called, startup, exception ArgumentException"));
        Assert.That(Sitter.ActiveCalls, Is.Empty);
    }

    [Test]
    public async Task after_a_startup_hook_that_takes_its_time_it_comes_with_the_first_element()
    {
        var stream = Streams.FailsAfterHook();
        Stage.Open("hook");

        await Assert.ThrowsAsync<ArgumentException>(() => All(stream).InTime());

        Assert.That(Stage.Story, Is.EqualTo("called, exception ArgumentException"));
    }

    [Test]
    public async Task a_body_that_may_be_tried_again_is_when_the_enumeration_begins()
    {
        var stream = Streams.FailsOnce(() => Numbers(1));
        Assert.That(Stage.Story, Is.EqualTo("called"));
        Stage.OpenAll();

        Assert.That(await All(stream).InTime(), Is.EqualTo([1]));
        Assert.That(Stage.Story, Is.EqualTo("called, retry, called, got 1, source finally"));
    }

    [Test]
    public async Task a_stream_is_disposed_of_on_the_TaskScheduler_of_its_consumer([Values] bool fails)
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var source = new Placed(Stage, () => TaskScheduler.Current == scheduler ? "on it" : "elsewhere");
        var consumer = Task.Factory.StartNew(() => All(Streams.PassedOn(() => source)!), default, TaskCreationOptions.None, scheduler).Unwrap();
        await Stage.Reached("end");
        if (fails)
        {
            Stage.Fail("end", new ArgumentException("no more"));
        }

        Stage.OpenForGood("end");
        await consumer.EndInTime();

        Assert.That(source.DisposedOf, Is.EqualTo("on it"));
    }

    [Test]
    public async Task a_restart_runs_the_body_again()
    {
        var numbers = Streams.PassedOn(() => Numbers(1))!.GetAsyncEnumerator();
        var next = numbers.Ask();

        Sitter.Restart();
        await Clock.WhenArmed(0.25);
        Clock.Advance(0.25);
        await Stage.Said("called", 2);
        Stage.OpenAll();

        Assert.That(await next, Is.True);
        await numbers.DisposeAsync();
    }

    [Test]
    public async Task another_enumeration_of_a_body_with_a_token_runs_it_again()
    {
        Stage.OpenAll();
        var tokens = new List<CancellationToken>();
        var stream = Streams.WithTokenPassedOn(
            token =>
            {
                tokens.Add(token);
                return Numbers(1, token: CancellationToken.None);
            },
            CancellationToken.None);

        await All(stream).InTime();
        await All(stream).InTime();

        Assert.That(tokens, Has.Count.EqualTo(2).And.Unique);
    }

    [Test]
    public async Task the_token_that_the_body_got_fires_with_the_enumeration()
    {
        var fired = new TaskCompletionSource();
        var numbers = Streams.WithTokenPassedOn(
            token =>
            {
                token.Register(fired.SetResult);
                return Numbers(1, token: CancellationToken.None);
            },
            CancellationToken.None).GetAsyncEnumerator();
        var next = numbers.Ask();
        Assert.That(fired.Task.IsCompleted, Is.False);

        Sitter.Cancel();

        await fired.Task.InTime();
        await Clock.WhenArmed(0.25);
        Clock.Advance(0.25);
        await Assert.CatchAsync<OperationCanceledException>(() => next);
        Stage.OpenAll();
        await Stage.Said("source finally");
    }

    [Test]
    public void a_null_stream_is_null() => Assert.That(Streams.PassedOn(() => null), Is.Null);

    [Test]
    public async Task a_consumer_that_leaves_before_the_first_element_learns_nothing_of_the_bodys_failure()
    {
        var numbers = Streams.FailsAfterHook().GetAsyncEnumerator();
        var leaving = numbers.DisposeAsync().AsTask();
        Stage.OpenAll();

        await leaving.InTime();
        Assert.That(Stage.Lines, Does.Contain("exception ArgumentException"));
    }

    [Test]
    public async Task a_null_stream_of_a_later_attempt_is_an_error_that_names_the_method()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => All(Streams.FailsOnce(() => null)).InTime());

        Assert.That(failure!.Message, Does.Contain("SatStreams.FailsOnce returned null"));
    }

    [Test]
    public async Task an_interrupt_leaves_the_step_behind_and_disposes_of_the_stream_when_that_ends()
    {
        var numbers = Streams.PassedOn(() => Numbers(2))!.GetAsyncEnumerator();
        var next = numbers.Ask();

        Sitter.Cancel();

        // It has the call's token, and so some time to end by itself.
        await Clock.WhenArmed(0.25);
        Clock.Advance(0.25);
        Assert.That(await next, Is.False);
        Assert.That(Stage.Story, Is.EqualTo("called, startup, cancellation"));
        Stage.Open("source");
        await Stage.Said("source finally");
    }

    [Test]
    public async Task the_consumers_token_reaches_the_source()
    {
        Stage.OpenAll();
        using var source = new CancellationTokenSource();
        var seen = new List<bool>();

        var failure = await Assert.CatchAsync<OperationCanceledException>(async () =>
        {
            var numbers = Streams.PassedOn(() => Numbers(3, token => seen.Add(token.CanBeCanceled)))!;
            await foreach (var number in numbers.WithCancellation(source.Token))
            {
                await source.CancelAsync();
            }
        });

        Assert.That(failure!.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(seen, Is.EqualTo([true]));
        Assert.That(Stage.Lines, Does.Contain("source finally").And.Contain("cancellation"));
    }

    [Test]
    public async Task an_enumerator_is_passed_on()
    {
        Stage.OpenAll();
        await using var numbers = Streams.EnumeratorPassedOn(Numbers(1));

        Assert.That(await numbers.Ask(), Is.True);
        Assert.That(await numbers.Ask(), Is.False);
        Assert.That(Stage.Story, Is.EqualTo("startup, source finally, completion"));
    }

    private async IAsyncEnumerable<int> Numbers(
        int count, Action<CancellationToken>? look = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
    {
        look?.Invoke(token);
        try
        {
            for (var i = 1; i <= count; i++)
            {
                await Stage.At("source");
                yield return i;
            }
        }
        finally
        {
            Stage.Say("source finally");
        }
    }

    /// <summary>A stream that ends elsewhere than its consumer waits.</summary>
    private sealed class Placed(Stage stage, Func<string> place) : IAsyncEnumerable<int>, IAsyncEnumerator<int>
    {
        public string? DisposedOf { get; private set; }

        public int Current => 0;

        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public async ValueTask<bool> MoveNextAsync()
        {
            await stage.At("end").ConfigureAwait(false);
            return false;
        }

        public ValueTask DisposeAsync()
        {
            DisposedOf = place();
            return default;
        }
    }
}
