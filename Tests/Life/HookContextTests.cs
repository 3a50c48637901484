using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Every hook starts where an await of the caller would go on, wherever the method itself has gone.</summary>
internal sealed class HookContextTests : ControllerFixture
{
    private SingleThread UserInterface { get; set; } = null!;

    [SetUp]
    public void OpenTheWindow() => UserInterface = new SingleThread();

    [TearDown]
    public void CloseTheWindow() => UserInterface.Dispose();

    [Test]
    public async Task at_startup_and_completion()
    {
        var call = await Begin();

        await Go("door", "inside");

        await Ends(call, "done", "startup, body, completion");
    }

    [Test]
    public async Task at_a_retry_and_after_the_last_failure()
    {
        var call = await Begin();
        await Task.Run(() => Stage.Fail("door", new InvalidOperationException("first")));
        await Stage.Reached("door", 2);
        await Task.Run(() => Stage.Fail("door", new InvalidOperationException("second")));

        await Failure<InvalidOperationException>(call);
        var hooks = Stage.Lines.Where(static line => !line.StartsWith("body", StringComparison.Ordinal));
        Assert.That(hooks, Is.EqualTo(new[] { "startup", "retry", "exception" }));
    }

    [Test]
    public async Task at_a_timeout()
    {
        var call = await Begin();

        await Task.Run(() => Clock.Advance(3));

        await Ends(call, null, "startup, body, timeout");
    }

    [Test]
    public async Task at_a_cancellation()
    {
        var call = await Begin();

        await Task.Run(Sitter.Cancel);

        await Ends(call, null, "startup, body, cancellation");
    }

    [Test]
    public async Task at_a_restart_and_at_the_startup_after_it()
    {
        var call = await Begin();
        await Task.Run(Sitter.Restart);
        await Stage.Reached("door", 2);

        await Go("door", "inside");

        Assert.That(await call.InTime(), Is.EqualTo("done"));
        Assert.That(Stage.Story, Does.StartWith("startup, body, restart, startup, body").And.EndsWith("completion"));
        Assert.That(Stage.Lines, Has.None.Matches<string>(line => line != "body away" && line!.EndsWith("away", StringComparison.Ordinal)));
    }

    [Test]
    public async Task at_a_pause_and_a_resume()
    {
        var call = await Begin();
        await Task.Run(Sitter.Pause);
        await Stage.Said("pause");
        await Task.Run(Sitter.Resume);
        await Stage.Said("resume");

        await Go("door", "inside");

        await Ends(call, "done", "startup, body, pause, resume, completion");
    }

    [Test]
    public async Task an_attempt_after_the_grace_ran_out_starts_there_too()
    {
        var subject = Set<Homed>();
        var call = await UserInterface.Run(subject.Stuck);
        await Stage.Reached("door");
        await Task.Run(() => Clock.Advance(3));
        await Stage.Reached("cleanup");
        await Task.Run(() => Clock.Advance(1));
        await Stage.Reached("door", 2);
        Stage.OpenAll();

        await Ends(call, "done", "body, body");
    }

    [Test]
    public async Task they_run_on_the_thread_pool_where_the_context_refuses()
    {
        var window = new Closing();
        var call = window.Start(Set<Homed>().Work);

        window.IsClosed = true;
        await Task.Run(Sitter.Cancel);

        await Ends(call, null, "startup away, body away, cancellation away");
    }

    private async Task<Task<string?>> Begin()
    {
        var subject = Set<Homed>();
        var call = await UserInterface.Run(subject.Work);
        await Stage.Reached("door");
        return call;
    }

    private async Task Go(params string[] points)
    {
        foreach (var point in points)
        {
            await Stage.Reached(point);
            await Task.Run(() => Stage.Open(point));
        }
    }

    /// <summary>The context of a window that is closed while calls run.</summary>
    private sealed class Closing : SynchronizationContext
    {
        public bool IsClosed { get; set; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            base.Post(d, state);
        }
    }
}
