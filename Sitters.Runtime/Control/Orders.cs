using System.Runtime.ExceptionServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Telemetry;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Control;

/// <summary>Carries out what was ordered, and tells when it is done.</summary>
/// <remarks>
/// What holds is decided under the controller's lock; each call then finds out by itself, under its own. That is done in two steps, since
/// the second one may run code of the user's: a clock, or a handler of <see cref="Sitter.ControlExecuted"/>.
/// </remarks>
internal static class Orders
{
    public static void Execute(ControlOrder order)
    {
        var domain = ControlDomain.Of(order.Scope);
        if (order.Call is Call call)
        {
            ExecuteOnCalls(order, domain, [call]);
        }
        else if (order.Filter is { } filter)
        {
            var failures = new List<Exception>();
            ExecuteOnCalls(order, domain, Controller.ActiveCalls(domain).FindAll(candidate => Passes(filter, candidate, failures)));
            Throw(failures);
        }
        else if (order is { Verb: SitVerb.Resume, Control.Rate: { } rate })
        {
            ResumePaced(order, domain, rate);
        }
        else if (order.Verb is SitVerb.Pause or SitVerb.Resume)
        {
            ChangePauses(order, domain)();
        }
        else if (order.Methods is not null)
        {
            ExecuteOnCalls(order, domain, Controller.ActiveCalls(domain).FindAll(candidate => IsFor(order, candidate)));
        }
        else
        {
            InterruptAll(order, domain, isSignal: false)();
        }
    }

    /// <summary>Decides what a signal orders, which holds from here on. None of the user's code runs, so a lock may be held.</summary>
    /// <remarks>When one cancels, what is active now is remembered, so that a second one can end a program that hangs.</remarks>
    /// <returns>Has the calls follow, and tells that it is done: to be called under no lock.</returns>
    public static Action DecideSignal(SitVerb verb)
    {
        var order = new ControlOrder(verb, null, SitControl.Signal);
        return verb is SitVerb.Pause or SitVerb.Resume
            ? ChangePauses(order, ControlDomain.Process)
            : InterruptAll(order, ControlDomain.Process, isSignal: verb == SitVerb.Cancel);
    }

    /// <summary>A scope was left: nobody may be there to end its pauses.</summary>
    public static void EndPauses(ControlDomain domain)
    {
        // The timers last: they may be the user's, and fail.
        var removesTimers = domain.State.HasPauses ? StandingPauses.EndAll(domain) : null;
        if (removesTimers is not null)
        {
            Controller.ActiveCalls(domain).ForEach(static call => call.Guard(static guarded => guarded.Apply()));
        }

        if (domain.HasHeldCalls)
        {
            PacedResume.HurryAll(domain);
            HeldCalls.EndAll(domain);
        }

        removesTimers?.Invoke();
    }

    /// <summary>Does it to these calls, whatever the order names.</summary>
    public static void ExecuteOnCalls(ControlOrder order, ControlDomain domain, List<Call> calls)
    {
        // An event that changes nothing, so that one fence serves all of them, and each knows what came first.
        var epoch = Controller.Advance(domain, static (state, _) => state);
        var given = new GivenOrder(order.Control, epoch);
        calls.ForEach(call => call.Note(given));
        switch (order.Verb)
        {
            case SitVerb.Pause:
                HeldCalls.Begin(order, domain, calls, Tell);
                Tell(order, domain, calls.Count);
                break;
            case SitVerb.Resume when order.Control.Rate is { } rate:
                PacedResume.Start(order, domain, rate, calls, () => Release(calls, epoch));
                Tell(order, domain, calls.Count);
                break;
            case SitVerb.Resume:
                Release(calls, epoch);
                Tell(order, domain, calls.Count);
                break;
            default:
                Interlocked.MemoryBarrierProcessWide();
                var kind = order.Verb == SitVerb.Restart ? SitInterrupt.Restart : SitInterrupt.Cancel;
                Broadcast.To(
                    Outermost(calls), call => call.Interrupt(kind, epoch: epoch, fencedAt: epoch), () => Tell(order, domain, calls.Count));
                break;
        }
    }

    private static void Release(List<Call> calls, int epoch) =>
        calls.ForEach(call => call.Guard(guarded => guarded.Release(hold => hold.Stamp <= epoch)));

    private static Action InterruptAll(ControlOrder order, ControlDomain domain, bool isSignal)
    {
        var isRestart = order.Verb == SitVerb.Restart;
        StandingPause? ended = null;
        GivenOrder? given = null;
        var epoch = Controller.Advance(domain, (state, now) =>
        {
            ended = state.All;
            given = new GivenOrder(order.Control, now);
            return state with
            {
                All = null,
                Interrupt = given,
                RestartEpoch = isRestart ? now : state.RestartEpoch,
                CancelEpoch = isRestart ? state.CancelEpoch : now,
                SignalEpoch = isSignal ? now : state.SignalEpoch,
            };
        });
        return () =>
        {
            // Looking for the calls fences: from here on no await of theirs passes unseen.
            var calls = Controller.ActiveCalls(domain);
            order.Affected?.AddRange(calls);
            Broadcast.To(
                calls,
                call =>
                {
                    call.Note(given!);
                    call.Apply(fencedAt: epoch);
                },
                () => Tell(order, domain, calls.Count));
            ended?.End?.Dispose();
        };
    }

    private static Action ChangePauses(ControlOrder order, ControlDomain domain)
    {
        var (epoch, changed) = order.Verb == SitVerb.Pause
            ? StandingPauses.Begin(order, domain, timer => EndPause(order, domain, timer))
            : StandingPauses.End(domain, order.Methods);
        return () =>
        {
            try
            {
                changed();
            }
            finally
            {
                // Also if a timer of the user's has failed.
                if (order.Verb == SitVerb.Resume)
                {
                    PacedResume.Hurry(domain, order.Methods);
                }

                Follow(order, domain, epoch);
            }
        };
    }

    /// <summary>Resumes so many calls a second.</summary>
    private static void ResumePaced(ControlOrder order, ControlDomain domain, double rate)
    {
        var paused = Controller.ActiveCalls(domain).FindAll(call => IsFor(order, call));
        var epoch = 0;
        Action? changed = null;
        PacedResume.Start(order, domain, rate, paused, () => (epoch, changed) = StandingPauses.End(domain, order.Methods));
        Follow(order, domain, epoch);
        changed?.Invoke();
    }

    /// <summary>Has the calls look what is paused by now.</summary>
    private static void Follow(ControlOrder order, ControlDomain domain, int epoch)
    {
        var calls = Controller.ActiveCalls(domain);
        var affected = calls.FindAll(call => IsFor(order, call));
        order.Affected?.AddRange(affected);
        var given = new GivenOrder(order.Control, epoch);
        affected.ForEach(call => call.Note(given));
        calls.ForEach(static call => call.Guard(static guarded => guarded.Apply()));
        Interlocked.MemoryBarrierProcessWide();
        Tell(order, domain, affected.Count);
    }

    private static bool IsFor(ControlOrder order, Call call) => order.Methods is null || order.Methods.Matches(call.MethodName);

    /// <summary>The time of a pause is over.</summary>
    private static void EndPause(ControlOrder order, ControlDomain domain, OneShot timer)
    {
        if (StandingPauses.TryEnd(domain, timer) is { } pause)
        {
            var calls = Controller.ActiveCalls(domain);
            calls.ForEach(static call => call.Guard(static guarded => guarded.Apply()));
            var count = calls.Count(call => pause.Covers(call.MethodName));
            var resume = new ControlOrder(SitVerb.Resume, order.Scope, order.Control with { For = null }) { Methods = order.Methods };
            Tell(resume, domain, count);
        }
    }

    private static void Tell(ControlOrder order, ControlDomain domain, int calls)
    {
        ControlTelemetry.Execute(order.Verb, order.Control.Source, calls);
        var now = Clock.ReadTimeOfDay(domain.TimeProvider);
        Sitter.RaiseControlExecuted(new SitControlEvent(order.Verb, order.Control, order.Methods?.Text, domain.Scope, calls, now));
    }

    private static bool Passes(Func<SitContext, bool> filter, Call call, List<Exception> failures)
    {
        try
        {
            return filter(call.Context);
        }
        catch (Exception failure)
        {
            // The other calls are asked all the same; then it goes to whoever gave the filter.
            failures.Add(failure);
            return false;
        }
    }

    private static void Throw(List<Exception> failures)
    {
        if (failures.Count > 1)
        {
            throw new AggregateException(failures);
        }

        failures.ForEach(static failure => ExceptionDispatchInfo.Throw(failure));
    }

    private static List<Call> Outermost(List<Call> calls)
    {
        if (calls.Count < 2)
        {
            return calls;
        }

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
