extern alias unwoven;

using Benchmarks.Report;
using Measured;
using Sitters;
using Unwoven = unwoven::Measured.Crowd;

namespace Benchmarks.Growing;

/// <summary>
/// From one helper in a call to very many, side by side and each inside the one before. An exception that goes through many methods, each
/// inside the one before, takes the square of their number in plain code too: the runtime of .NET notes all the way again at each.
/// </summary>
internal static class HelperGrowth
{
    private const int Work = 20_000;
    private const int Rounds = 3;

    public static IReadOnlyList<Growth> Measure() =>
    [
        .. Measure(
            "side",
            "side by side",
            [1, 10, 100, 1_000, 10_000],
            static (crowd, count) => crowd.WithHelpers(count),
            static (crowd, count) => crowd.WithHelpers(count)),
        .. Measure(
            "nested",
            "each inside the one before",
            [1, 10, 100, 500],
            static (crowd, count) => crowd.WithNested(count),
            static (crowd, count) => crowd.WithNested(count)),
    ];

    private static IEnumerable<Growth> Measure(
        string name, string how, int[] numbers, Func<Crowd, int, Task> begin, Func<Unwoven, int, Task> beginPlain)
    {
        var times = new Costs();
        var bytes = new Costs();
        Round(numbers[1], new Costs(), new Costs(), begin, beginPlain);
        foreach (var number in numbers)
        {
            for (var round = 0; round < Rounds; round++)
            {
                Round(number, times, bytes, begin, beginPlain);
            }
        }

        const string of = "helpers in a call";
        yield return new Growth($"growth-helpers-{name}-time", $"Time of each helper in a call, {how}", of, "ns", times.Series);
        yield return new Growth($"growth-helpers-{name}-bytes", $"Memory of each helper in a call, {how}", of, "bytes", bytes.Series);
    }

    /// <summary>As many calls as make the same number of helpers in all, so that no time is too short to be read off the clock.</summary>
    private static void Round(int helpers, Costs times, Costs bytes, Func<Crowd, int, Task> begin, Func<Unwoven, int, Task> beginPlain)
    {
        var calls = new Task[Work / helpers];
        var crowd = new Crowd();
        Begin("begin", "[Sit]", number => begin(crowd, number));
        Time("pause", Sitter.Pause);
        Time("resume", Sitter.Resume);
        Time("go on and end", () =>
        {
            crowd.Open();
            Task.WaitAll(calls);
        });

        crowd = new Crowd();
        Begin("begin", "[Sit]", number => begin(crowd, number));
        TimeEnd("cancel, until each has ended", Sitter.Cancel);

        var plain = new Unwoven();
        Begin("begin, the plain method", "the plain method", number => beginPlain(plain, number));
        TimeEnd("cancel by hand of what the plain method awaits", plain.Break);

        void Begin(string time, string kept, Func<int, Task> start)
        {
            Array.Clear(calls);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            Time(time, () =>
            {
                for (var i = 0; i < calls.Length; i++)
                {
                    calls[i] = start(helpers);
                }
            });
            bytes.Add(kept, helpers, (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / calls.Length);
        }

        void TimeEnd(string what, Action cancel)
        {
            var all = Task.WhenAll(calls).ContinueWith(static _ => { }, TaskScheduler.Default);
            GC.Collect();
            Time(what, () =>
            {
                cancel();
                all.Wait();
            });
        }

        void Time(string what, Action action)
        {
            var whole = new Costs(1.0 / calls.Length);
            whole.Time(what, helpers, action);
            times.Add(what, helpers, whole.Series[0].Points[0].CostOfOne * helpers);
        }
    }
}
