extern alias unwoven;

using Benchmarks.Report;
using Measured;
using Polly;
using Unwoven = unwoven::Measured.Crowd;

namespace Benchmarks.Crowds;

/// <summary>What a call weighs that hangs at its await, beside the plain method that hangs there.</summary>
internal static class CallsInFlight
{
    private const int Count = 20_000;
    private const int Rounds = 5;
    private const string Kept = "in the heap";

    public static IEnumerable<Line> Measure()
    {
        var woven = new Crowd();
        var unwoven = new Unwoven();
        var plain = WeightOf(unwoven.Bare, unwoven.Close, unwoven.Open);
        var plainHelper = WeightOf(unwoven.WithHelper, unwoven.Close, unwoven.Open) - plain;
        var bare = WeightOf(woven.Bare, woven.Close, woven.Open);
        var helper = WeightOf(woven.WithHelper, woven.Close, woven.Open) - bare;
        var unflowed = WeightOf(woven.Unflowed, woven.Close, woven.Open);
        var resilient = WeightOf(woven.Resilient, woven.Close, woven.Open);
        var polly = WeightOf(
            number => ByHand.ExecuteAsync(
                static (call, _) => new ValueTask<int>(call.unwoven.Bare(call.number)), (unwoven, number)).AsTask(),
            unwoven.Close,
            unwoven.Open);

        const string call = "A call in flight, beside the plain method: what each keeps in the heap";
        yield return Line(call, "[Sit]", bare, plain, 450);
        yield return Line(call, "[Sit], FlowContext = false", unflowed, plain, 350);
        yield return Line(call, "[Sit] with retry and timeout", resilient, plain, 550);
        yield return Line(call, "Polly by hand, retry and timeout", polly, plain, null);

        const string inside = "A helper in flight inside a sat call, beside the plain helper inside the plain method";
        yield return Line(inside, "async helper", helper, plainHelper, 200);
    }

    /// <summary>What <c>[Sit(MaxAttempts = 3, TimeoutSeconds = 3600)]</c> says.</summary>
    private static ResiliencePipeline ByHand { get; } = new ResiliencePipelineBuilder()
        .AddTimeout(TimeSpan.FromHours(1))
        .AddRetry(new Polly.Retry.RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.Zero })
        .Build();

    private static Line Line(string title, string subject, Weight weight, Weight beside, double? most) => new(title, subject)
    {
        Times = weight.Kept / beside.Kept,
        Bytes = weight.Kept - beside.Kept,
        AreBytesAdded = true,
        MostBytes = most,
        Took = $"{weight.Kept:0} B / {beside.Kept:0} B; allocated {weight.Allocated:0} B / {beside.Allocated:0} B",
    };

    /// <summary>The median of some rounds, of which each lets go what hung in the one before.</summary>
    private static Weight WeightOf(Func<int, Task> begin, Action close, Action open)
    {
        var rounds = new List<Weight>();
        for (var round = 0; round < Rounds; round++)
        {
            var calls = new Task[Count];
            close();
            var keptBefore = GC.GetTotalMemory(forceFullCollection: true);
            var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Count; i++)
            {
                calls[i] = begin(i);
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
            var kept = GC.GetTotalMemory(forceFullCollection: true) - keptBefore;
            open();
            Task.WaitAll(calls);
            rounds.Add(new Weight((double)kept / Count, (double)allocated / Count));
        }

        return new Weight(rounds.Select(round => round.Kept).Median(), rounds.Select(round => round.Allocated).Median());
    }

    /// <summary>The bytes of one call.</summary>
    private sealed record Weight(double Kept, double Allocated)
    {
        public static Weight operator -(Weight whole, Weight part) => new(whole.Kept - part.Kept, whole.Allocated - part.Allocated);
    }
}
