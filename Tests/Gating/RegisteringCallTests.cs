using Sitters;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Tests.Gating;

/// <summary>A call that becomes known while the call around it is being interrupted.</summary>
[NonParallelizable]
internal sealed class RegisteringCallTests
{
    [Test]
    public void is_interrupted_at_once_and_under_no_lock_of_its_own()
    {
        var plan = new Plan(new PlanOptions { Name = "Shop.Orders.Sync", IsAsync = true });
        var outerScope = new Scope(plan);
        var outer = new Call(plan, ControlDomain.Process, 1, ControlEpoch.Current, null);
        outerScope.Claim(outer);
        outer.Register(outerScope);
        outerScope.Interrupt(InterruptReason.Cancelled);
        var inner = new Call(plan, ControlDomain.Process, 1, ControlEpoch.Current, outerScope);
        var innerScope = new Scope(plan) { Epoch = ControlEpoch.Current };
        innerScope.Claim(inner);
        bool? answers = null;
        new InnerFrame(innerScope, () => answers = Task.Run(() => inner.Context.State).Wait(Stage.Patience), inner).Begin();

        try
        {
            inner.Register(innerScope);

            // Code of the user's may run where an interrupt arrives, and another thread must be able to look at the call meanwhile.
            Assert.That(answers, Is.True);
            Assert.That(inner.Pending, Is.EqualTo(SitInterrupt.Cancel));
        }
        finally
        {
            inner.BeginDelivery();
            inner.EndDelivery();
            outer.BeginDelivery();
            outer.EndDelivery();
        }
    }
}
