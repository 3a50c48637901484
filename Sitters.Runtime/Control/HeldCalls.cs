using Sitters.Runtime.Calls;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Control;

/// <summary>Begins and ends the pauses of single calls, which were named one by one or by a filter.</summary>
internal static class HeldCalls
{
    /// <param name="order">The pause.</param>
    /// <param name="domain">Where.</param>
    /// <param name="calls">Those that it is for.</param>
    /// <param name="onEnd">
    /// Called when its time is over and it has ended, with the order that this stands for and for how many calls. It is kept for that long.
    /// </param>
    public static void Begin(ControlOrder order, ControlDomain domain, List<Call> calls, Action<ControlOrder, ControlDomain, int> onEnd)
    {
        var hold = NewHold(order, domain);
        calls.ForEach(call => call.Hold(hold));
        Interlocked.MemoryBarrierProcessWide();
        if (order.Control.For is { } time)
        {
            var ended = new ControlOrder(SitVerb.Resume, order.Scope, order.Control with { For = null });
            EndLater(hold, domain.TimeProvider, time, calls, count => onEnd(ended, domain, count));
        }
    }

    /// <summary>Ends those that were begun in a domain.</summary>
    public static void EndAll(ControlDomain domain)
    {
        var ended = Controller.ActiveCalls(domain).ConvertAll(call => call.Release(hold => hold.Scope == domain.Scope));
        ended.SelectMany(static holds => holds).Distinct().ToList().ForEach(static hold => hold.End?.Dispose());
    }

    /// <summary>A pause that begins now.</summary>
    public static Hold NewHold(ControlOrder order, ControlDomain domain)
    {
        domain.HasHeldCalls = true;
        return new Hold(new GivenOrder(order.Control, Controller.Advance(domain, static (state, _) => state)), domain.Scope);
    }

    private static void EndLater(Hold hold, TimeProvider clock, TimeSpan time, List<Call> calls, Action<int> onEnd)
    {
        // What waits is not to keep the calls, nor the order, which may name one: one that has ended is not to be kept by a pause.
        var held = calls.ConvertAll(static call => new WeakReference<Call>(call));
        hold.End = new OneShot(clock, time, _ =>
        {
            if (held.Count(weak => weak.TryGetTarget(out var call) && call.Release(hold)) is var count and > 0)
            {
                onEnd(count);
            }
        });
        hold.End.Start();
    }
}
