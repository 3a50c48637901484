using Benchmarks.Report;
using Measured;
using Sitters;

namespace Benchmarks.Growing;

/// <summary>From one helper in a call to ten thousand, side by side and each inside the one before.</summary>
internal static class HelperGrowth
{
    private const int Work = 30_000;

    private static readonly int[] _numbers = [1, 10, 100, 1_000, 10_000];

    public static IEnumerable<Growth> Measure() =>
    [
        .. Measure("side", "side by side", static (crowd, count) => crowd.WithHelpers(count)),
        .. Measure("nested", "each inside the one before", static (crowd, count) => crowd.WithNested(count)),
    ];

    private static IEnumerable<Growth> Measure(string name, string how, Func<Crowd, int, Task> begin)
    {
        var times = new Costs();
        var bytes = new Costs();
        Round(_numbers[1], new Costs(), new Costs(), begin);
        foreach (var number in _numbers)
        {
            for (var round = 0; round < 5; round++)
            {
                Round(number, times, bytes, begin);
            }
        }

        yield return new Growth($"growth-helpers-{name}-time", $"Time of each helper in a call, {how}", "helpers in a call", "ns", times.Series);
        yield return new Growth(
            $"growth-helpers-{name}-bytes", $"Memory of each helper in a call, {how}", "helpers in a call", "bytes", bytes.Series);
    }

    /// <summary>As many calls as make the same number of helpers in all, so that no time is too short to be read off the clock.</summary>
    private static void Round(int helpers, Costs times, Costs bytes, Func<Crowd, int, Task> begin)
    {
        var calls = new Task[Work / helpers];
        var crowd = new Crowd();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Time("begin", Begin);
        bytes.Add("[Sit]", helpers, (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / calls.Length);
        Time("pause", Sitter.Pause);
        Time("resume", Sitter.Resume);
        Time("go on and end", () =>
        {
            crowd.Open();
            Task.WaitAll(calls);
        });

        crowd = new Crowd();
        Begin();
        var all = Task.WhenAll(calls).ContinueWith(static _ => { }, TaskScheduler.Default);
        GC.Collect();
        Time("cancel, until each has ended", () =>
        {
            Sitter.Cancel();
            all.Wait();
        });

        void Begin()
        {
            for (var i = 0; i < calls.Length; i++)
            {
                calls[i] = begin(crowd, helpers);
            }
        }

        void Time(string name, Action action)
        {
            var single = new Costs(1.0 / calls.Length);
            single.Time(name, helpers, action);
            times.Add(name, helpers, single.Series[0].Points[0].CostOfOne * helpers);
        }
    }
}
