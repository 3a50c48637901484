using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>
/// Each event meets the call in each phase of its life. The call is led to the phase, the event comes, and then everything is let go:
/// what the call has said by its end shows what became of it.
/// </summary>
internal sealed class InterleavingTests : ControllerFixture
{
    private const string Whole = "startup, body, done, finally, completion";

    // While it waits to begin, since everything is paused.
    [TestCase("pending", "resume", Whole, SitState.Completed)]
    [TestCase("pending", "pause", Whole, SitState.Completed)]
    [TestCase("pending", "cancel", "cancellation", SitState.Cancelled)]
    [TestCase("pending", "cancel alone", "cancellation", SitState.Cancelled)]
    [TestCase("pending", "caller", "cancellation", SitState.Cancelled)]
    [TestCase("pending", "restart", "restart, " + Whole, SitState.Completed)]
    [TestCase("pending", "time", Whole, SitState.Completed)]

    // While the startup hooks run.
    [TestCase("startup", "resume", Whole, SitState.Completed)]
    [TestCase("startup", "pause", Whole, SitState.Completed)]
    [TestCase("startup", "cancel", "startup, cancellation", SitState.Cancelled)]
    [TestCase("startup", "cancel alone", "startup, cancellation", SitState.Cancelled)]
    [TestCase("startup", "caller", "startup, cancellation", SitState.Cancelled)]
    [TestCase("startup", "restart", "startup, restart, " + Whole, SitState.Completed)]
    [TestCase("startup", "time", "startup, timeout", SitState.TimedOut)]
    [TestCase("startup", "fail", "startup, exception", SitState.Failed)]

    // While the body is suspended.
    [TestCase("body", "resume", Whole, SitState.Completed)]
    [TestCase("body", "pause", Whole, SitState.Completed)]
    [TestCase("body", "cancel", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("body", "cancel alone", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("body", "caller", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("body", "restart", "startup, body, finally, restart, " + Whole, SitState.Completed)]
    [TestCase("body", "restart alone", "startup, body, finally, restart, " + Whole, SitState.Completed)]
    [TestCase("body", "time", "startup, body, finally, timeout", SitState.TimedOut)]
    [TestCase("body", "fail", "startup, body, finally, retry, body, done, finally, completion", SitState.Completed)]

    // While the body is suspended at an await that has completed while paused: what it brought is the body's, and the next await throws.
    [TestCase("parked", "resume", Whole, SitState.Completed)]
    [TestCase("parked", "cancel", "startup, body, done, finally, cancellation", SitState.Cancelled)]
    [TestCase("parked", "cancel alone", "startup, body, done, finally, cancellation", SitState.Cancelled)]
    [TestCase("parked", "caller", "startup, body, done, finally, cancellation", SitState.Cancelled)]
    [TestCase("parked", "restart", "startup, body, done, finally, restart, " + Whole, SitState.Completed)]
    [TestCase("parked", "restart alone", "startup, body, done, finally, restart, " + Whole, SitState.Completed)]
    [TestCase("parked", "time", Whole, SitState.Completed)]

    // While the body cleans up on its own, not interrupted yet: the cleanup is carried out whole. It has the token, and may know.
    [TestCase("finally", "pause", Whole, SitState.Completed)]
    [TestCase("finally", "cancel", "startup, body, done, finally, cancellation", SitState.Cancelled)]
    [TestCase("finally", "caller", "startup, body, done, finally, cancellation", SitState.Cancelled)]
    [TestCase("finally", "restart", "startup, body, done, finally, restart, " + Whole, SitState.Completed)]
    [TestCase("finally", "time", "startup, body, done, finally, timeout", SitState.TimedOut)]
    [TestCase("finally", "fail", "startup, body, done, finally, retry, body, done, finally, completion", SitState.Completed)]

    // While the interrupted body cleans up.
    [TestCase("cleanup", "pause", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("cleanup", "cancel", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("cleanup", "caller", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("cleanup", "restart", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("cleanup", "time", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("cleanup", "fail", "startup, body, finally, exception", SitState.Failed)]

    // While the body cleans up for a restart: what ends the call overtakes it.
    [TestCase("restarting", "pause", "startup, body, finally, restart, " + Whole, SitState.Completed)]
    [TestCase("restarting", "restart", "startup, body, finally, restart, " + Whole, SitState.Completed)]
    [TestCase("restarting", "cancel", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("restarting", "cancel alone", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("restarting", "caller", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("restarting", "time", "startup, body, finally, timeout", SitState.TimedOut)]

    // While the retry hooks run, and in the wait between two attempts.
    [TestCase("retry", "pause", "startup, body, finally, retry, body, done, finally, completion", SitState.Completed)]
    [TestCase("retry", "cancel", "startup, body, finally, retry, cancellation", SitState.Cancelled)]
    [TestCase("retry", "caller", "startup, body, finally, retry, cancellation", SitState.Cancelled)]
    [TestCase("retry", "restart", "startup, body, finally, retry, restart, " + Whole, SitState.Completed)]
    [TestCase("retry", "time", "startup, body, finally, retry, timeout", SitState.TimedOut)]
    [TestCase("delay", "pause", "startup, body, finally, retry, body, done, finally, completion", SitState.Completed)]
    [TestCase("delay", "cancel", "startup, body, finally, retry, cancellation", SitState.Cancelled)]
    [TestCase("delay", "caller", "startup, body, finally, retry, cancellation", SitState.Cancelled)]
    [TestCase("delay", "restart", "startup, body, finally, retry, restart, " + Whole, SitState.Completed)]

    // While the restart hooks run.
    [TestCase("restart", "pause", "startup, body, finally, restart, " + Whole, SitState.Completed)]
    [TestCase("restart", "restart", "startup, body, finally, restart, " + Whole, SitState.Completed)]
    [TestCase("restart", "cancel", "startup, body, finally, restart, cancellation", SitState.Cancelled)]
    [TestCase("restart", "caller", "startup, body, finally, restart, cancellation", SitState.Cancelled)]
    [TestCase("restart", "time", "startup, body, finally, restart, " + Whole, SitState.Completed)]

    // While the hooks of the end run: the outcome stands.
    [TestCase("completion", "pause", Whole, SitState.Completed)]
    [TestCase("completion", "cancel", Whole, SitState.Completed)]
    [TestCase("completion", "caller", Whole, SitState.Completed)]
    [TestCase("completion", "restart", Whole, SitState.Completed)]
    [TestCase("completion", "time", Whole, SitState.Completed)]
    [TestCase("completion", "fail", Whole, SitState.Completed)]
    [TestCase("cancellation", "pause", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("cancellation", "cancel", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("cancellation", "caller", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("cancellation", "restart", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("cancellation", "time", "startup, body, finally, cancellation", SitState.Cancelled)]
    [TestCase("timeout", "cancel", "startup, body, finally, timeout", SitState.TimedOut)]
    [TestCase("timeout", "caller", "startup, body, finally, timeout", SitState.TimedOut)]
    [TestCase("timeout", "restart", "startup, body, finally, timeout", SitState.TimedOut)]
    [TestCase("exception", "cancel", "startup, body, finally, retry, body, finally, exception", SitState.Failed)]
    [TestCase("exception", "restart", "startup, body, finally, retry, body, finally, exception", SitState.Failed)]
    public async Task an_event_meets_a_phase(string phase, string happens, string story, SitState end)
    {
        using var caller = new CancellationTokenSource();
        var scene = Set<Phases>();
        if (phase == "pending")
        {
            Sitter.Pause();
        }

        var call = scene.Work(caller.Token);
        await LeadTo(phase, scene);

        Happen(happens, phase, caller);
        if (phase == "body" && happens is not ("resume" or "pause" or "fail"))
        {
            // What the body awaits must not complete before the interrupt has come to it.
            await Stage.Said("finally");
        }

        Stage.OpenAll();
        Sitter.Resume();
        await End(call);

        Assert.That(Stage.Story, Is.EqualTo(story));
        Assert.That(scene.Context!.State, Is.EqualTo(end));
        AssertOutcome(
            call, end, callerCancelled: end == SitState.Cancelled && happens == "caller" && phase is not ("cleanup" or "cancellation"));
    }

    [Test]
    public async Task the_first_of_two_interrupts_decides(
        [Values("cancel", "caller", "time")] string first, [Values("cancel", "caller", "time")] string second)
    {
        using var caller = new CancellationTokenSource();
        var scene = Set<Phases>();
        var call = scene.Work(caller.Token);
        await LeadTo("body", scene);

        Happen(first, "body", caller);
        Happen(second, "body", caller);
        await Stage.Said("finally");
        Stage.OpenAll();
        await End(call);

        Assert.That(scene.Context!.State, Is.EqualTo(first == "time" ? SitState.TimedOut : SitState.Cancelled));
        Assert.That(
            scene.Context.Interrupt,
            Is.EqualTo(first switch { "time" => SitInterrupt.Timeout, "caller" => SitInterrupt.CallerCancel, _ => SitInterrupt.Cancel }));
        Assert.That(Stage.Lines, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task restarts_in_quick_succession_are_one_until_the_attempt_is_over()
    {
        var scene = Set<Phases>();
        var call = scene.Work(default);
        await LeadTo("body", scene);

        for (var i = 0; i < 10; i++)
        {
            Sitter.Restart();
        }

        await Stage.Said("finally");
        Stage.OpenAll();
        await End(call);

        Assert.That(Stage.Story, Is.EqualTo("startup, body, finally, restart, " + Whole));
        Assert.That(scene.Context!.Restarts, Is.EqualTo(1));
    }

    [Test]
    public async Task a_pause_during_the_restart_hooks_is_reported_before_its_end()
    {
        Stage.When("restart", Sitter.Pause);
        var call = Set<Pauses>().StartsAgain();
        Sitter.Restart();
        await Stage.Said("restart");
        Stage.OpenForGood("work");
        await Stage.Said("pause");
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(1));
        Assert.That(Stage.Lines.Where(line => line is "pause" or "resume"), Is.EqualTo(new[] { "pause", "resume" }));
    }

    private async Task LeadTo(string phase, Phases scene)
    {
        if (phase == "pending")
        {
            return;
        }

        await Stage.Reached("startup");
        if (phase == "startup")
        {
            return;
        }

        Stage.Open("startup");
        await Stage.Reached("body");
        switch (phase)
        {
            case "body":
                return;
            case "parked":
                Sitter.Pause();
                Stage.Open("body");
                return;
            case "finally" or "completion":
                Stage.Open("body");
                await Stage.Reached("finally");
                if (phase == "completion")
                {
                    Stage.Open("finally");
                }

                break;
            case "cleanup" or "cancellation":
                Sitter.Cancel();
                await Stage.Reached("finally");
                if (phase == "cancellation")
                {
                    Stage.Open("finally");
                }

                break;
            case "timeout":
                Clock.Advance(10);
                await Stage.Reached("finally");
                Stage.Open("finally");
                break;
            case "restarting" or "restart":
                Sitter.Restart();
                await Stage.Reached("finally");
                if (phase == "restart")
                {
                    Stage.Open("finally");
                }

                break;
            case "retry" or "delay":
                scene.FailsOnce = true;
                Stage.OpenForGood("body", "finally");
                await Stage.Reached("retry");
                if (phase == "delay")
                {
                    Stage.Open("retry");
                    return;
                }

                break;
            case "exception":
                scene.Fails = true;
                Stage.OpenForGood("body", "finally", "retry");
                await Attempts(2);
                break;
        }

        if (phase is "completion" or "cancellation" or "timeout" or "restart" or "exception")
        {
            await Stage.Reached(phase);
        }
    }

    private void Happen(string happens, string phase, CancellationTokenSource caller)
    {
        switch (happens)
        {
            case "resume":
                Sitter.Resume();
                break;
            case "pause":
                Sitter.Pause();
                break;
            case "cancel":
                Sitter.Cancel();
                break;
            case "cancel alone":
                Call("Work").Cancel();
                break;
            case "restart":
                Sitter.Restart();
                break;
            case "restart alone":
                Call("Work").Restart();
                break;
            case "caller":
                caller.Cancel();
                break;
            case "time":
                Clock.Advance(10);
                break;
            case "fail":
                Stage.Fail(phase == "cleanup" ? "finally" : phase, new InvalidOperationException("failed"));
                break;
        }
    }

    private async Task Attempts(int number)
    {
        for (var end = DateTime.UtcNow + Stage.Patience; DateTime.UtcNow < end && Stage.Count("body") < number; await Task.Delay(1))
        {
            Clock.Advance(0.1);
        }
    }

    /// <summary>Waits for the end, with as much time passing as the wait between two attempts takes.</summary>
    private async Task End(Task call)
    {
        for (var end = DateTime.UtcNow + Stage.Patience; !call.IsCompleted; await Task.WhenAny(call, Task.Delay(1)))
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(end), () => "The call does not end: " + Stage.Story);
            if (Stage.Lines is [.., "retry"])
            {
                Clock.Advance(0.1);
            }
        }
    }

    private static void AssertOutcome(Task<string?> call, SitState end, bool callerCancelled)
    {
        if (end == SitState.Failed)
        {
            Assert.That(call.Exception!.InnerException, Is.InstanceOf<InvalidOperationException>());
        }
        else if (callerCancelled)
        {
            Assert.That(call.IsCanceled, Is.True);
        }
        else
        {
            Assert.That(call.Result, Is.EqualTo(end == SitState.Completed ? "done" : null));
        }
    }
}
