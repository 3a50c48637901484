extern alias unwoven;

using Benchmarks.Report;
using Measured;
using Sitters;
using Unwoven = unwoven::Measured.Crowd;

namespace Benchmarks.Growing;

/// <summary>From a thousand calls in flight to a million.</summary>
internal static class CallGrowth
{
    private const int Work = 200_000;

    private static readonly int[] _numbers = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000];

    public static IReadOnlyList<Growth> Measure()
    {
        var times = new Costs();
        var bytes = new Costs();

        // Everything is compiled for good before it is looked at.
        for (var i = 0; i < 40; i++)
        {
            Round(_numbers[0], new Costs(), new Costs());
        }

        foreach (var number in _numbers)
        {
            for (var round = 0; round < Math.Clamp(Work / number, 2, 30); round++)
            {
                Round(number, times, bytes);
            }
        }

        return
        [
            new Growth("growth-calls-time", "Time of each call in flight", "calls in flight", "ns", times.Series),
            new Growth("growth-calls-bytes", "Memory of each call in flight", "calls in flight", "bytes", bytes.Series),
        ];
    }

    private static void Round(int number, Costs times, Costs bytes)
    {
        var plain = new Unwoven();
        Begin(number, "begin, the plain method", "the plain method", i => plain.Bare(i), times, bytes);
        plain.Open();

        var crowd = new Crowd();
        var calls = Begin(number, "begin", "[Sit]", i => crowd.Bare(i), times, bytes);
        times.Time("list", number, () => _ = Sitter.ActiveCalls);
        times.Time("pause", number, Sitter.Pause);
        times.Time("resume", number, Sitter.Resume);
        crowd.Open();
        Task.WaitAll(calls);

        crowd = new Crowd();
        for (var i = 0; i < number; i++)
        {
            calls[i] = crowd.Bare(i);
        }

        var all = Task.WhenAll(calls).ContinueWith(static _ => { }, TaskScheduler.Default);
        GC.Collect();
        times.Time("cancel, until each has ended", number, () =>
        {
            Sitter.Cancel();
            all.Wait();
        });
    }

    private static Task[] Begin(int number, string time, string kept, Func<int, Task> begin, Costs times, Costs bytes)
    {
        var calls = new Task[number];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        times.Time(time, number, () =>
        {
            for (var i = 0; i < number; i++)
            {
                calls[i] = begin(i);
            }
        });
        bytes.Add(kept, number, GC.GetTotalMemory(forceFullCollection: true) - before);
        return calls;
    }
}
