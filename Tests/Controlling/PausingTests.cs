using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Controlling;

/// <summary>Told to pause is not yet paused: what runs between two awaits comes to its next one, or to a checkpoint.</summary>
internal sealed class PausingTests : ControllerFixture
{
    [Test]
    public async Task a_call_is_pausing_until_it_comes_to_its_next_await([Values("Calculate", "CalculateAsync")] string method)
    {
        var subject = Set<Steered>();
        var call = method == "Calculate" ? subject.Calculate() : subject.CalculateAsync();
        var context = Call(method);
        var opening = Task.Run(() => Stage.Open("door"));
        await Stage.Said("busy");

        Sitter.Pause();
        var paused = Sitter.WhenPaused();
        Assert.That(context.State, Is.EqualTo(SitState.Pausing));
        Assert.That(paused.IsCompleted, Is.False);
        subject.Go.Set();

        await paused.InTime();
        Assert.That(context.State, Is.EqualTo(SitState.Paused));
        Assert.That(Stage.Story, Is.EqualTo("busy"));
        Sitter.Resume();
        Assert.That(await call.InTime(), Is.EqualTo("calculated"));
        await opening.InTime();
    }

    [Test]
    public async Task a_checkpoint_throws_an_interrupt_that_is_due([Values("Calculate", "CalculateAsync")] string method)
    {
        var subject = Set<Steered>();
        var call = method == "Calculate" ? subject.Calculate() : subject.CalculateAsync();
        var opening = Task.Run(() => Stage.Open("door"));
        await Stage.Said("busy");

        Sitter.Cancel();
        subject.Go.Set();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Story, Is.EqualTo("busy, finally"));
        await opening.InTime();
    }

    [Test]
    public async Task a_cancel_ends_the_wait_at_a_checkpoint([Values("Calculate", "CalculateAsync")] string method)
    {
        var subject = Set<Steered>();
        var call = method == "Calculate" ? subject.Calculate() : subject.CalculateAsync();
        var opening = Task.Run(() => Stage.Open("door"));
        await Stage.Said("busy");
        Sitter.Pause();
        subject.Go.Set();
        await Sitter.WhenPaused().InTime();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Story, Is.EqualTo("busy, finally"));
        await opening.InTime();
    }

    [Test]
    public async Task a_checkpoint_of_a_call_that_is_cancelled_and_then_paused_throws_after_the_pause(
        [Values("Calculate", "CalculateAsync")] string method)
    {
        var subject = Set<Steered>();
        var call = method == "Calculate" ? subject.Calculate() : subject.CalculateAsync();
        var opening = Task.Run(() => Stage.Open("door"));
        await Stage.Said("busy");
        Sitter.Cancel();
        Sitter.Pause();
        subject.Go.Set();

        await Sitter.WhenPaused().InTime();
        Assert.That(Stage.Story, Is.EqualTo("busy"));
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Story, Is.EqualTo("busy, finally"));
        await opening.InTime();
    }

    [Test]
    public async Task a_call_is_not_paused_before_its_pause_hooks_have_run()
    {
        using var release = new ManualResetEventSlim();
        var call = Set<Controlled>().Work();
        Stage.When("pause", release.Wait);

        Sitter.Pause();
        var paused = Sitter.WhenPaused();
        Assert.That(paused.IsCompleted, Is.False);
        release.Set();

        await paused.InTime();
        Sitter.Resume();
        Stage.OpenForGood("door");
        await call.InTime();
    }

    [Test]
    public async Task a_call_around_one_that_waits_is_known_before_its_own_first_await([Values] bool flows)
    {
        var subject = Set<Busy>();
        var call = Task.Run<string?>(flows ? subject.WorkAroundInner : subject.WorkAroundInnerUnflowed);
        await Stage.Said("busy");

        Sitter.Pause(one => one.Name.StartsWith("WorkAroundInner", StringComparison.Ordinal));
        Assert.That(Sitter.ActiveCalls.Select(one => $"{one.Name} {one.State}"), Is.EquivalentTo(new[]
        {
            flows ? "WorkAroundInner Pausing" : "WorkAroundInnerUnflowed Pausing", "Inner Running",
        }));
        Stage.OpenForGood("door");
        var paused = Sitter.WhenPaused();
        Assert.That(paused.IsCompleted, Is.False);
        subject.Go.Set();

        await paused.InTime();
        Assert.That(Stage.Story, Is.EqualTo("busy"));
        Sitter.Resume(_ => true);
        Assert.That(await call.InTime(), Is.EqualTo("done"));
    }

    [Test]
    public async Task outside_a_call_a_checkpoint_does_nothing()
    {
        Sitter.Pause();
        Sitter.Checkpoint();
        await Sitter.CheckpointAsync();
        await Sitter.WhenPaused().InTime();
        Sitter.Resume();
    }

    [Test]
    public async Task the_wait_for_a_pause_can_be_given_up()
    {
        using var source = new CancellationTokenSource();
        var call = Set<Steered>().Sync();
        var paused = Sitter.WhenPaused(source.Token);

        await source.CancelAsync();

        await Failure<OperationCanceledException>(paused);
        Stage.OpenForGood("sync");
        await call.InTime();
    }

    [Test]
    public async Task a_call_that_waits_for_a_slow_operation_stands_still()
    {
        var call = Set<Controlled>().Work();

        Sitter.Pause();

        await Sitter.WhenPaused().InTime();
        Sitter.Resume();
        Stage.OpenForGood("door");
        await call.InTime();
    }
}
