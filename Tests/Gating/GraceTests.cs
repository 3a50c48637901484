using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>An interrupted attempt whose cleanup does not end is left behind.</summary>
internal sealed class GraceTests : ControllerFixture
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    [Test]
    public async Task the_caller_gets_the_outcome_when_the_grace_is_over()
    {
        var call = Set<Graces>().Hangs();
        Sitter.Cancel();
        await Stage.Reached("cleaning");

        Clock.Advance(_grace - TimeSpan.FromMilliseconds(1));
        Assert.That(Stage.Lines, Does.Not.Contain("cancellation"));
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        await Ends(call, default, "cleans, cancellation");
        Assert.That(Sitter.ActiveCalls, Is.Empty);
    }

    [Test]
    public async Task a_call_that_was_interrupted_before_it_first_suspended_has_the_same_grace()
    {
        var call = Set<Graces>().HangsAtOnce();
        await Stage.Reached("cleaning");

        Clock.Advance(_grace);

        await Ends(call, default, "cleans");
        Assert.That(Sitter.ActiveCalls, Is.Empty);
    }

    [Test]
    public async Task what_was_left_behind_is_under_control_no_more()
    {
        var call = Set<Graces>().Hangs();
        Sitter.Cancel();
        await Stage.Reached("cleaning");
        Clock.Advance(_grace);
        await call.WaitAsync(Stage.Patience);

        Sitter.Pause();
        Stage.Open("cleaning");
        Stage.Open("helper");
        Sitter.Resume();

        Assert.That(Stage.Story, Is.EqualTo("cleans, cancellation, clean, helper, helper is over, over"));
    }

    [Test]
    public async Task what_was_left_behind_while_paused_goes_on_to_its_end()
    {
        var call = Set<Graces>().Hangs();
        var context = Call("Hangs");
        Sitter.Cancel();
        await Stage.Reached("cleaning");
        Sitter.Pause();
        Stage.Open("cleaning");
        Assert.That(Stage.Lines, Does.Not.Contain("clean"));

        Sitter.Resume();
        await Stage.Reached("helper");
        Stage.Open("helper");
        Assert.That(await call.WaitAsync(Stage.Patience), Is.Default);
        Assert.That(context.State, Is.EqualTo(SitState.Cancelled));
    }

    [Test]
    public async Task the_late_failure_of_what_was_left_behind_is_never_unobserved()
    {
        var unobserved = await Unobserved.After(async () =>
        {
            var call = Set<Graces>().Hangs();
            Sitter.Cancel();
            await Stage.Reached("cleaning");
            Clock.Advance(_grace);
            await call.WaitAsync(Stage.Patience);
            Stage.Fail("cleaning", new InvalidOperationException("too late"));
        });

        Assert.That(unobserved, Is.Empty);
    }

    [Test]
    public async Task a_timeout_grants_the_same_grace()
    {
        var call = Set<Graces>().Hangs();
        Clock.Advance(60);
        await Stage.Reached("cleaning");
        Assert.That(Stage.Lines, Does.Not.Contain("timeout"));

        Clock.Advance(_grace);

        await Ends(call, default, "cleans, timeout");
    }

    [Test]
    public async Task a_restart_goes_on_without_the_attempt_that_hangs()
    {
        var call = Set<Graces>().HangsOnce();
        Sitter.Restart();
        await Stage.Reached("cleaning");

        Clock.Advance(0.5);
        await Stage.Reached("work", 2);
        Stage.OpenForGood("work", "cleaning");

        Assert.That(await call.WaitAsync(Stage.Patience), Is.EqualTo(1));
        Assert.That(Stage.Lines.Take(4), Is.EqualTo(new[] { "startup", "cleans", "restart", "startup" }));
    }

    [Test]
    public async Task a_helper_that_hangs_in_its_cleanup_is_left_behind_with_its_caller()
    {
        var call = Set<Graces>().HelperHangs();
        Sitter.Cancel();
        await Stage.Reached("cleaning");
        Clock.Advance(_grace);
        Assert.That(await call.WaitAsync(Stage.Patience), Is.Default);

        Stage.Open("cleaning");

        Assert.That(Stage.Story, Is.EqualTo("cleans, clean, finally"));
    }

    [Test]
    public async Task a_method_that_swallows_the_interrupt_and_goes_on_for_ever_is_left_behind()
    {
        var call = Set<Graces>().Stubbornly();
        Sitter.Cancel();
        await Stage.Reached("work", 2);

        Clock.Advance(_grace);

        await Ends(call, default, "swallowed");
    }

    [Test]
    public async Task time_spent_paused_does_not_count_for_the_grace()
    {
        var call = Set<Graces>().Hangs();
        Sitter.Cancel();
        await Stage.Reached("cleaning");

        Sitter.Pause();
        Clock.Advance(_grace + _grace);
        Assert.That(call.IsCompleted, Is.False);
        Sitter.Resume();
        Stage.OpenForGood("cleaning", "helper");

        await Ends(call, default, "cleans, clean, helper, helper is over, over, cancellation");
    }
}
