using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Tests.Gating;

/// <summary>What comes to a call after its end, by itself: an interrupt can be on its way just then.</summary>
[NonParallelizable]
internal sealed class EndedCallTests
{
    [Test]
    public void a_grace_that_begins_after_the_end_runs_no_more_and_holds_nothing()
    {
        var plan = new Plan(new PlanOptions { Name = "Shop.Orders.Sync", IsAsync = true });
        var call = new Call(plan, ControlDomain.Process, 1, ControlEpoch.Current, null);
        var scope = new Scope(plan);
        call.Register(null);
        var before = call.Start(new CallDeadline(call, TimeLimit.Grace, scope, plan.GraceDeadlines, plan.GraceDeadlines.Now));
        Assert.That(before.IsQueued, Is.True);

        call.BeginDelivery();
        var after = call.Start(new CallDeadline(call, TimeLimit.Grace, scope, plan.GraceDeadlines, plan.GraceDeadlines.Now));
        call.EndDelivery();

        Assert.That(before.IsQueued, Is.False);
        Assert.That(after.IsQueued, Is.False);
    }
}
