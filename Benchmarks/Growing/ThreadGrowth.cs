extern alias unwoven;

using Benchmarks.Report;
using Benchmarks.Subjects;
using Measured;
using Unwoven = unwoven::Measured.Calls;

namespace Benchmarks.Growing;

/// <summary>One thread, and two at once: what each of them waits for an operation.</summary>
internal static class ThreadGrowth
{
    private const int Count = 200_000;
    private const int Rounds = 8;
    private const int Keys = 16;

    public static IReadOnlyList<Growth> Measure()
    {
        var times = new Costs();
        var caches = new Caches();
        for (var round = 0; round < Rounds; round++)
        {
            for (var threads = 1; threads <= 2; threads++)
            {
                Time("the plain method completes", threads, () =>
                {
                    var calls = new Unwoven();
                    return _ => calls.Alone(2, 3).GetAwaiter().GetResult();
                });
                Time("a call completes", threads, () =>
                {
                    var calls = new Calls();
                    return _ => calls.Alone(2, 3).GetAwaiter().GetResult();
                });
                Time("the plain method suspends", threads, () =>
                {
                    var calls = new Unwoven();
                    return _ =>
                    {
                        var task = calls.AloneSuspending(2, 3);
                        calls.Signal.Give();
                        task.GetAwaiter().GetResult();
                    };
                });
                Time("a call suspends", threads, () =>
                {
                    var calls = new Calls();
                    return _ =>
                    {
                        var task = calls.AloneSuspending(2, 3);
                        calls.Signal.Give();
                        task.GetAwaiter().GetResult();
                    };
                });
                Time("a hit of ConcurrentLru", threads, () => i => caches.BitFaster(i % Keys, 3));
                Time("a cache hit", threads, () => i => caches.Sat(i % Keys, 3));
            }
        }

        return [new Growth("growth-threads", "Time of an operation, on each of so many threads", "threads", "ns", times.Series)];

        void Time(string name, int threads, Func<Action<int>> work)
        {
            using var barrier = new Barrier(threads);
            var each = new double[threads];
            var all = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
            {
                var single = new Costs();
                var operation = work();
                barrier.SignalAndWait();
                single.Time(name, Count, () =>
                {
                    for (var i = 0; i < Count; i++)
                    {
                        operation(i);
                    }
                });
                each[thread] = single.Series[0].Points[0].CostOfOne;
            })).ToList();
            all.ForEach(thread => thread.Start());
            all.ForEach(thread => thread.Join());
            times.Add(name, threads, each.Average() * threads);
        }
    }
}
