using AssemblyToProcess.Life;
using Microsoft.Extensions.Time.Testing;
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

    [TestCase("Pause")]
    [TestCase("Cancel")]
    public async Task a_clock_that_fails_costs_no_other_call_anything(string what)
    {
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        void Note(SitContext call, Exception failure) => failures.Enqueue(failure);
        Sitter.HookFailed += Note;
        var clock = new BrokenClock();
        var scene = Set<Timed>();
        Sitter.TimeProvider = clock;
        var (first, second) = (scene.Work(), scene.Work());
        Sitter.TimeProvider = Clock;
        var other = Set<Steered>().Sync();

        clock.IsBroken = true;
        switch (what)
        {
            case "Pause":
                Sitter.Pause();
                Assert.That(Sitter.ActiveCalls.Select(call => call.State), Has.All.EqualTo(SitState.Paused));
                Sitter.Resume();
                Assert.That(Sitter.ActiveCalls.Select(call => call.State), Has.All.EqualTo(SitState.Running));
                Sitter.Cancel();
                break;
            default:
                Sitter.Cancel();
                break;
        }

        await Task.WhenAll(first, second, other).InTime();
        Sitter.HookFailed -= Note;
        Assert.That(failures, Is.Not.Empty.And.All.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public async Task a_timer_that_fails_where_a_limit_ends_keeps_no_call_from_its_outcome([Values] bool cancels)
    {
        using var failure = new ToldFailure();
        var clock = new BrokenClock();
        Sitter.TimeProvider = clock;
        var call = Set<Timed>().Work();
        Sitter.TimeProvider = Clock;
        await Stage.Reached("door");

        clock.BreaksTimers = true;
        if (cancels)
        {
            Sitter.Cancel();
        }
        else
        {
            Stage.Open("door");
        }

        await call.EndInTime();
        Assert.That(call.IsCompletedSuccessfully);
        Assert.That(await failure.Told.InTime(), Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public async Task a_clock_that_fails_when_it_rings_is_told_of_and_throws_nowhere()
    {
        using var failure = new ToldFailure();
        var clock = new BrokenFake();
        Sitter.TimeProvider = clock;
        var call = Set<Timed>().Work();
        Sitter.TimeProvider = Clock;
        await Stage.Reached("door");

        clock.IsBroken = true;
        Assert.DoesNotThrow(() => clock.Advance(TimeSpan.FromHours(1)));

        Assert.That(await failure.Told.InTime(), Is.InstanceOf<InvalidOperationException>());
        clock.IsBroken = false;
        Stage.Open("door");
        await call.EndInTime();
    }

    [Test]
    public async Task a_time_of_day_that_fails_costs_no_call_its_end()
    {
        using var failure = new ToldFailure();
        var clock = new BrokenFake();
        Sitter.TimeProvider = clock;
        var call = Set<Steered>().Load();
        Sitter.TimeProvider = Clock;

        clock.IsBroken = true;
        Stage.Open("load");

        Assert.That(await call.InTime(), Is.EqualTo("loaded"));
        Assert.That(await failure.Told.InTime(), Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public async Task a_timer_that_fails_where_a_call_begins_leaves_no_call_behind()
    {
        using var failure = new ToldFailure();
        Sitter.TimeProvider = new BrokenClock { BreaksTimers = true };
        var call = Set<Timed>().Work();
        Sitter.TimeProvider = Clock;

        Assert.That(await failure.Told.InTime(), Is.InstanceOf<InvalidOperationException>());
        Stage.Open("door");

        Assert.That(await call.InTime(), Is.EqualTo("done"));
        await Sitter.WhenIdle().InTime();
    }

    [Test]
    public async Task a_clock_that_fails_where_a_limit_begins_leaves_no_call_behind()
    {
        using var failure = new ToldFailure();
        var clock = new BrokenFake { FailsAfter = 1 };
        Sitter.TimeProvider = clock;
        var call = Set<Timed>().Work();
        Sitter.TimeProvider = Clock;

        Assert.That(await failure.Told.InTime(), Is.InstanceOf<InvalidOperationException>());
        Stage.Open("door");

        await call.EndInTime();
        await Sitter.WhenIdle().InTime();
    }

    [Test]
    public async Task a_clock_that_fails_during_a_resume_at_a_rate_holds_back_no_call()
    {
        var clock = new BrokenFake();
        Sitter.TimeProvider = clock;
        var calls = new[] { Set<Steered>().Load(), Set<Steered>().Load(), Set<Steered>().Load() };
        Sitter.Pause();
        Stage.Open("load");
        Sitter.Resume(new SitControl { Rate = 1 });

        clock.IsBroken = true;
        Assert.DoesNotThrow(() => clock.Advance(TimeSpan.FromSeconds(1)));
        clock.IsBroken = false;
        Sitter.TimeProvider = Clock;

        Assert.That(await Task.WhenAll(calls).InTime(), Is.All.EqualTo("loaded"));
    }

    [Test]
    public async Task a_timer_that_fails_where_a_pause_ends_keeps_no_call_in_it()
    {
        var clock = new BrokenClock();
        Sitter.TimeProvider = clock;
        var call = Set<Steered>().Load();
        Sitter.Pause(new SitControl { For = TimeSpan.FromHours(1) });

        clock.BreaksTimers = true;

        Assert.Throws<InvalidOperationException>(Sitter.Resume);
        Stage.Open("load");
        Assert.That(await call.InTime(), Is.EqualTo("loaded"));
    }

    /// <summary>The first failure of the user's code that is told of.</summary>
    private sealed class ToldFailure : IDisposable
    {
        private readonly TaskCompletionSource<Exception> _told = new();

        public ToldFailure() => Sitter.HookFailed += Note;

        public Task<Exception> Told => _told.Task;

        public void Dispose() => Sitter.HookFailed -= Note;

        private void Note(SitContext call, Exception failure) => _told.TrySetResult(failure);
    }

    private sealed class BrokenFake : FakeTimeProvider
    {
        public bool IsBroken { get; set; }

        /// <summary>How often it says what time it is before it fails.</summary>
        public int FailsAfter { get; set; } = int.MaxValue;

        public override long GetTimestamp() =>
            IsBroken || FailsAfter-- <= 0 ? throw new InvalidOperationException("clock") : base.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => IsBroken ? throw new InvalidOperationException("time of day") : base.GetUtcNow();
    }

    private sealed class BrokenClock : TimeProvider
    {
        public bool IsBroken { get; set; }

        public bool BreaksTimers { get; set; }

        public override long GetTimestamp() => IsBroken ? throw new InvalidOperationException("clock") : base.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new BrokenTimer(this, base.CreateTimer(callback, state, dueTime, period));

        private sealed class BrokenTimer(BrokenClock clock, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Check();
                return timer.Change(dueTime, period);
            }

            public void Dispose()
            {
                timer.Dispose();
                Check();
            }

            public ValueTask DisposeAsync() => timer.DisposeAsync();

            private void Check()
            {
                if (clock.BreaksTimers)
                {
                    throw new InvalidOperationException("timer");
                }
            }
        }
    }
}
