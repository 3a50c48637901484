using Sitters;

namespace Tests.Streams;

/// <summary>Pause and resume, and what retry and restart mean for a stream.</summary>
internal sealed class PauseAndStartTests : StreamFixture
{
    [Test]
    public async Task a_stream_is_paused_at_its_awaits()
    {
        await using var numbers = Streams.Numbers(2).GetAsyncEnumerator();
        var first = numbers.Ask();

        Sitter.Pause();
        Stage.Open("1");
        Assert.That(Stage.Lines, Does.Not.Contain("gives 1"));
        Assert.That(Call("Numbers").State, Is.EqualTo(SitState.Paused));
        Sitter.Resume();

        Assert.That(await first, Is.True);
        Assert.That(Stage.Lines, Does.Contain("pause").And.Contain("resume"));
    }

    [Test]
    public async Task a_stream_is_paused_between_two_elements()
    {
        Stage.OpenForGood("1", "2");
        await using var numbers = Streams.Numbers(2).GetAsyncEnumerator();
        await numbers.Ask();

        Sitter.Pause();
        var second = numbers.Ask();
        Assert.That(Stage.Lines, Does.Not.Contain("gives 2"));
        Sitter.Resume();

        Assert.That(await second, Is.True);
    }

    [Test]
    public async Task a_paused_stream_does_not_clean_up()
    {
        Stage.OpenForGood("1");
        var numbers = Streams.Numbers(2).GetAsyncEnumerator();
        await numbers.Ask();

        Sitter.Pause();
        var left = numbers.Leave();
        Assert.That(Stage.Lines, Does.Not.Contain("finally"));
        Sitter.Resume();

        await left;
        Assert.That(Stage.Lines[^1], Is.EqualTo("completion"));
    }

    [Test]
    public async Task an_enumeration_that_begins_while_paused_waits_before_its_startup_hooks()
    {
        Stage.OpenAll();
        Sitter.Pause();
        await using var numbers = Streams.Numbers(1).GetAsyncEnumerator();
        var first = numbers.Ask();
        Assert.That(Stage.Lines, Is.Empty);

        Sitter.Resume();

        Assert.That(await first, Is.True);
    }

    [Test]
    public async Task a_paused_stream_goes_on_where_its_consumer_is()
    {
        using var thread = new SingleThread();
        Stage.OpenForGood("1", "2");
        var threads = new List<int>();
        Stage.When("gives 2", () => threads.Add(Environment.CurrentManagedThreadId));

        await await thread.Run(async () =>
        {
            await using var numbers = Streams.Numbers(2).GetAsyncEnumerator();
            await numbers.MoveNextAsync();
            Sitter.Pause();
            var second = numbers.MoveNextAsync();
            Sitter.Resume();
            await second;
            threads.Add(Environment.CurrentManagedThreadId);
        });

        Assert.That(threads.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task a_failure_before_the_first_element_is_retried()
    {
        Stage.OpenAll();

        await Assert.ThrowsAsync<IOException>(() => All(Streams.Retried(successAt: 3, failAfter: 1)).InTime());

        Assert.That(Stage.Story, Is.EqualTo("finally, retry 1, finally, retry 2, got 1, finally, exception IOException"));
    }

    [Test]
    public async Task a_failure_after_it_is_the_consumers()
    {
        Stage.OpenAll();

        var failure = await Assert.ThrowsAsync<IOException>(() => All(Streams.Retried(successAt: 1, failAfter: 2)).InTime());

        Assert.That(failure!.Message, Is.EqualTo("broken off"));
        Assert.That(Stage.Story, Is.EqualTo("got 1, got 2, finally, exception IOException"));
    }

    [Test]
    public async Task a_restart_before_the_first_element_starts_again()
    {
        await using var numbers = Streams.Numbers(1).GetAsyncEnumerator();
        var first = numbers.Ask();

        Sitter.Restart();
        await Stage.Reached("1", 2);
        Stage.Open("1");

        Assert.That(await first, Is.True);
        Assert.That(Stage.Story, Is.EqualTo("startup, begins, finally, cleaned up, restart, startup, begins, gives 1"));
        Assert.That(Call("Numbers").Restarts, Is.EqualTo(1));
    }

    [Test]
    public async Task a_restart_that_comes_with_the_first_element_takes_it_back()
    {
        Stage.When("gives 1", () =>
        {
            if (!Stage.Lines.Contains("restart"))
            {
                Sitter.Restart();
            }
        });
        Stage.OpenForGood("1");
        await using var numbers = Streams.Numbers(1).GetAsyncEnumerator();

        Assert.That(await numbers.Ask(), Is.True);

        Assert.That(Stage.Story, Is.EqualTo("startup, begins, gives 1, finally, cleaned up, restart, startup, begins, gives 1"));
    }

    [Test]
    public async Task a_restart_after_the_first_element_changes_nothing([Values] bool all)
    {
        Stage.OpenForGood("1");
        await using var numbers = Streams.Numbers(2).GetAsyncEnumerator();
        await numbers.Ask();
        var second = numbers.Ask();

        Sitter.Pause();
        if (all)
        {
            Sitter.Restart();
        }
        else
        {
            Call("Numbers").Restart();
        }

        Stage.Open("2");

        Assert.That(await second, Is.True);
        Assert.That(Stage.Lines, Does.Not.Contain("restart"));
        Sitter.Resume();
    }
}
