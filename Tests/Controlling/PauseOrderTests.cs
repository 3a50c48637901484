using Sitters;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Tests.Controlling;

/// <summary>An interrupt takes a call out of the pauses that were ordered before it, and out of no other.</summary>
internal sealed class PauseOrderTests : ControllerFixture
{
    private readonly List<Call> _calls = [];

    [TearDown]
    public void EndCalls()
    {
        Resume();
        Enumerable.Reverse(_calls).ToList().ForEach(static call =>
        {
            call.BeginDelivery();
            call.EndDelivery();
        });
        _calls.Clear();
    }

    [Test]
    public void a_timeout_leaves_a_call_in_a_pause_that_was_ordered_just_before()
    {
        var call = Begin(null).Call;
        Pause();

        call.Interrupt(SitInterrupt.Timeout);

        Assert.That((call.Pending, call.IsPaused), Is.EqualTo((SitInterrupt.Timeout, true)));
    }

    [Test]
    public void a_cancel_leaves_a_call_in_a_pause_that_was_ordered_after_it()
    {
        var call = Begin(null).Call;
        var epoch = Advance();
        Pause();

        call.Interrupt(SitInterrupt.Cancel, epoch: epoch);

        Assert.That((call.Pending, call.IsPaused), Is.EqualTo((SitInterrupt.Cancel, true)));
    }

    [Test]
    public void a_cancel_takes_a_call_out_of_a_pause_that_was_ordered_before_it([Values] bool hasComeYet)
    {
        var call = Begin(null).Call;
        Pause();
        if (hasComeYet)
        {
            call.Apply();
        }

        call.Interrupt(SitInterrupt.Cancel, epoch: Advance());

        Assert.That((call.Pending, call.IsPaused), Is.EqualTo((SitInterrupt.Cancel, false)));
    }

    [Test]
    public void an_inner_call_leaves_the_pauses_that_the_outer_one_leaves([Values(SitInterrupt.Timeout, SitInterrupt.Cancel)] SitInterrupt kind)
    {
        var outer = Begin(null);
        var inner = Begin(outer);
        var epoch = Advance();
        Pause();

        outer.Call.Interrupt(kind, epoch: epoch);

        Assert.That((outer.Call.IsPaused, inner.Call.IsPaused), Is.EqualTo((true, true)));
        Assert.That(inner.Call.Pending, Is.EqualTo(SitInterrupt.Cancel));
    }

    [Test]
    public void an_inner_call_that_is_paused_alone_goes_on_to_be_cancelled_with_the_outer_one()
    {
        var outer = Begin(null);
        var inner = Begin(outer);
        inner.Call.Hold(new Hold(new GivenOrder(new SitControl(), Advance()), null));
        outer.Call.Apply();

        outer.Call.Interrupt(SitInterrupt.Timeout);

        Assert.That((inner.Call.Pending, inner.Call.IsPaused), Is.EqualTo((SitInterrupt.Cancel, false)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void a_restart_gives_way_to_a_cancel_whichever_was_ordered_first_before_the_call_learned_of_both(bool cancelsFirst)
    {
        var call = Begin(null).Call;
        Interrupt(isCancel: cancelsFirst);
        Interrupt(isCancel: !cancelsFirst);

        call.Apply();

        Assert.That(call.Pending, Is.EqualTo(SitInterrupt.Cancel));
    }

    private (Call Call, Scope Scope) Begin((Call Call, Scope Scope)? around)
    {
        var plan = new Plan(new PlanOptions { Name = "Shop.Orders.Sync", IsAsync = true });
        var scope = new Scope(plan) { Epoch = ControlEpoch.Current };
        var call = new Call(plan, ControlDomain.Process, 1, ControlEpoch.Current, around?.Scope);
        scope.Claim(call);
        call.Register(scope);
        _calls.Add(call);
        return (call, scope);
    }

    private static int Advance() => Controller.Advance(ControlDomain.Process, static (state, _) => state);

    private static void Interrupt(bool isCancel) => Controller.Advance(ControlDomain.Process, (state, epoch) => isCancel
        ? state with { Interrupt = new GivenOrder(new SitControl(), epoch), CancelEpoch = epoch }
        : state with { Interrupt = new GivenOrder(new SitControl(), epoch), RestartEpoch = epoch });

    /// <summary>Ordered, but not known to the calls yet.</summary>
    private static void Pause() => Controller.Advance(ControlDomain.Process, static (state, epoch) =>
        state with { All = new StandingPause(new GivenOrder(new SitControl(), epoch), null, [], null, default) });

    private static void Resume() => Controller.Advance(ControlDomain.Process, static (state, _) => state with { All = null });
}
