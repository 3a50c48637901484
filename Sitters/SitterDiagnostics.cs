namespace Sitters;

/// <summary>
/// The names of all that Sitters tells to meters, traces, event listeners and logs. They are part of the API: a dashboard that uses them
/// keeps working.
/// </summary>
/// <remarks>
/// Durations are in seconds, by <see cref="Sitter.TimeProvider"/>. A tag of a metric never holds an id, an argument, a key or a message.
/// </remarks>
public static class SitterDiagnostics
{
    /// <summary>The meter of all instruments.</summary>
    public const string MeterName = "Sitters";

    /// <summary>The activity source of calls: one span a call.</summary>
    public const string ActivitySourceName = "Sitters";

    /// <summary>
    /// The activity source of attempts: one span an attempt, inside that of its call. It tells only of calls that have a span, so it is
    /// listened to beside <see cref="ActivitySourceName"/>.
    /// </summary>
    public const string AttemptActivitySourceName = "Sitters.Attempts";

    /// <summary>The event source through which the command-line tool asks.</summary>
    public const string EventSourceName = "Sitters";

    /// <summary>The category of logs.</summary>
    public const string LogCategory = "Sitters";

    // Instruments.

    /// <summary>Counter, {call}: the calls that have begun. A cache hit is none.</summary>
    public const string CallStarted = "sitters.call.started";

    /// <summary>Up-down counter, {call}: the calls that have begun and have not ended.</summary>
    public const string CallActive = "sitters.call.active";

    /// <summary>Up-down counter, {call}: the active calls that are told to pause.</summary>
    public const string CallPaused = "sitters.call.paused";

    /// <summary>
    /// Histogram, s: from the beginning of a call to its end, pauses included. Tags: <see cref="CallOutcomeTag"/>, <see cref="ErrorTypeTag"/>
    /// where it failed or timed out, <see cref="RetryExhaustedTag"/>.
    /// </summary>
    public const string CallDuration = "sitters.call.duration";

    /// <summary>Histogram, s: how long a call was paused, each time.</summary>
    public const string CallPauseDuration = "sitters.call.pause.duration";

    /// <summary>
    /// Histogram, s: from the beginning of an attempt to its end; of a stream to its first element. Tags: <see cref="AttemptResultTag"/>,
    /// <see cref="ErrorTypeTag"/> where it failed or timed out.
    /// </summary>
    public const string AttemptDuration = "sitters.attempt.duration";

    /// <summary>
    /// Counter, {retry}: the attempts that follow another. Tag: <see cref="ErrorTypeTag"/>, what the attempt before failed with, if it did.
    /// </summary>
    public const string Retries = "sitters.retries";

    /// <summary>Counter, {request}: how often the cache of a method was asked. Tag: <see cref="CacheResultTag"/>.</summary>
    public const string CacheRequests = "sitters.cache.requests";

    /// <summary>
    /// Counter, {eviction}: the results that a cache of Sitters' own has dropped. Tag: <see cref="EvictionReasonTag"/>. An
    /// <c>IMemoryCache</c> of the program's has statistics of its own.
    /// </summary>
    public const string CacheEvictions = "sitters.cache.evictions";

    /// <summary>Observable up-down counter, {entry}: the results that the caches of Sitters' own hold.</summary>
    public const string CacheEntries = "sitters.cache.entries";

    /// <summary>
    /// Counter, {interrupt}: the interrupts that have come to a call. Tags: <see cref="InterruptReasonTag"/>, and
    /// <see cref="ControlSourceTag"/> where it was ordered.
    /// </summary>
    public const string Interrupts = "sitters.interrupts";

    /// <summary>
    /// Counter, {failure}: what <see cref="Sitter.HookFailed"/> tells. Tags: <see cref="HookEventTag"/>, <see cref="ErrorTypeTag"/>.
    /// </summary>
    public const string HookFailures = "sitters.hook.failures";

    /// <summary>Counter, {overrun}: the cleanups that have taken longer than their grace, and were left behind.</summary>
    public const string GraceOverruns = "sitters.grace.overruns";

    /// <summary>
    /// Counter, {command}: the orders to pause, resume, restart or cancel that were carried out. Tags: <see cref="ControlCommandTag"/>,
    /// <see cref="ControlSourceTag"/>, <see cref="ControlResultTag"/>. It belongs to no method.
    /// </summary>
    public const string ControlCommands = "sitters.control.commands";

    // Tags.

    /// <summary>The method's full name, as in <c>Shop.Jobs.Sync</c>: on every instrument but <see cref="ControlCommands"/>, and on spans.</summary>
    public const string FunctionNameTag = "code.function.name";

    /// <summary>The full name of an exception's type.</summary>
    public const string ErrorTypeTag = "error.type";

    /// <summary>How a call has ended: <c>completed</c>, <c>failed</c>, <c>timed_out</c>, <c>cancelled</c>.</summary>
    public const string CallOutcomeTag = "sitters.call.outcome";

    /// <summary>
    /// True where the last of several attempts has failed with what would have been retried; else it is not there. Only of attempts that
    /// <see cref="SitAttribute.MaxAttempts"/> counts: a strategy of the program's own does not say why it gives up.
    /// </summary>
    public const string RetryExhaustedTag = "sitters.retry.exhausted";

    /// <summary>How an attempt has ended: <c>completed</c>, <c>failed</c>, <c>timed_out</c>, <c>cancelled</c>, <c>restarted</c>.</summary>
    public const string AttemptResultTag = "sitters.attempt.result";

    /// <summary>What a cache had: <c>hit</c>, a result; <c>join</c>, a call under way for the same key; <c>miss</c>, neither.</summary>
    public const string CacheResultTag = "sitters.cache.result";

    /// <summary>
    /// Why a result was dropped: <c>capacity</c>, <c>expired</c>, <c>cleared</c> (also where configuration has given the cache other limits).
    /// </summary>
    public const string EvictionReasonTag = "sitters.eviction.reason";

    /// <summary>Why a call was interrupted: <c>timeout</c>, <c>attempt_timeout</c>, <c>cancel</c>, <c>restart</c>, <c>caller</c>.</summary>
    public const string InterruptReasonTag = "sitters.interrupt.reason";

    /// <summary>
    /// Where an order came from: <c>api</c>, <c>signal</c>, <c>diagnostics</c> (the tool), <c>http</c> (the page), <c>host</c>, <c>fleet</c>.
    /// </summary>
    public const string ControlSourceTag = "sitters.control.source";

    /// <summary>What was ordered: <c>pause</c>, <c>resume</c>, <c>restart</c>, <c>cancel</c>.</summary>
    public const string ControlCommandTag = "sitters.control.command";

    /// <summary>What came of an order: <c>done</c>, or <c>nothing_matched</c> where no active call was meant.</summary>
    public const string ControlResultTag = "sitters.control.result";

    /// <summary>
    /// Of which event the hook is: <c>startup</c>, <c>completion</c>, <c>exception</c>, <c>timeout</c>, <c>cancellation</c>, <c>restart</c>,
    /// <c>retry</c>, <c>pause</c>, <c>resume</c>; <c>other</c> for code that is no hook, as a callback of the call's token.
    /// </summary>
    public const string HookEventTag = "sitters.hook.event";

    /// <summary><see cref="SitContext.Id"/>, on spans alone.</summary>
    public const string CallIdTag = "sitters.call.id";

    /// <summary>The number of an attempt, from 1, on spans and their events alone.</summary>
    public const string AttemptNumberTag = "sitters.attempt.number";

    // Events of a call's span.

    /// <summary>
    /// An attempt begins. Tags: <see cref="AttemptNumberTag"/>, and <see cref="ErrorTypeTag"/>, what the attempt before failed with, if it did.
    /// </summary>
    public const string AttemptEvent = "sitters.attempt";

    /// <summary>The call was told to pause.</summary>
    public const string PauseEvent = "sitters.pause";

    /// <summary>No pause covers the call any more.</summary>
    public const string ResumeEvent = "sitters.resume";

    /// <summary>The call was interrupted. Tags: <see cref="InterruptReasonTag"/>, <see cref="ControlSourceTag"/> where it was ordered.</summary>
    public const string InterruptEvent = "sitters.interrupt";

    /// <summary>The call starts again.</summary>
    public const string RestartEvent = "sitters.restart";

    /// <summary>A hook has failed. Tags: <see cref="HookEventTag"/>, <see cref="ErrorTypeTag"/>.</summary>
    public const string HookFailureEvent = "sitters.hook.failure";
}
