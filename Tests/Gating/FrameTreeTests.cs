using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Tests.Gating;

/// <summary>The rule by which an interrupt comes to the methods of a scope, without a call around it: the innermost first.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FrameTreeTests
{
    private readonly Owner _owner = new();
    private readonly Scope _scope;
    private readonly List<string> _interrupted = [];

    public FrameTreeTests()
    {
        _scope = new Scope(new Plan(new PlanOptions { Name = "Shop.Orders.Sync", IsAsync = true }));
        _scope.Claim(_owner);
        _scope.Epoch = ControlEpoch.Current;
    }

    [Test]
    public void what_has_no_child_is_interrupted_at_once()
    {
        Begin("outer", _scope);

        _scope.Interrupt(InterruptReason.Cancelled);

        Assert.That(_interrupted, Is.EqualTo(new[] { "outer" }));
    }

    [Test]
    public void what_waits_for_a_child_is_interrupted_after_the_childs_end()
    {
        var outer = Begin("outer", _scope);
        var inner = Begin("inner", outer);

        _scope.Interrupt(InterruptReason.Cancelled);
        Assert.That(_interrupted, Is.EqualTo(new[] { "inner" }));

        inner.Finish();
        Assert.That(_interrupted, Is.EqualTo(new[] { "inner", "outer" }));
    }

    [Test]
    public void all_children_come_before_their_parent()
    {
        var outer = Begin("outer", _scope);
        var first = Begin("first", outer);
        var second = Begin("second", outer);

        _scope.Interrupt(InterruptReason.Cancelled);
        first.Finish();
        Assert.That(_interrupted, Is.EquivalentTo(new[] { "first", "second" }));

        second.Finish();
        Assert.That(_interrupted[^1], Is.EqualTo("outer"));
    }

    [Test]
    public void a_child_that_one_leaves_to_another_keeps_that_one_waiting()
    {
        var outer = Begin("outer", _scope);
        var middle = Begin("middle", outer);
        Begin("inner", middle);

        _scope.Tree.MoveChildren(middle, outer);
        middle.Finish();
        _scope.Interrupt(InterruptReason.Cancelled);

        Assert.That(_interrupted, Is.EqualTo(new[] { "inner" }));
    }

    [Test]
    public void an_interrupt_comes_to_each_once()
    {
        Begin("outer", _scope);

        _scope.Interrupt(InterruptReason.Cancelled);
        _scope.Interrupt(InterruptReason.Restarted);

        Assert.That(_interrupted, Is.EqualTo(new[] { "outer" }));
        Assert.That(_scope.Tree.Reason, Is.EqualTo(InterruptReason.Cancelled));
        Assert.That(_owner.Interrupts, Is.EqualTo(1));
    }

    [Test]
    public void what_is_paused_is_interrupted_when_it_is_resumed()
    {
        Begin("outer", _scope);
        _scope.Pause();

        _scope.Interrupt(InterruptReason.Cancelled);
        Assert.That(_interrupted, Is.Empty);

        _scope.Resume();
        _scope.InterruptAfterPause();
        Assert.That(_interrupted, Is.EqualTo(new[] { "outer" }));
    }

    [Test]
    public void what_has_ended_is_not_interrupted()
    {
        Begin("outer", _scope);
        _scope.End();

        _scope.Interrupt(InterruptReason.Cancelled);

        Assert.That(_interrupted, Is.Empty);
        Assert.That(_scope.IsInterrupted, Is.False);
    }

    [Test]
    public void a_paused_or_interrupted_scope_sends_its_awaits_the_long_way()
    {
        Assert.That(_scope.NeedsAttention, Is.False);

        _scope.Pause();
        Assert.That(_scope.NeedsAttention, Is.True);

        _scope.Resume();
        _scope.CatchUp();
        Assert.That(_scope.NeedsAttention, Is.False);

        _scope.Interrupt(InterruptReason.Cancelled);
        _scope.CatchUp();
        Assert.That(_scope.NeedsAttention, Is.True);
    }

    [Test]
    public void a_token_that_is_asked_for_after_the_interrupt_is_cancelled()
    {
        _scope.Interrupt(InterruptReason.Cancelled);

        Assert.That(_scope.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task what_is_registered_on_the_token_runs_on_no_thread_that_interrupts_or_asks()
    {
        var ran = new TaskCompletionSource<int>();
        using var registration = _scope.Token.Register(() => ran.SetResult(Environment.CurrentManagedThreadId));
        using var mayRun = new ManualResetEventSlim();
        var here = 0;
        var interrupting = new Thread(() =>
        {
            here = Environment.CurrentManagedThreadId;
            _scope.Interrupt(InterruptReason.Cancelled);
            _ = _scope.Token;
            mayRun.Wait();
        });
        interrupting.Start();

        var thread = await ran.Task.InTime();
        mayRun.Set();
        interrupting.Join();

        Assert.That(thread, Is.Not.EqualTo(here));
    }

    private InnerFrame Begin(string name, Frame parent)
    {
        var call = new Call(_scope.Plan, ControlDomain.Process, 1, ControlEpoch.Current, null);
        var frame = new InnerFrame(parent, () => _interrupted.Add(name), call);
        frame.Begin();
        return frame;
    }

    private sealed class Owner : IScopeOwner
    {
        public int Interrupts { get; private set; }

        public TimeProvider TimeProvider => TimeProvider.System;

        public void CatchUp(Scope scope)
        {
        }

        public void CheckTime(Scope scope)
        {
        }

        public void OnInterrupted(Scope scope) => Interrupts++;

        public void OnBodyEnded(Scope scope)
        {
        }

        public void OnLeft(Scope scope)
        {
        }

        public void OnUsersCodeFailed(Exception exception) => Assert.Fail(exception.Message);
    }
}
