using FsCheck;
using FsCheck.Fluent;
using Polly;
using Sitters;
using Sitters.Runtime.Retrying;

namespace Tests.Properties;

/// <summary>How long the attempts of a call wait for one another, whatever its settings.</summary>
[NonParallelizable]
internal sealed class RetryDelayTests
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    /// <summary>From none over a tick to the longest that can be set.</summary>
    private static readonly Gen<TimeSpan> _times = Gen.Frequency(
        (1, Gen.Elements(TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1), _day)),
        (3, Gen.Choose(1, 1_000_000).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))),
        (1, Gen.Choose(1, 86_400).Select(seconds => TimeSpan.FromSeconds(seconds))));

    private static readonly Gen<RetrySettings> _settings =
        from attempts in Gen.Frequency((4, Gen.Choose(1, 12)), (1, Gen.Choose(30, 80)))
        from delay in _times
        from backoff in Gen.Elements(Enum.GetValues<DelayBackoffType>())
        from jitter in Gen.Elements(true, false)
        from most in Gen.Frequency((1, Gen.Constant<TimeSpan?>(null)), (2, _times.Where(time => time > TimeSpan.Zero).Select(time => (TimeSpan?)time)))
        select Settings(attempts, delay, backoff, jitter, most);

    private readonly Hasty _clock = new();

    [SetUp]
    public void SetTheClock() => Sitter.TimeProvider = _clock;

    [TearDown]
    public void SetItBack() => Sitter.TimeProvider = TimeProvider.System;

    [Test]
    public void the_method_is_tried_as_often_as_is_said_and_its_last_failure_is_that_of_the_call() => Property.Holds(
        _settings,
        settings =>
        {
            var (delays, failure) = Run(settings);

            Assert.That(delays, Has.Count.EqualTo(settings.MaxAttempts - 1));
            Assert.That(failure, Has.Message.EqualTo($"attempt {settings.MaxAttempts}"));
        },
        cases: 300);

    [Test]
    public void no_wait_is_negative_or_longer_than_the_longest_that_is_allowed() => Property.Holds(
        _settings,
        settings => Assert.That(Run(settings).Delays, Is.All.InRange(TimeSpan.Zero, settings.MaxDelay ?? _day)),
        cases: 300);

    [Test]
    public void without_jitter_no_wait_is_shorter_than_the_one_before() => Property.Holds(
        _settings.Select(settings => settings with { UseJitter = false }),
        settings => Assert.That(Run(settings).Delays, Is.Ordered),
        cases: 200);

    [Test]
    public void constant_linear_and_exponential_waits_are_what_they_are_called() => Property.Holds(
        _settings.Select(settings => settings with { UseJitter = false }),
        settings =>
        {
            var factor = (int attempt) => settings.Backoff switch
            {
                DelayBackoffType.Linear => attempt,
                DelayBackoffType.Exponential => Math.Pow(2, attempt - 1),
                _ => 1,
            };
            var wanted = Enumerable.Range(1, settings.MaxAttempts - 1)
                .Select(attempt => Math.Min(settings.Delay.TotalMilliseconds * factor(attempt), (settings.MaxDelay ?? _day).TotalMilliseconds));

            Assert.That(Run(settings).Delays.Select(delay => delay.TotalMilliseconds), Is.EqualTo(wanted).Within(1e-6).Percent);
        },
        cases: 200);

    [Test]
    public void jitter_moves_constant_and_linear_waits_by_a_quarter_at_most() => Property.Holds(
        _settings.Where(settings => settings.Backoff != DelayBackoffType.Exponential).Select(settings => settings with { UseJitter = true, MaxDelay = null }),
        settings =>
        {
            var attempt = 0;
            foreach (var delay in Run(settings).Delays)
            {
                var even = settings.Delay.TotalMilliseconds * (settings.Backoff == DelayBackoffType.Linear ? ++attempt : 1);
                Assert.That(delay.TotalMilliseconds, Is.InRange(
                    Math.Min(even * 0.75, _day.TotalMilliseconds) - 0.001, Math.Min(even * 1.25, _day.TotalMilliseconds) + 0.001));
            }
        },
        cases: 200);

    [Test]
    public void growing_waits_stop_at_a_day_and_do_not_end_the_call()
    {
        var (delays, failure) = Run(Settings(60, TimeSpan.FromHours(1), DelayBackoffType.Exponential, jitter: false, most: null));

        Assert.That((delays.Count, delays[^1]), Is.EqualTo((59, _day)));
        Assert.That(failure, Has.Message.EqualTo("attempt 60"));
    }

    private static RetrySettings Settings(int attempts, TimeSpan delay, DelayBackoffType backoff, bool jitter, TimeSpan? most) => new()
    {
        Name = "Shop.Orders.Read",
        MaxAttempts = attempts,
        Delay = delay,
        Backoff = backoff,
        UseJitter = jitter,
        MaxDelay = most,
        RetryOn = null,
        AbortOn = null,
        HasMember = false,
    };

    /// <summary>Runs a call that fails each time.</summary>
    private (IReadOnlyList<TimeSpan> Delays, Exception Failure) Run(RetrySettings settings)
    {
        if (settings.MaxAttempts == 1)
        {
            // Such a call doesn't get here.
            return ([], new InvalidOperationException("attempt 1"));
        }

        var call = new Retried();
        var outcome = new RetryPolicy(settings)
            .Run<int>(call, null, (number, _) => new(AttemptOutcome<int>.Failed(new InvalidOperationException($"attempt {number}"))), null)
            .AsTask().GetAwaiter().GetResult();
        return (call.Delays, outcome.Exception!);
    }

    private sealed class Retried : IRetriedCall
    {
        public List<TimeSpan> Delays { get; } = [];

        public string Name => "Shop.Orders.Read";

        public bool IsInterrupted => false;

        public CancellationToken WaitToken() => CancellationToken.None;

        public bool MayRetry(Exception exception) => true;

        public ValueTask OnRetry(TimeSpan? delay)
        {
            Delays.Add(delay!.Value);
            return default;
        }
    }

    /// <summary>Time passes as soon as somebody waits for it.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            // What the system's clock refuses is refused here too.
            var timer = System.CreateTimer(callback, state, dueTime, period);
            timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            return timer;
        }
    }
}
