using Sitters;

namespace Tests.Streams;

/// <summary>Cancels, timeouts and callers' tokens, while an element is awaited and while the consumer has one.</summary>
internal sealed class StreamInterruptTests : StreamFixture
{
    [Test]
    public async Task a_cancel_while_an_element_is_awaited_ends_the_enumeration()
    {
        var all = All(Streams.Numbers(3));
        Stage.Open("1");
        await Stage.Reached("2");

        Sitter.Cancel();

        Assert.That(await all.InTime(), Is.EqualTo([1]));
        Assert.That(Stage.Story, Is.EqualTo("startup, begins, gives 1, got 1, finally, cleaned up, cancellation"));
    }

    [Test]
    public async Task a_cancel_between_two_elements_waits_for_the_consumer()
    {
        await using var numbers = Streams.Numbers(3).GetAsyncEnumerator();
        Stage.Open("1");
        Stage.OpenForGood("1", "2", "3");
        await numbers.Ask();

        Sitter.Cancel();
        Assert.That(numbers.Current, Is.EqualTo(1));
        Assert.That(Stage.Story, Is.EqualTo("startup, begins, gives 1"));

        Assert.That(await numbers.Ask(), Is.False);
        Assert.That(Stage.Story, Is.EqualTo("startup, begins, gives 1, finally, cleaned up, cancellation"));
    }

    [Test]
    public async Task a_consumer_that_leaves_after_a_cancel_gets_no_exception()
    {
        Stage.OpenAll();
        var numbers = Streams.Throwing(3).GetAsyncEnumerator();
        await numbers.Ask();
        Sitter.Cancel();

        await numbers.Leave();

        Assert.That(Stage.Story, Is.EqualTo("cancellation"));
    }

    [Test]
    public async Task a_cancel_throws_where_its_setting_says_so([Values] bool between)
    {
        await using var numbers = Streams.Throwing(3).GetAsyncEnumerator();
        Stage.OpenForGood("1");
        await numbers.Ask();
        var next = between ? null : numbers.Ask();

        Sitter.Cancel();

        await Assert.CatchAsync<OperationCanceledException>(() => next ?? numbers.Ask());
        Assert.That(Stage.Story, Is.EqualTo("cancellation"));
        Assert.That(await numbers.Ask(), Is.False);
    }

    [Test]
    public async Task a_consumer_that_does_not_come_back_after_a_cancel_has_its_grace()
    {
        var numbers = Streams.Stubborn().GetAsyncEnumerator();
        Stage.OpenForGood("1");
        await numbers.Ask();
        Sitter.Cancel();
        var idle = Sitter.WhenIdle();
        Assert.That(idle.IsCompleted, Is.False);

        Clock.Advance(5);

        await idle.InTime();
        Assert.That(Stage.Story, Is.EqualTo("cancellation"));

        // And comes back after all.
        Stage.OpenForGood("stubborn cleanup");
        Assert.That(await numbers.Ask(), Is.False);
        Assert.That(Stage.Story, Is.EqualTo("cancellation, finally, cleaned up"));
        await numbers.Leave();
    }

    [Test]
    public async Task a_consumer_that_comes_back_while_the_call_ends_without_it_has_the_rest_disposed_of_on_its_TaskScheduler()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var numbers = Streams.Stubborn().GetAsyncEnumerator();
        var isOnIt = false;
        Task<bool>? next = null;
        Stage.OpenForGood("1", "stubborn cleanup");
        Stage.When("cancellation", () => next = numbers.Ask());
        Stage.When("finally", () => isOnIt = TaskScheduler.Current == scheduler);
        await Task.Factory.StartNew(numbers.Ask, default, TaskCreationOptions.None, scheduler).Unwrap().InTime();

        Sitter.Cancel();
        Clock.Advance(5);
        await Stage.Said("cleaned up");

        Assert.That(await next!.InTime(), Is.False);
        Assert.That(isOnIt, Is.True);
        await numbers.Leave();
    }

    [Test]
    public async Task cleanup_has_its_grace()
    {
        await using var numbers = Streams.Stubborn().GetAsyncEnumerator();
        var first = numbers.Ask();
        Sitter.Cancel();
        await Stage.Reached("stubborn cleanup");
        Assert.That(first.IsCompleted, Is.False);

        Clock.Advance(5);

        Assert.That(await first, Is.False);
        Assert.That(Stage.Story, Is.EqualTo("finally, cancellation"));
        Stage.Open("stubborn cleanup");
        await Stage.Said("cleaned up");
    }

    [Test]
    public async Task the_time_of_the_whole_enumeration_is_limited()
    {
        await using var numbers = Streams.Timed(3).GetAsyncEnumerator();
        Stage.Open("1");
        Stage.OpenForGood("1");
        await numbers.Ask();
        Clock.Advance(6);
        var second = numbers.Ask();

        Clock.Advance(4);

        Assert.That(await second, Is.False);
        Assert.That(Stage.Story, Is.EqualTo("finally, timeout"));
    }

    [Test]
    public async Task the_time_that_the_consumer_takes_counts()
    {
        Stage.OpenAll();
        await using var numbers = Streams.Throwing(3).GetAsyncEnumerator();
        await numbers.Ask();

        Clock.Advance(11);

        await Assert.ThrowsAsync<TimeoutException>(numbers.Ask);
        Assert.That(Stage.Story, Is.EqualTo("timeout"));
    }

    [Test]
    public async Task time_spent_paused_does_not_count([Values] bool between)
    {
        await using var numbers = Streams.Throwing(3).GetAsyncEnumerator();
        Stage.OpenForGood("1");
        await numbers.Ask();
        var second = between ? null : numbers.Ask();

        Sitter.Pause();
        Clock.Advance(100);
        Sitter.Resume();
        Stage.OpenForGood("2");

        Assert.That(await (second ?? numbers.Ask()), Is.True);
    }

    [Test]
    public async Task the_time_of_each_element_is_limited()
    {
        await using var numbers = Streams.TimedByElement(3).GetAsyncEnumerator();
        Stage.OpenForGood("1", "2");
        await numbers.Ask();
        Clock.Advance(100);
        await numbers.Ask();
        var third = numbers.Ask();

        Clock.Advance(1);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => third);
        Assert.That(failure!.Message, Does.Contain("1 s"));
        Assert.That(Stage.Story, Is.EqualTo("attempt 1, timeout"));
    }

    [Test]
    public async Task a_first_element_that_takes_too_long_is_tried_again()
    {
        await using var numbers = Streams.TimedByElement(1).GetAsyncEnumerator();
        var first = numbers.Ask();
        Clock.Advance(1);
        await Stage.Said("attempt 2");
        await Stage.Reached("1", 2);
        Stage.Open("1");

        Assert.That(await first, Is.True);
        Assert.That(numbers.Current, Is.EqualTo(1));
    }

    [Test]
    public async Task the_token_of_WithCancellation_interrupts_where_the_stream_takes_it()
    {
        using var source = new CancellationTokenSource();
        await using var tokens = Streams.WithToken().WithCancellation(source.Token).GetAsyncEnumerator();
        var first = tokens.MoveNextAsync();

        await source.CancelAsync();

        var failure = await Assert.CatchAsync<OperationCanceledException>(async () => await first);
        Assert.That(failure!.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(Stage.Story, Is.EqualTo("cancellation"));
    }

    [Test]
    public async Task either_token_interrupts_where_both_are_passed([Values] bool argument)
    {
        using var passed = new CancellationTokenSource();
        using var with = new CancellationTokenSource();
        await using var tokens = Streams.WithToken(passed.Token).WithCancellation(with.Token).GetAsyncEnumerator();
        var first = tokens.MoveNextAsync();

        await (argument ? passed : with).CancelAsync();

        var failure = await Assert.CatchAsync<OperationCanceledException>(async () => await first);
        Assert.That(failure!.CancellationToken, Is.EqualTo((argument ? passed : with).Token));
    }

    [Test]
    public async Task a_token_that_the_stream_does_not_take_is_ignored_as_usual()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        Stage.OpenAll();
        var all = new List<int>();

        await foreach (var number in Streams.WithoutToken(2).WithCancellation(source.Token))
        {
            all.Add(number);
        }

        Assert.That(all, Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task the_token_that_the_body_sees_fires_between_two_elements()
    {
        Stage.OpenForGood("token");
        var tokens = Streams.WithToken().GetAsyncEnumerator();
        await tokens.Ask();
        Assert.That(tokens.Current, Is.False);
        var token = Call("WithToken").CancellationToken;

        Sitter.Cancel();

        Assert.That(token.IsCancellationRequested, Is.True);
        await tokens.Leave();
        Assert.That(Stage.Story, Is.EqualTo("cancellation"));
    }
}
