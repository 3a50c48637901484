using Sitters;

namespace SignalProgram;

/// <summary>So many calls at once that their events are only counted.</summary>
internal sealed class Crowd
{
    private static int _cancellations;
    private static int _restarts;
    private static int _starts;

    public static async Task Run(int count)
    {
        var crowd = new Crowd();
        var calls = Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(crowd.Wait)));
        var results = await calls;
        Events.Say($"{_cancellations} cancelled, {_restarts} restarted, {results.Count(result => result is null)} defaults");
    }

    /// <summary>Calls that come and go, one after the other, until the gate is open.</summary>
    public static async Task Pass()
    {
        var crowd = new Crowd();
        var allPassed = true;
        while (!Gates.Wait("pass").IsCompleted)
        {
            allPassed &= await crowd.PassBy() == "passed";
        }

        Events.Say(allPassed ? "all passed" : "not all passed");
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)], RestartHooks = [nameof(OnRestart)])]
    private async Task<string?> Wait()
    {
        if (Interlocked.Increment(ref _starts) % 500 == 0)
        {
            Events.Mark($"{_starts} started");
        }

        await Gates.Wait("body");
        return "done";
    }

    [Sit]
    private async Task<string?> PassBy()
    {
        await Task.Yield();
        return "passed";
    }

    private void OnCancellation() => Interlocked.Increment(ref _cancellations);

    private void OnRestart() => Interlocked.Increment(ref _restarts);
}
