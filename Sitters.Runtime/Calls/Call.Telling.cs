using Sitters.Runtime.Plans;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Calls;

// What listeners to meters and traces are told of a call: where it happens it is queued, under the lock if it happens there, and told as soon
// as no lock is held.
internal partial class Call
{
    /// <summary>The call's span; null if it has none.</summary>
    public Span? Span => Telemetry?.Span;

    private CallTelemetry? Telemetry => ExtrasOrNull?.Telemetry;

    /// <summary>The call begins: in its own flow, to which its span belongs from here on, and before any other thread knows it.</summary>
    public void BeginTelling()
    {
        if (Listeners.HearCalls)
        {
            var telemetry = new CallTelemetry(Plan, TimeProvider);
            Extras.Telemetry = telemetry;
            telemetry.Begin();
            if (telemetry.Span is { Activity: { IsAllDataRequested: true } activity })
            {
                activity.SetTag(SitterDiagnostics.CallIdTag, Context.Id.ToString());
            }
        }
    }

    /// <summary>An attempt begins: in its own flow, to which its span belongs from here on.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="before">What the attempt before failed with, if it did.</param>
    /// <returns>To be told of its end; null if nobody listens.</returns>
    public AttemptTelemetry? TellAttempt(int number, Exception? before)
    {
        if (number > 1)
        {
            AttemptTelemetry.Retry(Plan, before);
        }

        if (Hears(isHeard: false))
        {
            TellBegin(number, before);
        }

        return AttemptTelemetry.Begin(Plan, TimeProvider, Span, number);
    }

    /// <summary>Whether the last of several attempts has failed with what would be retried.</summary>
    public void NoteRetries(bool areExhausted)
    {
        if (Telemetry is { } telemetry)
        {
            telemetry.HasExhaustedRetries = areExhausted;
        }
    }

    public void TellOverrun()
    {
        if (Hears(Listeners.HearOverruns))
        {
            Tell(static telemetry => telemetry.OverrunGrace());
        }
    }

    private void TellFailure(HookEvent? hook, Exception failure)
    {
        if (Hears(Listeners.HearHookFailures))
        {
            Tell(hook, failure);
        }
    }

    /// <summary>The call has ended; the code that runs is the caller's from here on.</summary>
    private void TellEnd()
    {
        if (Hears(isHeard: false))
        {
            var span = Span;
            Tell(_end == Undecided ? SitState.Failed : (SitState)_end, Exception);
            span?.Leave();
        }
    }

    private void TellPauseLocked()
    {
        if (Hears(Listeners.HearPauses))
        {
            TellLocked(static telemetry => telemetry.Pause());
        }
    }

    private void TellResumeLocked()
    {
        if (Hears(isHeard: false))
        {
            TellLocked(static telemetry => telemetry.Resume());
        }
    }

    private void TellRestartLocked()
    {
        if (Hears(isHeard: false))
        {
            TellLocked(static telemetry => telemetry.Restart());
        }
    }

    /// <param name="interrupt">Why.</param>
    /// <param name="isOfAttempt">It is the limit of one attempt.</param>
    /// <param name="byOuterCall">It comes from the call around this one, which was told of the order.</param>
    private void TellInterruptLocked(SitInterrupt interrupt, bool isOfAttempt = false, bool byOuterCall = false)
    {
        if (Hears(Listeners.HearInterrupts))
        {
            var isOrdered = interrupt is SitInterrupt.Cancel or SitInterrupt.Restart && !byOuterCall;
            TellLocked(Words.Reason(interrupt, isOfAttempt), isOrdered ? LastControl?.Source : null);
        }
    }

    /// <summary>Whether somebody listens to what happens, or has to the call so far.</summary>
    private bool Hears(bool isHeard) => isHeard || Telemetry is not null;

    // Apart from the tests above, so that where nobody listens no delegate is made.

    private void TellBegin(int number, Exception? before) => Tell(telemetry => telemetry.BeginAttempt(number, before));

    private void Tell(SitState end, Exception? failure) => Tell(telemetry => telemetry.End(end, failure));

    private void Tell(HookEvent? hook, Exception failure) => Tell(telemetry => telemetry.FailHook(hook, failure));

    private void TellLocked(KeyValuePair<string, object?> reason, SitControlSource? source) =>
        TellLocked(telemetry => telemetry.Interrupt(reason, source));

    private void Tell(Action<CallTelemetry> tell)
    {
        lock (this)
        {
            TellLocked(tell);
        }

        TellQueued();
    }

    private void TellLocked(Action<CallTelemetry> tell)
    {
        AssertLocked();
        (Extras.Telemetry ??= new CallTelemetry(Plan, TimeProvider)).Queue(tell);
    }

    /// <summary>Tells what was queued under the lock, after it.</summary>
    private void TellQueued() => Telemetry?.Tell();
}
