using System.Collections.Concurrent;
using AssemblyToProcess.Life;
using Sitters;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Tests.Controlling;

/// <summary>Who watches sees everything, in order, and can do no harm.</summary>
internal sealed class ObserverTests : ControllerFixture
{
    private readonly ConcurrentQueue<SitControlEvent> _executed = new();

    [SetUp]
    public void Listen()
    {
        _executed.Clear();
        Sitter.ControlExecuted += _executed.Enqueue;
    }

    [TearDown]
    public void Forget() => Sitter.ControlExecuted -= _executed.Enqueue;

    [Test]
    public async Task each_verb_tells_once_what_it_did_to_how_many_calls()
    {
        var scene = Set<Steered>();
        var (sync, load) = (scene.Sync(), scene.Load());
        var why = new SitControl { Identity = "Ann", Reason = "migration" };

        Sitter.Pause(why);
        Sitter.Resume();
        Sitter.Pause("*.Sync", why);
        Sitter.Resume("*.Sync");
        Sitter.Cancel(call => call.Name == "Load");
        Call("Sync").Cancel();
        await Task.WhenAll(sync, load).InTime();
        Sitter.Restart();

        Assert.That(_executed.Select(one => $"{one.Verb} {one.Methods} {one.Calls}"), Is.EqualTo(new[]
        {
            "Pause  2", "Resume  2", "Pause *.Sync 1", "Resume *.Sync 1", "Cancel  1", "Cancel  1", "Restart  0",
        }));
        Assert.That(_executed.First().Control, Is.SameAs(why));
    }

    [Test]
    public void a_pause_that_ends_by_itself_tells_that_it_does()
    {
        Sitter.Pause("*.Sync", new SitControl { For = TimeSpan.FromSeconds(1), Reason = "short" });

        Clock.Advance(1);

        Assert.That(_executed.Select(one => $"{one.Verb} {one.Methods} {one.Control.Reason}"), Is.EqualTo(new[]
        {
            "Pause *.Sync short", "Resume *.Sync short",
        }));
    }

    [Test]
    public async Task a_pause_of_a_call_that_has_ended_or_was_resumed_tells_no_end()
    {
        var scene = Set<Steered>();
        var (sync, load) = (scene.Sync(), scene.Load());
        Call("Sync").Pause(new SitControl { For = TimeSpan.FromSeconds(1) });
        Call("Load").Pause(new SitControl { For = TimeSpan.FromSeconds(1) });
        Call("Sync").Cancel();
        Call("Load").Resume();
        Stage.OpenForGood("load");
        await Task.WhenAll(sync, load).InTime();
        _executed.Clear();

        Clock.Advance(1);

        Assert.That(_executed, Is.Empty);
    }

    [Test]
    public async Task a_handler_that_throws_harms_nobody()
    {
        static void Throw(SitControlEvent executed) => throw new InvalidOperationException("handler");
        Sitter.ControlExecuted += Throw;
        var call = Set<Steered>().Sync();

        Sitter.Cancel();

        Sitter.ControlExecuted -= Throw;
        await call.InTime();
        Assert.That(_executed, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task an_observer_sees_a_call_from_its_beginning_to_its_end()
    {
        var seen = new Recorder();
        using (Sitter.Observe(seen))
        {
            var call = Set<Steered>().FailOnce();
            await Stage.Reached("door");
            Sitter.Pause();
            Sitter.Resume();
            Sitter.Restart();
            await Stage.Reached("door", 2);
            Stage.OpenForGood("door");
            await call.InTime();
        }

        Assert.That(string.Join(", ", seen.Events), Is.EqualTo(
            "started, attempt 1, paused, resumed, interrupted Restart, restarted, attempt 1, retrying once, attempt 2, ended Completed"));
    }

    [Test]
    public async Task an_observer_sees_nothing_after_it_was_disposed_of()
    {
        var seen = new Recorder();
        Sitter.Observe(seen).Dispose();
        Stage.OpenForGood("sync");

        await Set<Steered>().Sync().InTime();

        Assert.That(seen.Events, Is.Empty);
    }

    [Test]
    public async Task an_observer_sees_what_a_cache_is_asked()
    {
        var seen = new Recorder();
        using (Sitter.Observe(seen))
        {
            await Steered.Cached(1001).InTime();
            await Steered.Cached(1001).InTime();
        }

        Assert.That(seen.Events.Where(one => one.StartsWith("cache", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "cache Cached False", "cache Cached True",
        }));
    }

    [Test]
    public async Task an_observer_that_throws_harms_no_call()
    {
        using (Sitter.Observe(new Thrower()))
        {
            var call = Set<Steered>().Sync();
            Sitter.Pause();
            Sitter.Resume();
            Stage.OpenForGood("sync");
            Assert.That(await call.InTime(), Is.EqualTo("synced"));
        }
    }

    [Test]
    public async Task an_observer_that_blocks_holds_up_its_own_call_alone()
    {
        using var release = new ManualResetEventSlim();
        using (Sitter.Observe(new Blocker("Sync", release)))
        {
            var scene = Set<Steered>();
            var (sync, load) = (scene.Sync(), scene.Load());

            Sitter.Cancel();

            Assert.That(await load.InTime(), Is.Null);
            Assert.That(sync.IsCompleted, Is.False);
            release.Set();
            Assert.That(await sync.InTime(), Is.Null);
        }
    }

    [Test]
    public async Task an_observer_is_told_of_one_call_one_event_after_the_other()
    {
        var seen = new Slow();
        using (Sitter.Observe(seen))
        {
            var call = Task.Run(Set<Steered>().Sync);
            await seen.Begun.Task.InTime();

            Call("Sync").Pause();
            Call("Sync").Cancel();
            seen.Release.Set();
            await call.InTime();
        }

        Assert.That(string.Join(", ", seen.Events), Is.EqualTo("started, over, paused, interrupted, resumed"));
    }

    [Test]
    public async Task an_observer_is_told_of_the_beginning_before_the_pause_in_which_a_call_begins()
    {
        var seen = new Recorder();
        using (Sitter.Observe(seen))
        {
            Sitter.Pause();
            var call = Set<Steered>().Sync();
            Stage.OpenForGood("sync");
            Sitter.Resume();
            await call.InTime();
        }

        Assert.That(string.Join(", ", seen.Events), Is.EqualTo("started, paused, resumed, attempt 1, ended Completed"));
    }

    [Test]
    public async Task an_observer_is_told_of_the_beginning_of_a_stream_before_the_interrupt_in_which_it_begins()
    {
        var seen = new Named();
        using (Sitter.Observe(seen))
        {
            await Set<Steered>().ReadLate().InTime();
        }

        Assert.That(seen.Events.Where(one => one.StartsWith("Numbers", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "Numbers started", "Numbers interrupted", "Numbers ended" }));
    }

    [Test]
    public async Task an_observer_is_told_of_no_pause_and_no_interrupt_after_the_end()
    {
        var seen = new Recorder();
        using (Sitter.Observe(seen))
        {
            var plan = new Plan(new PlanOptions { Name = "Shop.Orders.Sync", IsAsync = true });
            var call = new Call(plan, ControlDomain.Process, 1, ControlEpoch.Current, null);
            call.Register(null);

            await call.ObserveEnd();
            call.Interrupt(SitInterrupt.Cancel);

            // It has its turn after all that was to be told before.
            await call.Observe(static (observer, _) => observer.CacheRead("Shop.Orders.After", true));
            call.BeginDelivery();
            call.EndDelivery();
        }

        Assert.That(seen.Events, Is.EqualTo(new[] { "ended Running", "cache After True" }));
    }

    [Test]
    public async Task an_observer_is_told_of_a_failed_hook_before_the_end()
    {
        var seen = new Recorder();
        using (Sitter.Observe(seen))
        {
            await Set<FailingHooks>().AtCompletion().InTime();
        }

        Assert.That(seen.Events.TakeLast(2), Is.EqualTo(new[] { "hook failed", "ended Completed" }));
    }

    [Test]
    public async Task an_observer_is_told_of_an_attempt_that_is_interrupted_by_its_limit()
    {
        var seen = new Recorder();
        using (Sitter.Observe(seen))
        {
            await Clock.RunUntilEnd(Set<AttemptTimed>().Hang());
        }

        Assert.That(seen.Events, Does.Contain("interrupted Timeout"));
    }

    [Test]
    public async Task items_last_over_restarts_and_belong_to_one_call()
    {
        var call = Set<Steered>().Keep();
        await Stage.Reached("door");

        Sitter.Restart();
        await Stage.Reached("door", 2);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo("2"));
        Assert.That(await Set<Steered>().Keep().InTime(), Is.EqualTo("1"));
    }

    [Test]
    public async Task cleared_caches_forget_their_results()
    {
        var (first, other) = (await Steered.Cached(1).InTime(), await Steered.Cached(2).InTime());
        Sitter.ClearCaches("*.Sync");
        Assert.That(await Steered.Cached(1).InTime(), Is.SameAs(first));

        Sitter.ClearCaches("*.Steered.Cached");

        Assert.That(await Steered.Cached(1).InTime(), Is.Not.SameAs(first));
        Assert.That(await Steered.Cached(2).InTime(), Is.Not.SameAs(other));
    }

    private sealed class Recorder : SitObserver
    {
        public ConcurrentQueue<string> Events { get; } = new();

        public override void Started(SitContext call) => Events.Enqueue("started");

        public override void Attempting(SitContext call) => Events.Enqueue($"attempt {call.Attempt}");

        public override void Retrying(SitContext call, Exception? exception) => Events.Enqueue($"retrying {exception?.Message}");

        public override void Paused(SitContext call) => Events.Enqueue("paused");

        public override void Resumed(SitContext call) => Events.Enqueue("resumed");

        public override void Interrupted(SitContext call) => Events.Enqueue($"interrupted {call.Interrupt}");

        public override void Restarted(SitContext call) => Events.Enqueue("restarted");

        public override void Ended(SitContext call) => Events.Enqueue($"ended {call.State}");

        public override void HookFailed(SitContext call, Exception exception) => Events.Enqueue("hook failed");

        public override void CacheRead(string methodName, bool isHit) =>
            Events.Enqueue($"cache {methodName[(methodName.LastIndexOf('.') + 1)..]} {isHit}");
    }

    private sealed class Named : SitObserver
    {
        public ConcurrentQueue<string> Events { get; } = new();

        public override void Started(SitContext call) => Events.Enqueue($"{call.Name} started");

        public override void Interrupted(SitContext call) => Events.Enqueue($"{call.Name} interrupted");

        public override void Ended(SitContext call) => Events.Enqueue($"{call.Name} ended");
    }

    private sealed class Thrower : SitObserver
    {
        public override void Started(SitContext call) => throw new InvalidOperationException("started");

        public override void Paused(SitContext call) => throw new InvalidOperationException("paused");

        public override void Ended(SitContext call) => throw new InvalidOperationException("ended");
    }

    /// <summary>Takes long over the first event.</summary>
    private sealed class Slow : SitObserver
    {
        public ConcurrentQueue<string> Events { get; } = new();

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Release { get; } = new();

        public override void Started(SitContext call)
        {
            Events.Enqueue("started");
            Begun.SetResult();
            Release.Wait();
            Events.Enqueue("over");
        }

        public override void Paused(SitContext call) => Events.Enqueue("paused");

        public override void Resumed(SitContext call) => Events.Enqueue("resumed");

        public override void Interrupted(SitContext call) => Events.Enqueue("interrupted");
    }

    private sealed class Blocker(string name, ManualResetEventSlim release) : SitObserver
    {
        public override void Interrupted(SitContext call)
        {
            if (call.Name == name)
            {
                release.Wait();
            }
        }
    }
}
