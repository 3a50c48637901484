using System.Globalization;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Execution;

/// <summary>How a call ends: its state, the hooks to run, and what the caller gets.</summary>
internal readonly struct CallEnd
{
    private readonly SitInterrupt _interrupt;

    private CallEnd(SitState state, SitInterrupt interrupt)
    {
        State = state;
        _interrupt = interrupt;
    }

    public SitState State { get; }

    /// <summary>Exactly one of these events ends a call.</summary>
    public HookEvent Hooks => State switch
    {
        SitState.Completed => HookEvent.Completion,
        SitState.TimedOut => HookEvent.Timeout,
        SitState.Cancelled => HookEvent.Cancellation,
        _ => HookEvent.Exception,
    };

    /// <summary>Decides, once: from here on no interrupt changes anything.</summary>
    public static CallEnd Decide<T>(Call call, AttemptOutcome<T> outcome)
    {
        var own = outcome.IsTimedOut ? SitState.TimedOut
            : outcome.Exception is not null ? SitState.Failed
            : SitState.Completed;
        var (state, interrupt) = call.Close(own, outcome.IsInterrupted);
        return new CallEnd(state, interrupt);
    }

    /// <summary>The end of a call in which Sitters itself has failed, whatever the outcome would have been.</summary>
    public static CallEnd Failed(Call call, Exception defect)
    {
        call.Exception = defect;
        call.Close(SitState.Failed, interruptWins: false);
        return new CallEnd(SitState.Failed, SitInterrupt.None);
    }

    /// <summary>What the caller gets. If that is an exception, the context has the same from here on, before the hooks see it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="outcome">The outcome of its attempts.</param>
    /// <param name="lastFailure">What the last attempt failed with, if one did.</param>
    public AttemptOutcome<T> ForCaller<T>(Call call, AttemptOutcome<T> outcome, Exception? lastFailure)
    {
        var delivered = Delivered(call, outcome, lastFailure);
        if (delivered.Exception is { } exception)
        {
            call.Exception = exception;
        }

        return delivered;
    }

    public static string Seconds(TimeSpan? time) => string.Create(CultureInfo.InvariantCulture, $"{time?.TotalSeconds:0.###} s");

    private AttemptOutcome<T> Delivered<T>(Call call, AttemptOutcome<T> outcome, Exception? lastFailure)
    {
        var plan = call.Plan;
        return State switch
        {
            SitState.Completed or SitState.Failed => outcome,
            SitState.TimedOut when plan.OnTimeout == SitOutcome.ReturnDefault => AttemptOutcome<T>.Of(default!),
            SitState.TimedOut when outcome.IsTimedOut => outcome,
            SitState.TimedOut => AttemptOutcome<T>.Failed(
                new TimeoutException(
                    $"The call of {plan.Name} timed out after {Seconds(plan.Timeout)}.", lastFailure ?? outcome.Exception)),
            _ when plan.OnCancel == SitOutcome.ReturnDefault && _interrupt == SitInterrupt.Cancel && !call.IsInterruptedByOuterCall =>
                AttemptOutcome<T>.Of(default!),
            _ => AttemptOutcome<T>.Failed(Cancelled(call, outcome.Exception)),
        };
    }

    private OperationCanceledException Cancelled(Call call, Exception? own)
    {
        var message = call.Plan.Messages.Cancelled(InterruptState.Reason(_interrupt));
        if (_interrupt != SitInterrupt.CallerCancel)
        {
            return new OperationCanceledException(message, own, call.OuterToken);
        }

        // The caller may catch the type that the method throws unwoven, by Task.Delay for example.
        return own switch
        {
            TaskCanceledException cancelled when cancelled.GetType() == typeof(TaskCanceledException) =>
                cancelled.CancellationToken == call.FiredToken
                    ? cancelled
                    : new TaskCanceledException(message, cancelled, call.FiredToken),
            OperationCanceledException cancelled when cancelled.GetType() != typeof(OperationCanceledException) => cancelled,
            _ => new OperationCanceledException(message, own, call.FiredToken),
        };
    }
}
