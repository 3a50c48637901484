using Microsoft.Extensions.Logging;

namespace Sitters.Hosting.Logs;

/// <summary>
/// All that is logged. The ids and names stay as they are: people filter and alarm by them. 50 to 59 are those of the configuration.
/// </summary>
internal static partial class Events
{
    private const string OrderText = " {Calls} call(s) ({Methods}) by {Source}, {Identity}: {Reason}";
    private const string PausedText = "Paused" + OrderText + " ({Lasting})";
    private const string ResumedText = "Resumed" + OrderText;
    private const string RestartedText = "Restarted" + OrderText;
    private const string CancelledText = "Cancelled" + OrderText;

    [LoggerMessage(1, LogLevel.Debug, "{Method} ({CallId}) has started", EventName = "CallStarted")]
    public static partial void CallStarted(this ILogger logger, string method, string callId);

    [LoggerMessage(2, LogLevel.Debug, "{Method} ({CallId}) begins attempt {Attempt}", EventName = "AttemptStarted")]
    public static partial void AttemptStarted(this ILogger logger, string method, string callId, int attempt);

    [LoggerMessage(3, LogLevel.Debug, "{Method} ({CallId}) is tried again after attempt {Attempt}: {ErrorType}", EventName = "CallRetrying")]
    public static partial void CallRetrying(this ILogger logger, string method, string callId, int attempt, string errorType);

    [LoggerMessage(4, LogLevel.Debug, "{Method} ({CallId}) is paused", EventName = "CallPaused")]
    public static partial void CallPaused(this ILogger logger, string method, string callId);

    [LoggerMessage(5, LogLevel.Debug, "{Method} ({CallId}) goes on", EventName = "CallResumed")]
    public static partial void CallResumed(this ILogger logger, string method, string callId);

    [LoggerMessage(6, LogLevel.Debug, "{Method} ({CallId}) is interrupted: {Interrupt}", EventName = "CallInterrupted")]
    public static partial void CallInterrupted(this ILogger logger, string method, string callId, SitInterrupt interrupt);

    [LoggerMessage(7, LogLevel.Debug, "{Method} ({CallId}) starts again from its beginning", EventName = "CallRestarted")]
    public static partial void CallRestarted(this ILogger logger, string method, string callId);

    [LoggerMessage(8, LogLevel.Debug, "{Method} ({CallId}) has completed in {Seconds:0.000} s", EventName = "CallCompleted")]
    public static partial void CallCompleted(this ILogger logger, string method, string callId, double seconds);

    [LoggerMessage(
        9, LogLevel.Information, "{Method} ({CallId}) has failed at attempt {Attempt} after {Seconds:0.000} s: {ErrorType}", EventName = "CallFailed")]
    public static partial void CallFailed(this ILogger logger, string method, string callId, int attempt, double seconds, string errorType);

    [LoggerMessage(
        10, LogLevel.Information, "{Method} ({CallId}) has timed out at attempt {Attempt} after {Seconds:0.000} s", EventName = "CallTimedOut")]
    public static partial void CallTimedOut(this ILogger logger, string method, string callId, int attempt, double seconds);

    [LoggerMessage(11, LogLevel.Debug, "{Method} ({CallId}) was cancelled after {Seconds:0.000} s", EventName = "CallCancelled")]
    public static partial void CallCancelled(this ILogger logger, string method, string callId, double seconds);

    [LoggerMessage(12, LogLevel.Debug, "{Method} is answered from its cache", EventName = "CacheHit")]
    public static partial void CacheHit(this ILogger logger, string method);

    [LoggerMessage(13, LogLevel.Debug, "{Method} has no such result in its cache", EventName = "CacheMiss")]
    public static partial void CacheMiss(this ILogger logger, string method);

    [LoggerMessage(20, LogLevel.Error, "A hook of {Method} ({CallId}) has failed", EventName = "HookFailed")]
    public static partial void HookFailed(this ILogger logger, Exception exception, string method, string callId);

    [LoggerMessage(
        21, LogLevel.Warning, "The cleanup of {Method} ({CallId}) takes longer than its grace and is left behind", EventName = "GraceOverrun")]
    public static partial void GraceOverrun(this ILogger logger, string method, string callId);

    [LoggerMessage(30, LogLevel.Information, PausedText, EventName = "Paused")]
    public static partial void Paused(
        this ILogger logger, int calls, string methods, SitControlSource source, string identity, string reason, string lasting);

    [LoggerMessage(31, LogLevel.Information, ResumedText, EventName = "Resumed")]
    public static partial void Resumed(
        this ILogger logger, int calls, string methods, SitControlSource source, string identity, string reason);

    [LoggerMessage(32, LogLevel.Information, RestartedText, EventName = "Restarted")]
    public static partial void Restarted(
        this ILogger logger, int calls, string methods, SitControlSource source, string identity, string reason);

    [LoggerMessage(33, LogLevel.Information, CancelledText, EventName = "Cancelled")]
    public static partial void Cancelled(
        this ILogger logger, int calls, string methods, SitControlSource source, string identity, string reason);

    [LoggerMessage(40, LogLevel.Information, "The host stops: {Calls} call(s) under way have {Seconds} s to end", EventName = "Draining")]
    public static partial void Draining(this ILogger logger, int calls, double seconds);

    [LoggerMessage(41, LogLevel.Warning, "The host has no time left for {Calls} call(s): {Methods}", EventName = "NotEnded")]
    public static partial void NotEnded(this ILogger logger, int calls, string methods);

    /// <summary>Names the methods, each once.</summary>
    public static void NotEnded(this ILogger logger, IReadOnlyCollection<SitContext> calls)
    {
        if (calls.Count > 0)
        {
            logger.NotEnded(calls.Count, string.Join(", ", calls.Select(static call => call.MethodName).Distinct()));
        }
    }
}
