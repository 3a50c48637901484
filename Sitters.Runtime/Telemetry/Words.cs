using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Telemetry;

/// <summary>The tags, and the words that they hold.</summary>
internal static class Words
{
    public static KeyValuePair<string, object?> Function(string method) => new(SitterDiagnostics.FunctionNameTag, method);

    public static KeyValuePair<string, object?> ErrorType(Exception exception) =>
        new(SitterDiagnostics.ErrorTypeTag, exception.GetType().FullName);

    /// <summary>The error that a call or an attempt has ended with; null if that is none: a cancel was wished for.</summary>
    /// <param name="end">How it has ended.</param>
    /// <param name="failure">What it has failed with.</param>
    public static KeyValuePair<string, object?>? ErrorType(SitState end, Exception? failure) => end switch
    {
        // Whether it throws or returns a default.
        SitState.TimedOut => new(SitterDiagnostics.ErrorTypeTag, typeof(TimeoutException).FullName),
        SitState.Failed when failure is not null => ErrorType(failure),
        _ => null,
    };

    public static KeyValuePair<string, object?> Outcome(SitState end) => new(SitterDiagnostics.CallOutcomeTag, Of(end));

    public static KeyValuePair<string, object?> Result(SitState end) => new(SitterDiagnostics.AttemptResultTag, Of(end));

    public static KeyValuePair<string, object?> Source(SitControlSource source) => new(
        SitterDiagnostics.ControlSourceTag,
        source switch
        {
            SitControlSource.Signal => "signal",
            SitControlSource.Tool => "diagnostics",
            SitControlSource.Page => "http",
            SitControlSource.Host => "host",
            SitControlSource.Fleet => "fleet",
            _ => "api",
        });

    public static KeyValuePair<string, object?> Command(SitVerb verb) => new(
        SitterDiagnostics.ControlCommandTag,
        verb switch
        {
            SitVerb.Pause => "pause",
            SitVerb.Resume => "resume",
            SitVerb.Restart => "restart",
            _ => "cancel",
        });

    /// <param name="interrupt">Why.</param>
    /// <param name="isOfAttempt">It was the limit of one attempt.</param>
    public static KeyValuePair<string, object?> Reason(SitInterrupt interrupt, bool isOfAttempt) => new(
        SitterDiagnostics.InterruptReasonTag,
        interrupt switch
        {
            SitInterrupt.Timeout => isOfAttempt ? "attempt_timeout" : "timeout",
            SitInterrupt.CallerCancel => "caller",
            SitInterrupt.Restart => "restart",
            _ => "cancel",
        });

    /// <param name="hook">Null for code that is no hook.</param>
    public static KeyValuePair<string, object?> Hook(HookEvent? hook) => new(
        SitterDiagnostics.HookEventTag,
        hook switch
        {
            HookEvent.Startup => "startup",
            HookEvent.Completion => "completion",
            HookEvent.Exception => "exception",
            HookEvent.Timeout => "timeout",
            HookEvent.Cancellation => "cancellation",
            HookEvent.Restart => "restart",
            HookEvent.Retry => "retry",
            HookEvent.Pause => "pause",
            HookEvent.Resume => "resume",
            _ => "other",
        });

    private static string Of(SitState end) => end switch
    {
        SitState.Completed => "completed",
        SitState.TimedOut => "timed_out",
        SitState.Cancelled => "cancelled",
        SitState.Restarting => "restarted",
        _ => "failed",
    };
}
