using Sitters.Runtime.Calls;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Control;

/// <summary>Begins and ends the pauses of everything and of methods in a domain.</summary>
internal static class StandingPauses
{
    /// <summary>Begins one. Where the same is paused already, the two become one, which ends when the later of them does.</summary>
    /// <param name="order">The pause.</param>
    /// <param name="domain">Where.</param>
    /// <param name="onEnd">Called when its time is over.</param>
    /// <returns>The epoch, and what sets the timers, which may be the user's: to be called under no lock.</returns>
    public static (int Epoch, Action Changed) Begin(ControlOrder order, ControlDomain domain, Action<OneShot> onEnd)
    {
        var timer = order.Control.For is { } time ? new OneShot(domain.TimeProvider, time, onEnd) : null;
        OneShot? before = null;
        OneShot? end = null;
        var now = DateTimeOffset.UtcNow;
        var begun = Controller.Advance(domain, (state, epoch) =>
        {
            var same = order.Methods is null ? state.All : state.OfMethods.FirstOrDefault(pause => IsSame(pause, order));
            before = same?.End;
            end = same is null ? timer : Later(before, timer);
            var pause = new StandingPause(new GivenOrder(order.Control, epoch), order.Methods, [], end, same?.Since ?? now);
            return order.Methods is null
                ? state with { All = pause }
                : state with { OfMethods = state.OfMethods.Where(other => other != same).Append(pause).ToList() };
        });
        return (begun, SetTimers);

        void SetTimers()
        {
            if (before != end)
            {
                before?.Dispose();
            }

            if (timer == end)
            {
                timer?.Start();
            }
            else
            {
                timer?.Dispose();
            }
        }
    }

    /// <summary>Ends the pause of everything, or those of methods.</summary>
    /// <returns>The epoch, and what removes the timers, which may be the user's: to be called under no lock.</returns>
    public static (int Epoch, Action Changed) End(ControlDomain domain, MethodPattern? methods)
    {
        var ended = new List<StandingPause>();
        var epoch = Controller.Advance(domain, (state, _) =>
        {
            if (methods is null)
            {
                ended.AddRange(state.All is { } all ? [all] : Array.Empty<StandingPause>());
                return state with { All = null };
            }

            var left = new List<StandingPause>();
            foreach (var pause in state.OfMethods)
            {
                if (pause.Without(methods) is { } rest)
                {
                    left.Add(rest);
                }
                else
                {
                    ended.Add(pause);
                }
            }

            return state with { OfMethods = left };
        });
        return (epoch, () => ended.ForEach(static pause => pause.End?.Dispose()));
    }

    /// <summary>Ends all of a domain.</summary>
    /// <returns>Removes the timers, as above.</returns>
    public static Action EndAll(ControlDomain domain)
    {
        ControlState? ended = null;
        Controller.Advance(domain, (state, _) =>
        {
            ended = state;
            return state with { All = null, OfMethods = [] };
        });
        return () =>
        {
            ended!.All?.End?.Dispose();
            ended.OfMethods.ToList().ForEach(static pause => pause.End?.Dispose());
        };
    }

    /// <summary>Ends the one whose time is over.</summary>
    /// <returns>Null if it has ended or was prolonged since.</returns>
    public static StandingPause? TryEnd(ControlDomain domain, OneShot timer)
    {
        StandingPause? ended = null;
        Controller.Advance(domain, (state, _) =>
        {
            if (state.All?.End == timer)
            {
                ended = state.All;
                return state with { All = null };
            }

            ended = state.OfMethods.FirstOrDefault(pause => pause.End == timer);
            return state with { OfMethods = state.OfMethods.Where(pause => pause != ended).ToList() };
        });
        return ended;
    }

    private static bool IsSame(StandingPause pause, ControlOrder order) => pause.Methods?.Text == order.Methods?.Text;

    private static OneShot? Later(OneShot? one, OneShot? other) =>
        one is null || other is null ? null : one.DueAt >= other.DueAt ? one : other;
}
