using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>
/// What an await posts to the context where it suspended. An unhandled exception on the thread pool, as a context that refuses would cause,
/// ends the process and so the run of these tests.
/// </summary>
internal sealed class AwaitContextTests : ControllerFixture
{
    /// <summary>What it is awaited by goes on inside its completion.</summary>
    private TaskCompletionSource<string> _inline = null!;

    [SetUp]
    public void BeginAnew() => _inline = new TaskCompletionSource<string>();

    [Test]
    public async Task a_delay_that_an_interrupt_ends_may_find_its_context_closed()
    {
        var window = Window.Closed();
        var call = window.Start(Set<InContexts>().Delays);

        Sitter.Cancel();

        await Ends(call, null, "finally");
        await window.Posted(1);
    }

    [Test]
    public async Task what_was_left_behind_may_find_its_context_closed()
    {
        var window = Window.Closed();
        var call = window.Start(() => Set<InContexts>().Awaits(_inline.Task));
        Sitter.Cancel();
        await Ends(call, null, "");

        _inline.SetResult("late");

        await window.Posted(2);
    }

    [Test]
    public async Task what_completes_while_its_context_is_closed_goes_on_elsewhere()
    {
        var window = Window.Closed();
        var call = window.Start(() => Set<InContexts>().AwaitsWithResult(_inline.Task));

        _inline.SetResult("done");

        await Ends(call, "done", "after");
        await window.Posted(1);
    }

    [Test]
    public async Task a_yield_under_a_closed_context_goes_on_elsewhere() =>
        await Ends(Window.Closed().Start(Set<InContexts>().Yields), "done", "after");

    [Test]
    public async Task what_completes_in_the_context_goes_on_there_at_once([Values] bool awaitsHelper)
    {
        var window = new Window { OnPost = _ => Assert.Fail("It is there already.") };
        var scene = Set<InContexts>();
        var call = window.Start(() => awaitsHelper ? scene.AwaitsHelper(_inline.Task) : scene.Awaits(_inline.Task));

        window.Start(() => _inline.TrySetResult("done"));

        Assert.That(Stage.Story, Is.EqualTo("after"));
        Assert.That(await call.InTime(), Is.EqualTo("done"));
    }

    [Test]
    public async Task what_must_not_run_inside_a_completion_is_posted_also_there()
    {
        var posted = new List<Action>();
        var window = new Window { OnPost = posted.Add };
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = window.Start(() => Set<InContexts>().Awaits(source.Task));

        window.Start(source.TrySetResult);

        Assert.That(Stage.Story, Is.Empty);
        await window.Posted(1);
        posted.Single()();
        await Ends(call, "done", "after");
    }

    [Test]
    public async Task what_completes_outside_comes_back_to_the_context()
    {
        using var window = new SingleThread();
        var scene = Set<InContexts>();
        SynchronizationContext? after = null;
        Stage.When("after", () => after = SynchronizationContext.Current);
        var call = await window.Run(() => scene.Awaits(_inline.Task));

        _inline.SetResult("done");

        await Ends(call, "done", "after");
        Assert.That(after, Is.SameAs(window));
    }
}
