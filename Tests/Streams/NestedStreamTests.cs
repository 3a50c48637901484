using Sitters;

namespace Tests.Streams;

/// <summary>Sat streams that sat calls consume, and sat calls that streams make.</summary>
internal sealed class NestedStreamTests : StreamFixture
{
    private AssemblyToProcess.Streams.NestedStreams Scene => Set<AssemblyToProcess.Streams.NestedStreams>();

    [Test]
    public async Task each_call_knows_the_one_that_it_runs_in()
    {
        OpenPoints(suspends: true);

        Assert.That(await Scene.Sum(2).InTime(), Is.EqualTo(3));
        Assert.That(
            Stage.Story,
            Is.EqualTo(
                "number finally, under Numbers, got 1, number finally, under Numbers, got 2, "
                + "stream finally, completion, outer finally"));
    }

    [Test]
    public async Task the_parent_of_a_stream_is_the_call_that_consumes_it()
    {
        var sum = Scene.Sum(1);

        Assert.That(Call("Numbers").Parent, Is.SameAs(Call("Sum")));

        Sitter.Cancel();
        await sum.InTime();
    }

    [Test]
    public async Task a_cancel_while_an_element_is_awaited_ends_the_innermost_first()
    {
        var sum = Scene.Sum(2);

        Sitter.Cancel();

        Assert.That(await sum.InTime(), Is.Default);
        Assert.That(
            Stage.Story,
            Is.EqualTo(
                "number finally, under Numbers, number cancellation, stream finally, stream cancellation, "
                + "outer finally, outer cancellation"));
    }

    [Test]
    public async Task a_cancel_while_the_consumer_has_an_element_ends_the_stream_on_its_way_out()
    {
        var sum = Scene.Sum(2);
        Stage.OpenForGood("1");
        await Stage.Reached("body 1");

        Sitter.Cancel();

        Assert.That(await sum.InTime(), Is.Default);
        Assert.That(
            Stage.Story,
            Is.EqualTo("number finally, under Numbers, got 1, stream finally, stream cancellation, outer finally, outer cancellation"));
    }

    [Test]
    public async Task a_restart_begins_the_outermost_call_again_and_cancels_the_stream([Values] bool between)
    {
        var sum = Scene.Sum(1);
        if (between)
        {
            Stage.OpenForGood("1");
            await Stage.Reached("body 1");
        }

        Sitter.Restart();
        await Stage.Said("restart");
        Stage.OpenAll();

        Assert.That(await sum.InTime(), Is.EqualTo(1));
        Assert.That(Stage.Lines.Count(line => line == "stream cancellation"), Is.EqualTo(1));
        Assert.That(Stage.Lines.Count(line => line == "outer cancellation"), Is.Zero);
        Assert.That(Stage.Lines.Count(line => line == "completion"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_stream_alone_is_interrupted_without_its_consumer()
    {
        var sum = Scene.Sum(2);
        Stage.OpenForGood("1");
        await Stage.Reached("body 1");

        Sitter.Cancel(call => call.Name == "Numbers");
        Stage.OpenAll();

        Assert.That(await sum.InTime(), Is.EqualTo(1));
        Assert.That(Stage.Lines, Does.Contain("stream cancellation").And.Not.Contain("outer cancellation"));
    }

    [Test]
    public async Task everything_is_paused_together()
    {
        var sum = Scene.Sum(1);

        Sitter.Pause();
        Stage.OpenAll();
        Assert.That(Stage.Lines, Is.Empty);
        Sitter.Resume();

        Assert.That(await sum.InTime(), Is.EqualTo(1));
    }
}
