using Microsoft.Extensions.Time.Testing;
using Sitters;

namespace SignalProgram;

/// <summary>Sleeps half a second several times, by a clock that only the test moves.</summary>
internal sealed class Sleeper
{
    private static readonly FakeTimeProvider _clock = new();

    public static Task<int?> Start(string kind, int times)
    {
        Sitter.TimeProvider = _clock;
        var sleeper = new Sleeper();
        return kind switch
        {
            "sleep" => sleeper.Sleep(times),
            "sleep-at-most-1.7" => sleeper.SleepAtMostOnePointSeven(times),
            "sleep-at-most-2" => sleeper.SleepAtMostTwo(times),
            "stream" => Consume(sleeper.Naps(times)),
            _ => throw new ArgumentException($"There is no call {kind}."),
        };
    }

    public static void Advance(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    [Sit(
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)])]
    public async Task<int?> Sleep(int times)
    {
        try
        {
            for (var i = 1; i <= times; i++)
            {
                var delay = Task.Delay(TimeSpan.FromSeconds(0.5), _clock);
                SaySleeping(i);
                await delay;
                Events.Say($"slept {i}");
            }
        }
        finally
        {
            Events.Say("finally");
        }

        return times;
    }

    [Sit(
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)])]
    public async IAsyncEnumerable<int> Naps(int times)
    {
        try
        {
            for (var i = 1; i <= times; i++)
            {
                var delay = Task.Delay(TimeSpan.FromSeconds(0.5), _clock);
                SaySleeping(i);
                await delay;
                Events.Say($"slept {i}");
                yield return i;
            }
        }
        finally
        {
            Events.Say("finally");
        }
    }

    private static async Task<int?> Consume(IAsyncEnumerable<int> naps)
    {
        int? last = null;
        await foreach (var nap in naps)
        {
            last = nap;
        }

        return last;
    }

    [Sit(
        TimeoutSeconds = 1.7, StartupHooks = [nameof(OnStartup)], TimeoutHooks = [nameof(OnTimeout)],
        CompletionHooks = [nameof(OnCompletion)])]
    private async Task<int?> SleepAtMostOnePointSeven(int times) => await SleepByItself(times);

    [Sit(
        TimeoutSeconds = 2, StartupHooks = [nameof(OnStartup)], TimeoutHooks = [nameof(OnTimeout)],
        CompletionHooks = [nameof(OnCompletion)])]
    private async Task<int?> SleepAtMostTwo(int times) => await SleepByItself(times);

    private static async Task<int?> SleepByItself(int times)
    {
        try
        {
            for (var i = 1; i <= times; i++)
            {
                var delay = Task.Delay(TimeSpan.FromSeconds(0.5), _clock);
                SaySleeping(i);
                await delay;
                Events.Say($"slept {i}");
            }
        }
        finally
        {
            Events.Say("finally");
        }

        return times;
    }

    /// <summary>Says when the clock may be moved on.</summary>
    private static void SaySleeping(int number) => Events.Mark($"sleeping {number}");

    private void OnStartup() => Events.Say("startup");

    private void OnCompletion() => Events.Say("completion");

    private void OnCancellation() => Events.Say("cancellation");

    private void OnRestart() => Events.Say("restart");

    private void OnTimeout() => Events.Say("timeout");
}
