using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Async methods, lambdas and local functions that run inside a sat call, under its control.</summary>
internal sealed class HelperTests : ControllerFixture
{
    [Test]
    public async Task an_interrupt_reaches_the_innermost_await_first_and_travels_outwards()
    {
        var subject = Set<Helped>();
        var call = subject.Deep();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "inner", "inner finally", "middle finally", "outer finally" }));
    }

    [Test]
    public async Task lambdas_and_local_functions_are_interrupted_too()
    {
        var subject = Set<Helped>();
        var call = subject.Lambda();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "local", "local finally", "lambda finally" }));
    }

    [Test]
    public async Task helpers_that_run_together_are_all_over_before_their_caller_goes_on()
    {
        var subject = Set<Helped>();
        var call = subject.Parallel();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Count("inner finally"), Is.EqualTo(3));
        Assert.That(Stage.Lines[^1], Is.EqualTo("outer finally"));
    }

    [Test]
    public async Task a_method_that_awaits_more_than_its_helper_is_interrupted_in_its_turn()
    {
        var subject = Set<Helped>();
        var call = subject.First();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "inner", "inner finally", "outer finally" }));
    }

    [Test]
    public async Task a_helper_on_another_thread_is_interrupted_too()
    {
        var subject = Set<Helped>();
        var call = subject.InTaskRun();
        await Stage.Said("inner");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "inner", "inner finally", "outer finally" }));
    }

    [Test]
    public async Task a_helper_in_the_cleanup_is_left_alone()
    {
        var subject = Set<Helped>();
        var call = subject.CleanUpWithHelper();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "cleaned" }));
    }

    [Test]
    public async Task a_helper_stands_still_while_paused()
    {
        var subject = Set<Helped>();
        var call = subject.Deep();

        Sitter.Pause();
        Stage.OpenForGood("door");
        Assert.That(Stage.Count("inner after"), Is.Zero);
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task outside_a_sat_call_a_helper_is_an_ordinary_method()
    {
        var subject = Set<Helped>();
        var sat = subject.Deep();
        var helper = subject.Inner();

        Sitter.Cancel();
        Assert.That(await sat.InTime(), Is.Null);
        Assert.That(helper.IsCompleted, Is.False);

        Stage.OpenForGood("door");
        Assert.That(await helper.InTime(), Is.EqualTo(5));
    }
}
