extern alias unwoven;

using System.Collections.Concurrent;
using System.Diagnostics;
using Benchmarks.Report;
using Measured;
using Sitters;
using Unwoven = unwoven::Measured.Crowd;

namespace Benchmarks.Crowds;

/// <summary>
/// What it takes to pause, resume, list and cancel very many calls. Each round does all of it once, by hand and with [Sit] in turn; the
/// quickest of the rounds counts, for what else the machine has to do only adds time.
/// </summary>
internal static class Orders
{
    private const int Count = 100_000;
    private const int Rounds = 4;

    public static IEnumerable<Line> Measure()
    {
        Dictionary<string, double> times = [];
        for (var round = 0; round < Rounds; round++)
        {
            CancelTokensByHand(times);
            ListByHand(times);
            PauseResumeAndList(times);
            ResumeParked(times);
            CancelByHand(times);
            Cancel(times, "cancel delayed", new Crowd(), static (crowd, number) => crowd.Delayed(number));
            Cancel(times, "cancel bare", new Crowd(), static (crowd, number) => crowd.Bare(number));
        }

        const string orders = "100,000 calls in flight, beside the cancel of 100,000 tokens by hand";
        yield return Line(orders, "pause", times["pause"], times["tokens"], 8);
        yield return Line(orders, "resume, each waits for something yet", times["resume"], times["tokens"], 16);
        yield return Line(orders, "resume, each goes on and ends", times["resume parked"], times["tokens"], null);

        const string list = "100,000 calls in flight, beside the copy of a ConcurrentDictionary of 100,000";
        yield return Line(list, "list", times["list"], times["dictionary"], 18);

        const string cancel = "Cancel of 100,000 calls until each has ended, beside one token by hand that all of them have";
        yield return Line(cancel, "in what takes a token, and is not given it here", times["cancel delayed"], times["by hand"], 2);
        yield return Line(cancel, "in what takes none", times["cancel bare"], times["by hand"], 2);
    }

    private static Line Line(string title, string subject, double time, double beside, double? most) => new(title, subject)
    {
        Times = time / beside,
        MostTimes = most,
        Took = Duration.Text(time, beside),
    };

    private static void CancelTokensByHand(Dictionary<string, double> times)
    {
        var sources = new CancellationTokenSource[Count];
        var cancelled = 0;
        for (var i = 0; i < Count; i++)
        {
            sources[i] = new CancellationTokenSource();
            sources[i].Token.UnsafeRegister(_ => cancelled++, null);
        }

        Time(times, "tokens", () =>
        {
            foreach (var source in sources)
            {
                source.Cancel();
            }
        });
        Check(cancelled == Count);
    }

    private static void ListByHand(Dictionary<string, double> times)
    {
        var calls = new ConcurrentDictionary<long, object>();
        for (var i = 0; i < Count; i++)
        {
            calls[i] = new object();
        }

        Time(times, "dictionary", () => Check(calls.ToArray().Length == Count));
    }

    private static void PauseResumeAndList(Dictionary<string, double> times)
    {
        var crowd = new Crowd();
        var calls = Begin(crowd, static (crowd, number) => crowd.Bare(number));
        Time(times, "list", () => Check(Sitter.ActiveCalls.Count == Count));
        Time(times, "pause", Sitter.Pause);
        Time(times, "resume", Sitter.Resume);
        crowd.Open();
        Task.WaitAll(calls);
    }

    private static void ResumeParked(Dictionary<string, double> times)
    {
        var crowd = new Crowd();
        var calls = Begin(crowd, static (crowd, number) => crowd.Bare(number));
        var all = Task.WhenAll(calls);
        Sitter.Pause();
        crowd.Open();
        Check(!calls.Any(call => call.IsCompleted));
        Time(times, "resume parked", () =>
        {
            Sitter.Resume();
            all.Wait();
        });
    }

    private static void CancelByHand(Dictionary<string, double> times)
    {
        var crowd = new Unwoven();
        using var source = new CancellationTokenSource();
        var token = source.Token;
        var calls = Begin(crowd, (crowd, number) => crowd.DelayedByHand(number, token));
        TimeUntilAllEnd(times, "by hand", calls, source.Cancel);
    }

    private static void Cancel(Dictionary<string, double> times, string name, Crowd crowd, Func<Crowd, int, Task> begin) =>
        TimeUntilAllEnd(times, name, Begin(crowd, begin), Sitter.Cancel);

    private static void TimeUntilAllEnd(Dictionary<string, double> times, string name, Task[] calls, Action cancel)
    {
        var all = Task.WhenAll(calls).ContinueWith(static _ => { }, TaskScheduler.Default);
        Time(times, name, () =>
        {
            cancel();
            all.Wait();
        });
        Check(calls.All(call => call.IsCanceled));
    }

    private static Task[] Begin<T>(T crowd, Func<T, int, Task> begin)
    {
        var calls = new Task[Count];
        for (var i = 0; i < Count; i++)
        {
            calls[i] = begin(crowd, i);
        }

        return calls;
    }

    private static void Time(Dictionary<string, double> times, string name, Action action)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        action();
        var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        times[name] = Math.Min(time, times.GetValueOrDefault(name, double.MaxValue));
    }

    private static void Check(bool asExpected)
    {
        if (!asExpected)
        {
            throw new InvalidOperationException("What was measured is not what was to be measured.");
        }
    }
}
