using System.Diagnostics;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>The one place that pauses, resumes, restarts and cancels the calls of the process.</summary>
/// <remarks>
/// A call is in the registry once it has suspended. Before that, it learns of events from <see cref="ControlEpoch"/>, which counts them:
/// it remembers the epoch in which it began, and compares at its next await.
/// </remarks>
internal static class Controller
{
    private static readonly object _lock = new();
    private static readonly CallRegistry _calls = new();

    /// <summary>Written under the lock, and read without it.</summary>
    private static volatile bool _isPaused;

    // The epochs of the last events of each kind. Guarded by the lock.
    private static int _cancelEpoch;
    private static int _signalEpoch;
    private static int _restartEpoch;

    public static bool IsPaused => _isPaused;

    /// <summary>Whether calls that were active when a signal cancelled have not ended yet.</summary>
    public static bool IsCancelledBySignal
    {
        get
        {
            lock (_lock)
            {
                // A call that has not reached an await since then does not know of it yet.
                return ThreadSlot.RunningScopes().Any(scope => !scope.HasEnded && scope.HasMissed(_signalEpoch))
                    || _calls.Any(static call => !call.HasEnded && (call.IsCancelledBySignal || call.Epoch < _signalEpoch));
            }
        }
    }

    /// <remarks>The threads are checked first: a call is in the registry before its thread leaves it.</remarks>
    public static bool HasActiveCalls => HasRunningScopes || _calls.Any(static call => !call.HasEnded);

    /// <summary>No call is active, and the tasks of the callers of all earlier ones have ended.</summary>
    public static bool IsIdle => !HasRunningScopes && !_calls.Any(static call => !call.IsDelivered);

    private static bool HasRunningScopes => ThreadSlot.RunningScopes().Any(scope => !scope.HasEnded);

    public static List<Call> ActiveCalls()
    {
        foreach (var scope in ThreadSlot.RunningScopes())
        {
            // Another thread may use only a scope that is never reused.
            if (scope is { HasEnded: false, Flows: true })
            {
                Call.PublishContext(scope);
            }
        }

        return _calls.Snapshot().FindAll(call => !call.HasEnded);
    }

    /// <summary>The calls that have ended, but whose callers do not have the outcome yet.</summary>
    public static List<Call> EndingCalls() => _calls.Snapshot().FindAll(call => call is { HasEnded: true, IsDelivered: false });

    public static void Pause(Func<SitContext, bool>? filter)
    {
        if (filter is not null)
        {
            Matching(filter).ForEach(call => call.Pause());
            return;
        }

        lock (_lock)
        {
            _isPaused = true;
            NextEpochLocked().ForEach(call => call.Pause());
        }
    }

    public static void Resume(Func<SitContext, bool>? filter)
    {
        if (filter is not null)
        {
            Matching(filter).ForEach(call => call.Resume());
            return;
        }

        lock (_lock)
        {
            _isPaused = false;
            NextEpochLocked().ForEach(call => call.Resume());
        }
    }

    public static void Restart(Func<SitContext, bool>? filter) => Interrupt(filter, SitInterrupt.Restart, ref _restartEpoch);

    public static void Cancel(Func<SitContext, bool>? filter) => Interrupt(filter, SitInterrupt.Cancel, ref _cancelEpoch);

    public static void CancelBySignal()
    {
        lock (_lock)
        {
            _signalEpoch = ControlEpoch.Current + 1;

            // Before the cancel: after it, the snapshot could include calls that have only just begun.
            _calls.Snapshot().ForEach(call => call.IsCancelledBySignal = true);
            Cancel(null);
        }
    }

    public static void Add(Call call) => _calls.Add(call);

    public static void Remove(Call call) => CallRegistry.Remove(call);

    /// <summary>Applies to a call the events that it has missed.</summary>
    /// <param name="call">A call in the registry.</param>
    /// <param name="isNew">It has just been added, and may have begun while everything was paused.</param>
    public static void CatchUp(Call call, bool isNew)
    {
        if (call.Epoch == ControlEpoch.Current && !(isNew && _isPaused))
        {
            return;
        }

        lock (_lock)
        {
            var since = call.Epoch;
            call.Epoch = ControlEpoch.Current;
            call.IsCancelledBySignal |= _signalEpoch > since;
            if (Math.Max(_cancelEpoch, _restartEpoch) > since && call.IsOutermost)
            {
                call.Interrupt(_cancelEpoch > _restartEpoch ? SitInterrupt.Cancel : SitInterrupt.Restart);
            }

            // A pause that is still in force came after every interrupt, since an interrupt ends it.
            if (_isPaused && (isNew || since != ControlEpoch.Current))
            {
                call.Pause();
            }
        }
    }

    private static void Interrupt(Func<SitContext, bool>? filter, SitInterrupt kind, ref int kindEpoch)
    {
        if (filter is not null)
        {
            Outermost(Matching(filter)).ForEach(call => call.Interrupt(kind));
            return;
        }

        lock (_lock)
        {
            _isPaused = false;
            kindEpoch = ControlEpoch.Current + 1;
            var calls = NextEpochLocked();
            foreach (var call in calls)
            {
                if (call.IsOutermost)
                {
                    call.Interrupt(kind);
                }
            }

            // A call inside another is interrupted by the outer one; all that the interrupt does not reach resume.
            calls.ForEach(call => call.Resume());
        }
    }

    private static List<Call> NextEpochLocked()
    {
        Debug.Assert(Monitor.IsEntered(_lock), "Events are ordered by the lock.");
        var epoch = ControlEpoch.Advance();
        var calls = _calls.Snapshot();
        calls.ForEach(call => call.Epoch = epoch);
        return calls;
    }

    private static List<Call> Matching(Func<SitContext, bool> filter) => ActiveCalls().FindAll(call => filter(call.Context));

    private static List<Call> Outermost(List<Call> calls)
    {
        var all = calls.ToHashSet();
        return calls.FindAll(call =>
        {
            for (var outer = call.Outer; outer is not null; outer = outer.Outer)
            {
                if (all.Contains(outer))
                {
                    return false;
                }
            }

            return true;
        });
    }
}
