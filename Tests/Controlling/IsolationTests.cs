using AssemblyToProcess.Life;
using Sitters;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Tests.Controlling;

/// <summary>What one call or its context does to a broadcast costs that call alone.</summary>
internal sealed class IsolationTests : ControllerFixture
{
    [Test]
    public async Task a_context_that_throws_keeps_no_call_from_being_cancelled()
    {
        var broken = OtherStage.Set(new Steered());
        var window = Window.Closed();
        var one = Set<Steered>().Load();
        var other = window.Start(broken.Sync);
        var last = Set<Steered>().Load();

        Sitter.Cancel();

        Assert.That(await one.InTime(), Is.Null);
        Assert.That(await last.InTime(), Is.Null);
        Assert.That(await other.InTime(), Is.Null, "it is resumed elsewhere");
        window.OnPost = work => work();
    }

    [Test]
    public async Task a_context_that_hangs_holds_up_nobody_else()
    {
        using var release = new ManualResetEventSlim();
        var window = new Window { OnPost = work => { release.Wait(); work(); } };
        var other = window.Start(OtherStage.Set(new Steered()).Sync);
        var one = Set<Steered>().Load();

        Sitter.Cancel();

        Assert.That(await one.InTime(), Is.Null);
        Assert.That(other.IsCompleted, Is.False);
        window.OnPost = work => work();
        release.Set();
        Assert.That(await other.InTime(), Is.Null);
    }

    [Test]
    public async Task a_context_that_runs_its_work_at_once_may_control_calls_from_there()
    {
        var window = new Window { OnPost = work => work() };
        var scene = OtherStage.Set(new Controlled());
        OtherStage.When("finally", () => Task.Run(Sitter.Resume).InTime().GetAwaiter().GetResult());
        var call = window.Start(scene.Work);

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_filter_that_throws_tells_its_caller_after_the_others_were_seen_to()
    {
        var scene = Set<Steered>();
        var (sync, load) = (scene.Sync(), scene.Load());

        var failure = Assert.Catch<InvalidOperationException>(() => Sitter.Cancel(
            call => call.Name == "Sync" ? throw new InvalidOperationException("filter") : true));

        Assert.That(failure!.Message, Is.EqualTo("filter"));
        Assert.That(await load.InTime(), Is.Null);
        Assert.That(sync.IsCompleted, Is.False);
        Stage.OpenForGood("sync");
        await sync.InTime();
    }

    [Test]
    public void an_interrupt_reaches_calls_nested_deeper_than_a_stack_is()
    {
        var plan = new Plan(new PlanOptions { Name = "Shop.Orders.Sync", IsAsync = true });
        var calls = new List<Call>();
        Scope? around = null;
        for (var i = 0; i < 2000; i++)
        {
            var scope = new Scope(plan) { Epoch = ControlEpoch.Current };
            var call = new Call(plan, ControlDomain.Process, 1, ControlEpoch.Current, around);
            scope.Claim(call);
            call.Register(scope);
            calls.Add(call);
            around = scope;
        }

        var thread = new Thread(() => calls[0].Interrupt(SitInterrupt.Cancel), maxStackSize: 128 * 1024);
        thread.Start();
        thread.Join();

        Assert.That(calls.Select(call => call.Pending).Distinct(), Is.EqualTo(new[] { SitInterrupt.Cancel }));
        calls.Reverse();
        calls.ForEach(call =>
        {
            call.BeginDelivery();
            call.EndDelivery();
        });
    }

    [Test]
    public async Task a_cancel_of_many_calls_is_told_when_all_were_reached()
    {
        const int Many = 5000;
        var scene = Set<Steered>();
        var calls = Enumerable.Range(0, Many).Select(_ => scene.Hang()).ToArray();
        var executed = new TaskCompletionSource<SitControlEvent>();
        Sitter.ControlExecuted += executed.SetResult;

        Sitter.Cancel();

        Assert.That((await executed.Task.InTime()).Calls, Is.EqualTo(Many));
        Sitter.ControlExecuted -= executed.SetResult;
        await Task.WhenAll(calls).InTime();
    }
}
