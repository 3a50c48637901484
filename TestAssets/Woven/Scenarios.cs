using Sitters;

namespace Woven;

/// <summary>What the tests start: each scenario returns the trace of the worker and then what the caller got.</summary>
public static class Scenarios
{
    public static Task<string> Task() => Outcome(new(), worker => worker.AsTask(7));

    public static Task<string> ValueTask() => Outcome(new(), worker => worker.AsValueTask("seven").AsTask());

    public static Task<string> NotAsync() => Outcome(new(), worker => worker.NotAsync(7));

    public static Task<string> Stream() => Outcome(new(), async worker =>
    {
        var sum = 0;
        await foreach (var number in worker.AsStream(3))
        {
            sum += number;
        }

        return sum;
    });

    public static Task<string> Cache() => Outcome(new(), async worker =>
        $"{await worker.Cached("a", 1)} {await worker.Cached("b", 2)} {await worker.Cached("a", 1)} {await worker.Cached("c", 3)} {await worker.Cached("b", 2)}");

    public static Task<string> Failure() => Outcome(new(), async worker =>
    {
        try
        {
            await worker.Fails();
            return "no exception";
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    });

    public static Task<string> Policy() => Outcome(new(), worker => worker.ByPolicy());

    public static Task<string> RetryMember() => Outcome(new(), worker => worker.ByRetryMember());

    public static Task<string> Timeout() => Outcome(new(), worker => worker.TimesOut());

    public static Task<string> Helper() => Outcome(new(), worker => Controlled(worker, worker.WithHelper(), call => call.Cancel()));

    public static Task<string> Token() => Outcome(new(), worker => Controlled(worker, worker.WithToken(), call => call.Cancel()));

    public static Task<string> Restart() => Outcome(new(), worker => Controlled(worker, worker.Restarts(), call => call.Restart()));

    public static Task<string> Pause() => Outcome(new(), async worker =>
    {
        var running = worker.Pauses();
        var call = await worker.Waiting.Task;
        call.Pause();
        worker.Awaited.SetResult();
        await worker.Paused.Task;
        var state = call.State;
        call.Resume();
        await worker.Resumed.Task;
        return $"{state}, then {await running}";
    });

    private static async Task<T> Controlled<T>(Worker worker, Task<T> running, Action<SitContext> control)
    {
        control(await worker.Waiting.Task);
        return await running;
    }

    private static async Task<string> Outcome<T>(Worker worker, Func<Worker, Task<T>> scenario)
    {
        object? result = await scenario(worker);
        return $"{worker.Trace}; {result ?? "default"}";
    }
}
