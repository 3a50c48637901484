using AssemblyToProcess.Streams;
using Sitters;

namespace Tests.Streams;

/// <summary>An enumeration of a stream under [Sit] is a call, from the request for its first element to its end.</summary>
internal sealed class EnumerationTests : StreamFixture
{
    [Test]
    public async Task hooks_run_around_the_enumeration()
    {
        Stage.OpenAll();

        Assert.That(await All(Streams.Numbers(2)).InTime(), Is.EqualTo([1, 2]));
        Assert.That(Stage.Story, Is.EqualTo("startup, begins, gives 1, got 1, gives 2, got 2, finally, cleaned up, completion"));
    }

    [Test]
    public async Task nothing_runs_before_the_first_element_is_asked_for()
    {
        await using var numbers = Streams.Numbers(2).GetAsyncEnumerator();

        Assert.That(Stage.Lines, Is.Empty);
        Assert.That(Sitter.ActiveCalls, Is.Empty);
    }

    [Test]
    public async Task an_enumeration_that_is_never_begun_runs_no_hooks()
    {
        var numbers = Streams.Numbers(2).GetAsyncEnumerator();
        await numbers.Leave();

        Assert.That(await numbers.Ask(), Is.False);
        Assert.That(Stage.Lines, Is.Empty);
    }

    [Test]
    public async Task a_consumer_whose_context_refuses_gets_its_elements_elsewhere()
    {
        var streams = Streams;
        var consumer = Window.Closed().Start(() => All(streams.Numbers(2)));

        Stage.OpenForGood("1");
        Stage.OpenForGood("2");

        Assert.That(await consumer.InTime(), Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task a_consumer_that_leaves_early_completes_the_call()
    {
        Stage.OpenAll();
        await foreach (var number in Streams.Numbers(3))
        {
            if (number == 2)
            {
                break;
            }
        }

        Assert.That(Stage.Story, Is.EqualTo("startup, begins, gives 1, gives 2, finally, cleaned up, completion"));
    }

    [Test]
    public async Task each_enumeration_of_an_enumerable_is_a_call()
    {
        Stage.OpenAll();
        var numbers = Streams.Numbers(1);
        await using var first = numbers.GetAsyncEnumerator();
        await using var second = numbers.GetAsyncEnumerator();
        await first.Ask();
        await second.Ask();
        Assert.That(Sitter.ActiveCalls, Has.Count.EqualTo(2));

        await first.Ask();
        await second.Ask();

        Assert.That(Stage.Lines.Count(line => line == "completion"), Is.EqualTo(2));
    }

    [Test]
    public async Task an_enumerator_is_one_call()
    {
        Stage.OpenAll();
        await using var numbers = Streams.Enumerator(2);
        Assert.That(Stage.Lines, Is.Empty);

        Assert.That(await numbers.Ask(), Is.True);
        Assert.That(numbers.Current, Is.EqualTo(1));
        Assert.That(await numbers.Ask(), Is.True);
        Assert.That(numbers.Current, Is.EqualTo(2));
        Assert.That(await numbers.Ask(), Is.False);
        Assert.That(Stage.Story, Is.EqualTo("startup, completion"));
    }

    [Test]
    public async Task the_end_is_reported_as_often_as_the_consumer_asks()
    {
        Stage.OpenAll();
        await using var numbers = Streams.Numbers(0).GetAsyncEnumerator();

        Assert.That(await numbers.Ask(), Is.False);
        Assert.That(await numbers.Ask(), Is.False);
        await numbers.Leave();
        Assert.That(await numbers.Ask(), Is.False);
        Assert.That(Stage.Lines.Count(line => line == "completion"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_call_is_active_from_the_first_element_asked_for_to_the_end()
    {
        await using var numbers = Streams.Numbers(1).GetAsyncEnumerator();
        var first = numbers.Ask();
        Assert.That(Call("Numbers").State, Is.EqualTo(SitState.Running));
        Stage.Open("1");
        await first;
        Assert.That(Call("Numbers").State, Is.EqualTo(SitState.Running));

        await numbers.Ask();

        Assert.That(Sitter.ActiveCalls, Is.Empty);
    }

    [Test]
    public async Task a_failure_is_the_consumers_with_exception_hooks()
    {
        Stage.OpenAll();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => All(Streams.Failing(1)).InTime());

        Assert.That(failure!.StackTrace, Does.Contain("SatStreams.Failing"));
        Assert.That(Stage.Story, Is.EqualTo("got 1, exception InvalidOperationException"));
    }

    [Test]
    public async Task a_failure_to_clean_up_reaches_a_consumer_that_leaves()
    {
        Stage.OpenAll();
        var numbers = Streams.FailsToCleanUp().GetAsyncEnumerator();
        await numbers.Ask();

        await Assert.ThrowsAsync<InvalidOperationException>(numbers.Leave);

        Assert.That(Stage.Story, Is.EqualTo("exception InvalidOperationException"));
    }

    [Test]
    public async Task the_context_is_that_of_the_call_in_the_body_and_in_the_hooks([Values] bool suspends)
    {
        OpenPoints(suspends);

        Assert.That(await All(Streams.Contexts()).InTime(), Is.EqualTo(["Contexts", "Contexts", "none"]));
        Assert.That(Stage.Lines, Does.Contain("elsewhere Contexts").And.Contain("Contexts Completed no result"));
    }

    [Test]
    public async Task the_context_stays_inside_the_call()
    {
        Stage.OpenAll();
        await foreach (var name in Streams.Contexts())
        {
            Assert.That(SitContext.TryGetCurrent(out _), Is.False, name);
        }
    }

    [Test]
    public async Task a_call_travels_through_woven_code_without_the_ExecutionContext([Values] bool suspends)
    {
        OpenPoints(suspends);

        Assert.That(await All(Streams.WithoutFlow()).InTime(), Is.EqualTo(["WithoutFlow"]));
    }

    [Test]
    public async Task a_generic_stream_is_sat()
    {
        Stage.OpenAll();

        Assert.That(await All(Streams.Generic("a", "b")).InTime(), Is.EqualTo(["a", "b"]));
        Assert.That(await All(Streams.Generic<int?>(1, null)).InTime(), Is.EqualTo([1, (int?)null]));
    }

    [Test]
    public async Task the_body_sees_the_async_locals_of_whoever_asks_for_an_element()
    {
        Stage.OpenAll();
        var local = new AsyncLocal<int>();
        Stage.When("gives 1", () => Stage.Say($"local {local.Value}"));
        Stage.When("gives 2", () => Stage.Say($"local {local.Value}"));
        await using var numbers = Streams.Numbers(2).GetAsyncEnumerator();

        local.Value = 1;
        await numbers.MoveNextAsync();
        local.Value = 2;
        await numbers.MoveNextAsync();

        Assert.That(Stage.Lines, Does.Contain("local 1").And.Contain("local 2"));
    }

    [Test]
    public async Task a_consumer_may_not_ask_twice_at_a_time()
    {
        var numbers = Streams.Numbers(1).GetAsyncEnumerator();
        var first = numbers.Ask();

        await Assert.ThrowsAsync<InvalidOperationException>(numbers.Ask);
        await Assert.ThrowsAsync<NotSupportedException>(numbers.Leave);

        Stage.Open("1");
        await first;
        await numbers.Leave();
    }

    [Test]
    public async Task an_enumeration_that_is_forgotten_ends_when_it_is_collected()
    {
        Stage.OpenAll();
        await Forget(Streams);
        Assert.That(Sitter.ActiveCalls, Has.Count.EqualTo(1));

        var idle = Sitter.WhenIdle();
        for (var i = 0; i < 100 && !idle.IsCompleted; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.WhenAny(idle, Task.Delay(50));
        }

        await idle.InTime();
        Assert.That(Stage.Story, Is.EqualTo("startup, begins, gives 1, completion"));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static async Task Forget(SatStreams streams) => await streams.Numbers(2).GetAsyncEnumerator().MoveNextAsync();
    }
}
