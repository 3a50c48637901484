using Sitters.Runtime.Plans;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Telemetry;

/// <summary>
/// What listeners are told of one call, in the order in which it happens and one after the other, although it happens on several threads and
/// under locks: it is queued there, and told where no lock is held, by whichever thread comes first.
/// </summary>
/// <param name="plan">The method's plan.</param>
/// <param name="clock">The call's.</param>
internal sealed class CallTelemetry(Plan plan, TimeProvider clock)
{
    private readonly object _lock = new();

    // Guarded by the lock.
    private readonly Queue<Action<CallTelemetry>> _untold = new();
    private bool _isTelling;

    // Of whoever tells, one after the other. What was not heard at its beginning is not told at its end; and only what was added is taken
    // back, or a listener that comes in between would count below zero.
    private bool _hasBegun;
    private bool _isActive;
    private bool _isPaused;
    private bool _isCountedAsPaused;
    private long _startStamp;
    private long _pauseStamp;

    /// <summary>The call's span; null if it has none, or has ended.</summary>
    public Span? Span { get; private set; }

    /// <summary>See <see cref="SitterDiagnostics.RetryExhaustedTag"/>. Written by what drives the call.</summary>
    public bool HasExhaustedRetries { get; set; }

    private KeyValuePair<string, object?> Function => Words.Function(plan.Name);

    /// <summary>To be told next. Runs no code of the user's, so a lock may be held.</summary>
    public void Queue(Action<CallTelemetry> tell)
    {
        lock (_lock)
        {
            _untold.Enqueue(tell);
        }
    }

    /// <summary>Tells all that is queued, unless another thread is at it: under no lock.</summary>
    public void Tell()
    {
        for (var begins = true; TryTake(begins) is { } tell; begins = false)
        {
            tell(this);
        }
    }

    /// <summary>The call begins: in its own flow, to which the span belongs from here on, and before others know the call.</summary>
    public void Begin()
    {
        _hasBegun = true;
        _startStamp = Clock.ReadFine(clock);
        Listeners.Add(Instruments.CallStarted, 1, Function);
        _isActive = Instruments.CallActive.Enabled;
        if (_isActive)
        {
            Listeners.Add(Instruments.CallActive, 1, Function);
        }

        Span = Span.Open(Spans.Calls, plan.TypedName, clock, Function);
    }

    // The rest is queued.

    public void BeginAttempt(int number, Exception? before)
    {
        var numbered = new KeyValuePair<string, object?>(SitterDiagnostics.AttemptNumberTag, number);
        Span?.Add(SitterDiagnostics.AttemptEvent, before is null ? [numbered] : [numbered, Words.ErrorType(before)]);
    }

    public void Pause()
    {
        _isPaused = true;
        _pauseStamp = Clock.ReadFine(clock);
        _isCountedAsPaused = Instruments.CallPaused.Enabled;
        if (_isCountedAsPaused)
        {
            Listeners.Add(Instruments.CallPaused, 1, Function);
        }

        Span?.Add(SitterDiagnostics.PauseEvent);
    }

    public void Resume()
    {
        if (_isPaused)
        {
            Span?.Add(SitterDiagnostics.ResumeEvent);
            EndPause();
        }
    }

    public void Interrupt(KeyValuePair<string, object?> reason, SitControlSource? source)
    {
        ReadOnlySpan<KeyValuePair<string, object?>> tags = source is { } known ? [reason, Words.Source(known)] : [reason];
        Listeners.Add(Instruments.Interrupts, 1, [Function, .. tags]);
        Span?.Add(SitterDiagnostics.InterruptEvent, tags);
    }

    public void Restart() => Span?.Add(SitterDiagnostics.RestartEvent);

    public void FailHook(HookEvent? hook, Exception failure)
    {
        var (of, errorType) = (Words.Hook(hook), Words.ErrorType(failure));
        Listeners.Add(Instruments.HookFailures, 1, Function, of, errorType);
        Span?.Add(SitterDiagnostics.HookFailureEvent, of, errorType);
    }

    public void OverrunGrace() => Listeners.Add(Instruments.GraceOverruns, 1, Function);

    /// <param name="end">How the call has ended.</param>
    /// <param name="failure">With what, if it has failed.</param>
    public void End(SitState end, Exception? failure)
    {
        EndPause();
        if (_isActive)
        {
            _isActive = false;
            Listeners.Add(Instruments.CallActive, -1, Function);
        }

        var errorType = Words.ErrorType(end, failure);
        List<KeyValuePair<string, object?>> tags = [Words.Outcome(end)];
        if (errorType is { } error)
        {
            tags.Add(error);
        }

        if (HasExhaustedRetries && errorType is not null)
        {
            tags.Add(new(SitterDiagnostics.RetryExhaustedTag, true));
        }

        if (_hasBegun)
        {
            Listeners.Record(Instruments.CallDuration, Clock.Since(_startStamp, clock), [Function, .. tags]);
        }

        Span?.Close([.. tags], errorType is not null, end == SitState.Failed ? failure : null);
        Span = null;
    }

    private void EndPause()
    {
        if (!_isPaused)
        {
            return;
        }

        _isPaused = false;
        if (_isCountedAsPaused)
        {
            Listeners.Add(Instruments.CallPaused, -1, Function);
        }

        Listeners.Record(Instruments.CallPauseDuration, Clock.Since(_pauseStamp, clock), Function);
    }

    private Action<CallTelemetry>? TryTake(bool begins)
    {
        lock (_lock)
        {
            if (begins && _isTelling)
            {
                return null;
            }

            _isTelling = _untold.TryDequeue(out var tell);
            return tell;
        }
    }
}
