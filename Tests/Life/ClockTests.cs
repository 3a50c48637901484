using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Clocks of the user's that do what they like.</summary>
internal sealed class ClockTests : ControllerFixture
{
    [Test]
    public async Task a_clock_that_goes_back_by_an_hour_switches_off_no_limit()
    {
        var clock = new Disturbed(Clock);
        Sitter.TimeProvider = clock;
        var call = Set<Timed>().Work();
        clock.SetBackBy = TimeSpan.FromHours(1);

        Clock.Advance(3);
        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_call_that_begins_after_that_has_its_limit_too()
    {
        var clock = new Disturbed(Clock);
        Sitter.TimeProvider = clock;
        var before = Set<Timed>().Work();
        clock.SetBackBy = TimeSpan.FromHours(1);
        var call = OtherStage.Set(new Timed()).Work();

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(await before.InTime(), Is.Null);
    }

    [Test]
    public async Task it_is_read_and_set_under_no_lock_that_another_thread_needs()
    {
        var clock = new Disturbed(Clock);
        Sitter.TimeProvider = clock;
        var scene = Set<Timed>();
        clock.OnUse = static () =>
        {
            var others = Task.Run(static () => Sitter.ActiveCalls.Select(static call => call.State).ToList());
            Assert.That(others.Wait(Stage.Patience), Is.True);
        };

        var call = scene.Work();
        await Stage.Reached("door");
        Call("Work").Pause();
        Call("Work").Resume();
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo("done"));
        Assert.That(clock.Uses, Is.GreaterThan(3));
    }

    /// <summary>A timer counts from when it is set.</summary>
    [TestCase(1, 2)]
    [TestCase(3, 0)]
    public async Task a_limit_ends_in_its_time_also_where_the_clock_is_moved_while_it_is_set(int meanwhile, int then)
    {
        Sitter.TimeProvider = new Disturbed(Clock) { OnTimer = () => Clock.Advance(meanwhile) };
        var call = Set<Timed>().Work();

        Clock.Advance(then);

        Assert.That(await call.InTime(), Is.Null);
    }

    /// <summary>The clock of the test, with something in between.</summary>
    private sealed class Disturbed(TestClock clock) : TimeProvider
    {
        private int _uses;

        public TimeSpan SetBackBy { get; set; }

        public Action OnUse { get; set; } = static () => { };

        public Action OnTimer { get; init; } = static () => { };

        public int Uses => _uses;

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp()
        {
            Use();
            return clock.GetTimestamp() - (long)(SetBackBy.TotalSeconds * TimestampFrequency);
        }

        public override DateTimeOffset GetUtcNow()
        {
            Use();
            return clock.GetUtcNow() - SetBackBy;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Use();
            OnTimer();
            return clock.CreateTimer(callback, state, dueTime, period);
        }

        private void Use()
        {
            Interlocked.Increment(ref _uses);
            OnUse();
        }
    }
}
