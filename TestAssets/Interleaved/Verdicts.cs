using System.Reflection;
using Sitters;

namespace Interleaved;

/// <summary>What must hold when a call is over.</summary>
internal static class Verdicts
{
    private static readonly string[] _ends = ["completion", "exception", "timeout", "cancellation"];

    public static void OfOutcome(Task<int> call, Stage stage, Func<string, bool> has, bool hasLeft, List<string> faults)
    {
        if (!call.IsCompleted)
        {
            faults.Add("the caller's task has not ended");
        }
        else if (hasLeft)
        {
            // It has what it wanted; what it has, it says.
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

    public static void OfHooks(Task<int> call, Stage stage, IReadOnlyList<string> hooks, bool hasLeft, List<string> faults)
    {
        var told = string.Join(", ", hooks);
        var ends = hooks.Where(hook => _ends.Contains(hook)).ToList();
        if (ends.Count != 1 && !(stage.MayHaveTwoCalls && ends.Count == 2))
        {
            faults.Add($"{ends.Count} hooks tell of the end: {told}");
        }
        else if (!stage.MayHaveTwoCalls && !hasLeft && ends[0] != HookOf(EndOf(call)))
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

    /// <summary>Each item is in its consumer's hands, once and in its order, up to the end or the exception; and all are of one attempt.</summary>
    public static void OfStream(Task<int> call, Stage stage, Consumer consumer, List<string> faults)
    {
        var items = consumer.Items;
        if (items.Where((item, index) => item.Number != index + 1 || item.Of != items[0].Of).Any())
        {
            faults.Add($"the consumer got {string.Join(", ", items.Select(item => $"{item.Number} of attempt {item.Of.Number}"))}");
        }

        if (call.IsCompletedSuccessfully && items.Count != 2 && !(consumer.HasLeft && items.Count == 1))
        {
            faults.Add($"the stream has ended after {items.Count} items");
        }

        foreach (var attempt in stage.Attempts)
        {
            if (attempt.Given > items.Count(item => item.Of == attempt))
            {
                faults.Add($"attempt {attempt.Number} has given {attempt.Given} items, and its consumer got {items.Count}");
            }
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

    /// <summary>How a call has ended, as its caller sees it.</summary>
    public static SitState EndOf(Task call) => call switch
    {
        { IsCompletedSuccessfully: true } => SitState.Completed,
        { IsCanceled: true } or { Exception.InnerException: OperationCanceledException } => SitState.Cancelled,
        { Exception.InnerException: TimeoutException } => SitState.TimedOut,
        _ => SitState.Failed,
    };

    private static bool IsExpected(Exception? failure, Func<string, bool> has) => failure switch
    {
        Fault => has(Events.Failure),
        TimeoutException => has(Events.Timeout) || has(Events.AttemptTimeout),
        null or OperationCanceledException => has(Events.Cancel) || has(Events.CallersCancel),
        _ => false,
    };

    private static string HookOf(SitState end) => end switch
    {
        SitState.Completed => "completion",
        SitState.Cancelled => "cancellation",
        SitState.TimedOut => "timeout",
        _ => "exception",
    };

    private static bool HasRegistrations(CancellationTokenSource source)
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        var registrations = typeof(CancellationTokenSource).GetField("_registrations", Hidden)!.GetValue(source);
        return registrations?.GetType().GetField("Callbacks", Hidden)!.GetValue(registrations) is not null;
    }
}
