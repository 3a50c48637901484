using System.Collections.Concurrent;
using AssemblyToProcess.Life;
using Microsoft.Extensions.Time.Testing;
using Sitters;

namespace Tests.Controlling;

/// <summary>A clock of the user's that throws is told of, and costs no call its limits, hooks, end or result.</summary>
internal sealed class FailingClockTests : ControllerFixture
{
    private static readonly string[] _forms =
        [nameof(Clocked.Retried), nameof(Clocked.Unflowed), nameof(Clocked.Cached), nameof(Clocked.Numbers), nameof(Clocked.Held)];

    [Test]
    public async Task wherever_a_clock_fails_a_call_has_its_hooks_its_end_and_its_result(
        [ValueSource(nameof(_forms))] string form, [Values("then", "until then", "from then on")] string when, [Values] bool isPaused)
    {
        var touches = int.MaxValue;
        for (var failing = 1; failing <= touches; failing++)
        {
            var clock = new Touched { FailsFrom = when == "until then" ? 1 : failing, FailsTo = when == "from then on" ? int.MaxValue : failing };
            var ends = new Ends();
            SetTheStage();
            using (Sitter.Observe(ends))
            {
                Sitter.TimeProvider = clock;
                var call = Begin(form);
                if (isPaused)
                {
                    Sitter.Pause(new SitControl { For = TimeSpan.FromMilliseconds(2) });
                }

                Stage.OpenForGood("held");
                Assert.That(await call.InTime(), Is.EqualTo(3), $"failing at {failing}");
                await Sitter.WhenIdle().InTime();
            }

            // What is counted from here on is what another call would touch.
            touches = clock.Touches;
            await ends.WhenTold.InTime();
            Assert.That(ends.Story, Is.EqualTo("started, ended Completed"), $"failing at {failing}");
            Assert.That((Stage.Count("startup"), Stage.Count("completion")), Is.EqualTo((1, 1)), $"failing at {failing}");
            Sitter.Resume();
        }

        Assert.That(touches, Is.GreaterThan(0));
    }

    [Test]
    public async Task a_limit_whose_timer_could_not_be_made_ends_by_the_systems_clock()
    {
        Sitter.TimeProvider = new BrokenClock { BreaksTimers = true };
        var scene = Set<Clocked>();

        Assert.That(await Failure<TimeoutException>(scene.Hang()), Is.Not.Null);
        Assert.That(Stage.Count("timeout"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_limit_ends_though_its_clock_can_never_be_read()
    {
        Sitter.TimeProvider = new BrokenClock { IsBroken = true };

        Assert.That(await Failure<TimeoutException>(Set<Clocked>().Hang()), Is.Not.Null);
    }

    [Test]
    public async Task a_limit_ends_though_its_clock_makes_no_timers_or_has_no_frequency([Values] bool hasTimers)
    {
        Sitter.TimeProvider = hasTimers ? new Backwards() : new Timeless();

        Assert.That(await Failure<TimeoutException>(Set<Clocked>().Hang()), Is.Not.Null);
    }

    [Test]
    public async Task a_failure_that_can_not_even_be_written_harms_nobody()
    {
        Sitter.TimeProvider = new BrokenClock { IsBroken = true, Failure = new Unprintable() };

        Assert.That(await Set<Clocked>().Retried().InTime(), Is.EqualTo(3));
        Assert.DoesNotThrow(Sitter.Resume);
    }

    [Test]
    public async Task the_limit_of_a_streams_attempt_ends_though_its_timer_fails()
    {
        Sitter.TimeProvider = new BrokenClock { BreaksTimers = true };
        await using var numbers = Set<Clocked>().HangingNumbers().GetAsyncEnumerator();

        Assert.That(await numbers.MoveNextAsync().AsTask().InTime(), Is.False);
    }

    [Test]
    public async Task a_limit_goes_on_after_a_pause_though_its_timer_fails([Values] bool throws)
    {
        var clock = new BrokenClock();
        Sitter.TimeProvider = clock;
        Sitter.Pause();
        var call = Set<Clocked>().Hang();

        clock.BreaksTimers = throws;
        clock.RefusesToSet = !throws;
        Sitter.Resume();

        Assert.That(await Failure<TimeoutException>(call), Is.Not.Null);
    }

    [Test]
    public async Task a_timer_that_fails_when_it_is_given_back_ends_no_wait_for_a_retry()
    {
        var clock = new BrokenClock();
        Sitter.TimeProvider = clock;
        clock.BreaksTimersLater = true;

        Assert.That(await Set<Clocked>().Retried().InTime(), Is.EqualTo(3));
    }

    [Test]
    public async Task a_pause_with_an_end_ends_though_its_timer_fails([Values] bool isOfOne)
    {
        Sitter.TimeProvider = new BrokenClock { BreaksTimers = true };
        var call = Set<Steered>().Load();
        var control = new SitControl { For = TimeSpan.FromMilliseconds(50) };

        if (isOfOne)
        {
            Sitter.Pause(context => context.Name == nameof(Steered.Load), control);
        }
        else
        {
            Sitter.Pause(control);
        }

        Stage.Open("load");
        Assert.That(await call.InTime(), Is.EqualTo("loaded"));
        Assert.That(Sitter.IsPaused, Is.False);
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

        // Where nobody could ask when the call ended, it would not be read.
        var contexts = Sitter.ActiveCalls;
        clock.IsBroken = true;
        Stage.Open("load");

        Assert.That(await call.InTime(), Is.EqualTo("loaded"));
        Assert.That(await failure.Told.InTime(), Is.InstanceOf<InvalidOperationException>());
        Assert.That(contexts.Select(context => context.StoppedAt), Has.None.Null);
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

        Assert.DoesNotThrow(Sitter.Resume);
        Stage.Open("load");
        Assert.That(await call.InTime(), Is.EqualTo("loaded"));
    }

    private Task<int> Begin(string form)
    {
        var scene = Set<Clocked>();
        return form switch
        {
            nameof(Clocked.Retried) => scene.Retried(),
            nameof(Clocked.Unflowed) => scene.Unflowed(),
            nameof(Clocked.Cached) => scene.Cached(),
            nameof(Clocked.Numbers) => Last(scene.Numbers()),
            _ => scene.Held(),
        };
    }

    private static async Task<int> Last(IAsyncEnumerable<int> numbers)
    {
        var last = 0;
        await foreach (var number in numbers)
        {
            last = number;
        }

        return last;
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

    private sealed class Unprintable : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");

        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private sealed class Timeless : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => null!;
    }

    private sealed class Backwards : TimeProvider
    {
        public override long TimestampFrequency => -1;
    }

    private sealed class BrokenClock : TimeProvider
    {
        public bool IsBroken { get; set; }

        public bool BreaksTimers { get; set; }

        /// <summary>Those that were made before.</summary>
        public bool BreaksTimersLater { get; set; }

        /// <summary>Its timers can't be set again, and say so.</summary>
        public bool RefusesToSet { get; set; }

        public Exception Failure { get; init; } = new InvalidOperationException("clock");

        public override long GetTimestamp() => IsBroken ? throw Failure : base.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => IsBroken ? throw Failure : base.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => BreaksTimers
            ? throw new InvalidOperationException("timer")
            : new BrokenTimer(this, base.CreateTimer(callback, state, dueTime, period));

        private sealed class BrokenTimer(BrokenClock clock, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Check();
                return !clock.RefusesToSet && timer.Change(dueTime, period);
            }

            public void Dispose()
            {
                timer.Dispose();
                Check();
            }

            public ValueTask DisposeAsync() => timer.DisposeAsync();

            private void Check()
            {
                if (clock.BreaksTimers || clock.BreaksTimersLater)
                {
                    throw new InvalidOperationException("timer");
                }
            }
        }
    }

    /// <summary>What an observer is told of the one call.</summary>
    private sealed class Ends : SitObserver
    {
        private readonly ConcurrentQueue<string> _events = new();
        private readonly TaskCompletionSource _told = new();

        public string Story => string.Join(", ", _events);

        public Task WhenTold => _told.Task;

        public override void Started(SitContext call) => _events.Enqueue("started");

        public override void Ended(SitContext call)
        {
            _events.Enqueue($"ended {call.State}");
            _told.TrySetResult();
        }
    }

    /// <summary>The system's clock, which counts how often it is touched, and fails from one time to another.</summary>
    private sealed class Touched : TimeProvider
    {
        private int _touches;

        public int FailsFrom { get; init; }

        public int FailsTo { get; init; }

        public int Touches => Volatile.Read(ref _touches);

        public override long TimestampFrequency => Touch(base.TimestampFrequency);

        public override long GetTimestamp() => Touch(base.GetTimestamp());

        public override DateTimeOffset GetUtcNow() => Touch(base.GetUtcNow());

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(this, Touch(0) == 0 ? base.CreateTimer(callback, state, dueTime, period) : null!);

        private T Touch<T>(T value) => Interlocked.Increment(ref _touches) is var touch && touch >= FailsFrom && touch <= FailsTo
            ? throw new InvalidOperationException("clock")
            : value;

        private sealed class Timer(Touched clock, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Touch(true) && timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                clock.Touch(true);
            }

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
