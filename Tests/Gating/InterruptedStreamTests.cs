using System.Runtime.CompilerServices;
using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>Methods under [Sit] that consume async streams.</summary>
internal sealed class InterruptedStreamTests : ControllerFixture
{
    [Test]
    public async Task a_stream_of_the_same_assembly_is_consumed_to_its_end()
    {
        var call = Set<StreamConsumer>().ConsumesOwn();
        Stage.OpenForGood("stream 1", "stream 2", "stream 3", "body 1", "body 2", "body 3");

        Assert.That(await call.InTime(), Is.EqualTo(6));
        Assert.That(Stage.Story, Is.EqualTo("got 1, got 2, got 3, stream finally, finally, completion"));
    }

    [Test]
    public async Task an_interrupt_in_the_body_of_the_loop_disposes_the_stream()
    {
        var call = Set<StreamConsumer>().ConsumesOwn();
        Stage.Open("stream 1");
        await Stage.Reached("body 1");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("got 1, stream finally, finally, cancellation"));
    }

    [Test]
    public async Task an_interrupt_while_the_next_element_is_awaited_cancels_the_call([Values] bool own)
    {
        var scene = Set<StreamConsumer>();
        var call = own ? scene.ConsumesOwn() : scene.Consumes(Numbers());
        var settling = own ? Task.CompletedTask : Clock.WhenArmed(0.25);

        Sitter.Cancel();

        if (!own)
        {
            // It was given the call's token and does not heed it: it is left when its time to settle is over.
            await settling;
            Clock.Advance(0.25);
        }

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Lines, Does.Contain("finally").And.Contain("cancellation").And.Not.Contain("got 1"));
    }

    [Test]
    public async Task an_iterator_is_interrupted_first_and_its_consumer_after_it()
    {
        var call = Set<StreamConsumer>().ConsumesOwn();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("stream finally, finally, cancellation"));
    }

    [Test]
    public async Task iterators_inside_each_other_are_interrupted_from_the_inside_outwards()
    {
        var call = Set<StreamConsumer>().ConsumesThroughAnother();
        Stage.Open("stream 1");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("stream finally, twice finally, finally"));
    }

    [Test]
    public async Task an_iterator_is_paused_at_its_own_await()
    {
        var scene = Set<StreamConsumer>();
        var call = scene.ConsumesEnumerator();
        Stage.Open("stream 1");
        Sitter.Pause();
        Stage.OpenForGood("stream 2", "stream 3");
        Assert.That(Stage.IsAt("stream 3"), Is.False);

        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(6));
    }

    [Test]
    public async Task an_iterator_outside_any_call_is_neither_paused_nor_interrupted()
    {
        var numbers = Set<StreamConsumer>().ConsumesOutside();

        Sitter.Pause();
        Sitter.Cancel();
        Sitter.Pause();
        Stage.OpenForGood("stream 1", "stream 2", "stream 3");
        Assert.That(await numbers.InTime(), Is.EqualTo(6));
        Sitter.Resume();

        Assert.That(Stage.Story, Is.EqualTo("stream finally"));
        Assert.That(Sitter.ActiveCalls, Is.Empty);
    }

    [Test]
    public async Task an_iterator_awaits_in_its_cleanup_as_ever_after_an_interrupt()
    {
        var call = Set<StreamConsumer>().StopsAt(9);
        Stage.Open("stream 1");

        Sitter.Cancel();
        await Stage.Reached("cleanup");
        Assert.That(call.IsCompleted, Is.False);
        Stage.Open("cleanup");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("cleans up, cleaned up"));
    }

    [Test]
    public async Task an_iterator_that_is_left_early_is_under_control_in_its_cleanup()
    {
        var call = Set<StreamConsumer>().StopsAt(1);
        Stage.Open("stream 1");
        await Stage.Reached("cleanup");

        Sitter.Pause();
        Stage.Open("cleanup");
        Assert.That(Stage.Story, Is.EqualTo("cleans up"));
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(1));
        Assert.That(Stage.Story, Is.EqualTo("cleans up, cleaned up"));
    }

    [Test]
    public async Task what_an_earlier_step_has_started_is_interrupted_before_the_step_that_waits_for_it()
    {
        var call = Set<StreamConsumer>().ConsumesPrefetching();
        Stage.Open("page 1");
        Stage.OpenForGood("page finally");
        Stage.Open("page 2");
        await Stage.Reached("page 3");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(
            Stage.Story,
            Is.EqualTo(
                "page finally, page finally is over, page finally, page finally is over, page finally, page finally is over, "
                + "stream finally, finally"));
    }

    [Test]
    public async Task an_iterator_that_swallows_the_interrupt_is_not_interrupted_again()
    {
        var call = Set<StreamConsumer>().ConsumesSwallowing();

        Sitter.Cancel();
        await Stage.Reached("next");
        Stage.Open("next");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("swallowed, next, went on, finally"));
    }

    [Test]
    public async Task what_the_stream_does_after_it_was_left_behind_is_never_unobserved()
    {
        var unobserved = await Unobserved.After(async () =>
        {
            var call = Set<StreamConsumer>().Consumes(Numbers());
            Sitter.Cancel();
            await Clock.RunUntilEnd(call);
            Stage.Fail("stream", new InvalidOperationException("too late"));
        });

        Assert.That(unobserved, Is.Empty);
    }

    [Test]
    public async Task a_stream_is_paused_where_its_consumer_awaits_it()
    {
        var call = Set<StreamConsumer>().Consumes(Numbers());
        Sitter.Pause();
        Stage.OpenForGood("stream");
        Assert.That(Stage.Lines, Does.Not.Contain("got 1"));

        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(3));
        Assert.That(Stage.Story, Is.EqualTo("got 1, got 2, stream finally, finally, completion"));
    }

    private async IAsyncEnumerable<int> Numbers([EnumeratorCancellation] CancellationToken token = default)
    {
        // An interrupt may leave it behind: what it does then must not affect the next test.
        var stage = Stage;
        try
        {
            await stage.At("stream");
            yield return 1;
            await stage.At("stream");
            yield return 2;
        }
        finally
        {
            stage.Say("stream finally");
        }
    }
}
