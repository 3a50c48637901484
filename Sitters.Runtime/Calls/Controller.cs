using System.Diagnostics;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>Knows the active calls of the process, and what was ordered for all calls of a domain.</summary>
/// <remarks>
/// A call is in the registry once it has suspended. Before that, it learns of events from <see cref="ControlEpoch"/>, which counts them:
/// it remembers the epoch in which it began, and compares at its next await.
/// </remarks>
internal static class Controller
{
    private static readonly object _lock = new();

    /// <summary>The domains with a pause. Guarded by the lock.</summary>
    private static readonly HashSet<ControlDomain> _paused = [];

    /// <summary>Written under the lock, and read without it.</summary>
    private static volatile bool _hasPauses;
    private static volatile bool _startsSlowly;

    /// <summary>Whether any standing pause holds anywhere in the process.</summary>
    public static bool HasPauses => _hasPauses;

    /// <summary>
    /// Whether a call that begins must look further than its plan: for a pause, or for an observer. The only test of a call that begins.
    /// </summary>
    public static bool StartsSlowly => _startsSlowly;

    /// <summary>Whether calls that were active when a signal cancelled have not ended yet.</summary>
    public static bool IsCancelledBySignal
    {
        get
        {
            // A call that has not reached an await since then does not know of it yet.
            var epoch = ControlDomain.Process.State.SignalEpoch;
            return ThreadSlot.RunningScopes().Any(scope => !scope.HasEnded && scope.HasMissed(epoch))
                || CallRegistry.Any(call => !call.HasEnded && (call.IsCancelledBySignal || call.Epoch < epoch));
        }
    }

    /// <remarks>The threads are checked first: a call is in the registry before its thread leaves it.</remarks>
    public static bool HasActiveCalls => HasRunningScopes(ControlDomain.Process) || CallRegistry.Any(static call => !call.HasEnded);

    /// <summary>No call is active, and the tasks of the callers of all earlier ones have ended.</summary>
    public static bool IsIdle(ControlDomain domain) =>
        !HasRunningScopes(domain) && !CallRegistry.Any(call => domain.Includes(call.Domain) && !call.IsDelivered);

    public static List<Call> ActiveCalls(ControlDomain domain)
    {
        foreach (var scope in ThreadSlot.RunningScopes())
        {
            // Another thread may use only a scope that is never reused: one that flows, or that has its call.
            if (scope is { HasEnded: false } and ({ Flows: true } or { Owner: Call }) && domain.Includes(ControlDomain.Of(scope)))
            {
                Call.PublishContext(scope);
            }
        }

        return CallRegistry.Snapshot().FindAll(call => !call.HasEnded && domain.Includes(call.Domain));
    }

    /// <summary>The calls that have ended, but whose callers do not have the outcome yet.</summary>
    public static List<Call> EndingCalls() => CallRegistry.Snapshot().FindAll(call => call is { HasEnded: true, IsDelivered: false });

    /// <summary>An event for all calls of a domain: changes what holds there, and counts.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="change">Makes the new state from the old one and the event's epoch; runs under the lock.</param>
    /// <returns>The epoch.</returns>
    public static int Advance(ControlDomain domain, Func<ControlState, int, ControlState> change)
    {
        lock (_lock)
        {
            // The state first: who sees the epoch sees what it stands for.
            domain.State = change(domain.State, ControlEpoch.Current + 1);
            if (domain.State.HasPauses ? _paused.Add(domain) : _paused.Remove(domain))
            {
                _hasPauses = _paused.Count > 0;
                UpdateStartLocked();
            }

            return ControlEpoch.Advance();
        }
    }

    /// <summary>The first observer has come, or the last one has gone.</summary>
    public static void OnObserversChanged()
    {
        lock (_lock)
        {
            UpdateStartLocked();
        }
    }

    public static void Add(Call call) => CallRegistry.Add(call);

    public static void Remove(Call call) => CallRegistry.Remove(call);

    private static bool HasRunningScopes(ControlDomain domain)
    {
        foreach (var scope in ThreadSlot.RunningScopes())
        {
            if (!scope.HasEnded && domain.Includes(ControlDomain.Of(scope)))
            {
                return true;
            }
        }

        return false;
    }

    private static void UpdateStartLocked()
    {
        Debug.Assert(Monitor.IsEntered(_lock), "Events are ordered by the lock.");
        _startsSlowly = _hasPauses || SitObservers.Any;
    }
}
