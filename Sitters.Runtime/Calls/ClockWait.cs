using Sitters.Runtime.Gating;
using Sitters.Runtime.Mapping;

namespace Sitters.Runtime.Calls;

/// <summary>
/// Tells whether calls wait for nothing but their clock. Then, and only then, time may pass at once: whatever else they wait for takes a time
/// that the clock does not know. Where it can't tell, it says that they wait for something else.
/// </summary>
internal static class ClockWait
{
    public static Rest Look(ControlDomain domain, ITimers timers)
    {
        var calls = Controller.ActiveCalls(domain);
        if (calls.Count == 0)
        {
            return Rest.NoCalls;
        }

        var running = ThreadSlot.RunningScopes();
        return !calls.TrueForAll(call => call.StandsStill(running)) ? Rest.Running
            : calls.TrueForAll(call => call.HasEnded || call.IsPaused || IsAtClock(call, timers)) ? Rest.AtClock
            : Rest.AtOtherThings;
    }

    private static bool IsAtClock(Call call, ITimers timers)
    {
        var scopes = call.RunningScopes;
        return scopes.Count == 0
            ? call.NextAttemptAt is { } time && timers.HasDelayUntil(time)
            : scopes.All(scope => IsAtClock(scope, timers));
    }

    private static bool IsAtClock(Scope scope, ITimers timers)
    {
        var frames = scope.Frames();
        var inside = frames.Where(entry => entry.Parent is not null).ToLookup(entry => entry.Parent!, entry => entry.Frame);
        return Array.TrueForAll(frames, entry => IsAtClock(entry.Frame, inside[entry.Frame], timers));
    }

    /// <param name="frame">The method's.</param>
    /// <param name="inside">Those of the methods that it has started.</param>
    /// <param name="timers">Those of the clock.</param>
    private static bool IsAtClock(Frame frame, IEnumerable<Frame> inside, ITimers timers)
    {
        if (frame is InnerFrame)
        {
            // The call in it is looked at by itself.
            return true;
        }

        if (frame.Node is null)
        {
            // A root that only holds others together, or the body of a method that is not async.
            return inside.Any() || (frame.IsBlocked && timers.HasDelayOf(Stretch.Before(frame)));
        }

        if (PlaceOf(frame) is not { Awaits: { } awaits } place)
        {
            return false;
        }

        if (inside.Any())
        {
            // What it has started is looked at by itself; but that must be what it awaits, and not something beside it.
            return awaits is "Task.WhenAll" or "Parallel.ForEachAsync" or "Parallel.ForAsync"
                || (awaits == "Task.Run" && inside.Any(static frame => frame.IsFlowEntry))
                || inside.Any(frame => Last(NameOf(frame)) == Last(awaits));
        }

        if (awaits == "Task.Delay" && !place.IsUncontrolled && IsBeingInterrupted(frame))
        {
            // It ends at once, and not when the clock comes to the time that an interrupted await has to settle.
            return false;
        }

        return awaits == "PeriodicTimer.WaitForNextTickAsync"
            ? timers.HasPeriodic
            : (awaits is "Task.Delay" or "Task.WhenAll" || place.IsUncontrolled) && timers.HasDelayOf(Stretch.Before(frame));
    }

    /// <summary>An interrupt is on its way to the method.</summary>
    private static bool IsBeingInterrupted(Frame frame) => frame.Phase switch
    {
        InterruptPhase.Delivered => false,
        InterruptPhase.None => frame.Scope.IsInterrupted && !frame.IsShielded,
        _ => true,
    };

    private static AwaitPlace? PlaceOf(Frame frame) =>
        frame.Node is { } node ? AwaitMaps.Find(node.Module, node.Site) : null;

    private static string? NameOf(Frame frame) => frame is InnerFrame inner ? inner.Call.MethodName : PlaceOf(frame)?.Method.Name;

    /// <summary>The method's own name: it may be called through an interface.</summary>
    private static string? Last(string? name) => name?[(name.LastIndexOf('.') + 1)..];
}
