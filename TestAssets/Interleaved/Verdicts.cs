using System.Reflection;

namespace Interleaved;

/// <summary>What must hold when a call is over.</summary>
internal static class Verdicts
{
    private static readonly string[] _ends = ["completion", "exception", "timeout", "cancellation"];

    public static void OfOutcome(Task<int> call, Stage stage, Func<string, bool> has, List<string> faults)
    {
        if (!call.IsCompleted)
        {
            faults.Add("the caller's task has not ended");
        }
        else if (call.IsCompletedSuccessfully)
        {
            var last = stage.MayHaveTwoCalls ? stage.Attempts.FirstOrDefault(attempt => attempt.Result == call.Result) : stage.Attempts[^1];
            if (last is not { WasInterrupted: false } || call.Result != last.Result || !last.HasPassed("second"))
            {
                faults.Add($"the caller got {call.Result}, which is not the result of an attempt that completed");
            }
        }
        else if (!IsExpected(call.Exception?.InnerException, has))
        {
            faults.Add($"the caller got {call.Exception?.InnerException?.ToString() ?? "a cancellation"}");
        }
    }

    public static void OfAttempts(Stage stage, List<string> faults)
    {
        foreach (var attempt in stage.Attempts)
        {
            if (!attempt.IsOver)
            {
                faults.Add($"attempt {attempt.Number} has not ended");
            }

            if (attempt.Operation is { WasStarted: true, HasBrought: true } && !attempt.HasItem)
            {
                faults.Add($"attempt {attempt.Number} has lost the item that its operation brought");
            }
        }
    }

    public static void OfHooks(Task<int> call, Stage stage, IReadOnlyList<string> hooks, List<string> faults)
    {
        var told = string.Join(", ", hooks);
        var ends = hooks.Where(hook => _ends.Contains(hook)).ToList();
        if (ends.Count != 1 && !(stage.MayHaveTwoCalls && ends.Count == 2))
        {
            faults.Add($"{ends.Count} hooks tell of the end: {told}");
        }
        else if (!stage.MayHaveTwoCalls && ends[0] != EndOf(call))
        {
            faults.Add($"the hook of another end: {told}");
        }

        if (hooks.Count(hook => hook == "startup") > hooks.Count(hook => hook == "restart") + (stage.MayHaveTwoCalls ? 2 : 1))
        {
            faults.Add($"startup hooks ran too often: {told}");
        }

        var pauses = hooks.Where(hook => hook is "pause" or "resume").ToList();
        if (!stage.MayHaveTwoCalls && pauses.Where((hook, index) => hook != (index % 2 == 0 ? "pause" : "resume")).Any())
        {
            faults.Add($"pause and resume hooks out of order: {told}");
        }
    }

    /// <summary>A call that is made when all is over gets the result of an attempt that completed, now or before.</summary>
    public static void OfCache(Task<int> again, Stage stage, List<string> faults)
    {
        var attempt = again.IsCompletedSuccessfully ? stage.Attempts.FirstOrDefault(attempt => attempt.Result == again.Result) : null;
        if (attempt is not { WasInterrupted: false } || !attempt.HasPassed("second"))
        {
            faults.Add($"a call that was made then got {(again.IsCompletedSuccessfully ? again.Result : again.Status)}, which no attempt came to");
        }
    }

    public static void OfRemains(Target target, Stage stage, List<string> faults)
    {
        if (target.ActiveCalls.Count > 0)
        {
            faults.Add("a call is still registered");
        }

        if (target.IsPaused)
        {
            faults.Add("a pause is left");
        }

        if (stage.Clock.Armed > 0)
        {
            faults.Add($"{stage.Clock.Armed} timers are still set");
        }

        if (HasRegistrations(target.Callers))
        {
            faults.Add("the caller's token still has a registration");
        }
    }

    private static bool IsExpected(Exception? failure, Func<string, bool> has) => failure switch
    {
        Fault => has(Events.Failure),
        TimeoutException => has(Events.Timeout) || has(Events.AttemptTimeout),
        null or OperationCanceledException => has(Events.Cancel) || has(Events.CallersCancel),
        _ => false,
    };

    private static string EndOf(Task call) => call switch
    {
        { IsCompletedSuccessfully: true } => "completion",
        { IsCanceled: true } or { Exception.InnerException: OperationCanceledException } => "cancellation",
        { Exception.InnerException: TimeoutException } => "timeout",
        _ => "exception",
    };

    private static bool HasRegistrations(CancellationTokenSource source)
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        var registrations = typeof(CancellationTokenSource).GetField("_registrations", Hidden)!.GetValue(source);
        return registrations?.GetType().GetField("Callbacks", Hidden)!.GetValue(registrations) is not null;
    }
}
