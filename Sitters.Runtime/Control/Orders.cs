using System.Runtime.ExceptionServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Control;

/// <summary>Carries out what was ordered, and tells when it is done.</summary>
/// <remarks>
/// What holds is decided under the controller's lock; each call then finds out by itself, under its own. None of the user's code runs on the
/// way, so no call keeps the others from being reached.
/// </remarks>
internal static class Orders
{
    /// <summary>
    /// So many calls are interrupted by the thread that orders it, which then finds it done. More are left to the thread pool: each
    /// takes several microseconds, and the caller is not to wait for them.
    /// </summary>
    private const int MostAtOnce = 512;

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
        else if (order.Verb is SitVerb.Pause or SitVerb.Resume)
        {
            ChangePauses(order, domain);
        }
        else if (order.Methods is { } methods)
        {
            ExecuteOnCalls(order, domain, Controller.ActiveCalls(domain).FindAll(candidate => methods.Matches(candidate.MethodName)));
        }
        else
        {
            InterruptAll(order, domain, isSignal: false);
        }
    }

    /// <summary>A signal cancels: what is active now is remembered, so that a second one can end a program that hangs.</summary>
    public static void CancelBySignal() =>
        InterruptAll(new ControlOrder(SitVerb.Cancel, null, SitControl.Signal), ControlDomain.Process, isSignal: true);

    /// <summary>Has the code compiled, by an event that changes nothing.</summary>
    public static void WarmUp()
    {
        Controller.Advance(ControlDomain.Process, static (state, _) => state);
        Controller.ActiveCalls(ControlDomain.Process).ForEach(static call => call.Apply());
    }

    /// <summary>A scope was left: nobody may be there to end its pauses.</summary>
    public static void EndPauses(ControlDomain domain)
    {
        if (domain.State.HasPauses)
        {
            var ended = domain.State;
            Controller.Advance(domain, static (state, _) => state with { All = null, OfMethods = [] });
            ended.All?.End?.Dispose();
            ended.OfMethods.ToList().ForEach(static pause => pause.End?.Dispose());
            Controller.ActiveCalls(domain).ForEach(static call => call.Apply());
        }
    }

    private static void ExecuteOnCalls(ControlOrder order, ControlDomain domain, List<Call> calls)
    {
        calls.ForEach(call => call.LastControl = order.Control);
        switch (order.Verb)
        {
            case SitVerb.Pause:
                PauseCalls(order, domain, calls);
                Tell(order, domain, calls.Count);
                break;
            case SitVerb.Resume when order.Control.Rate is { } rate:
                PacedResume.Start(order, domain, rate, calls, hold => calls.ForEach(call => call.Release(null, except: hold)));
                Tell(order, domain, calls.Count);
                break;
            case SitVerb.Resume:
                calls.ForEach(static call => call.Release(null));
                Tell(order, domain, calls.Count);
                break;
            default:
                InterruptCalls(order, domain, calls);
                break;
        }
    }

    private static void InterruptCalls(ControlOrder order, ControlDomain domain, List<Call> calls)
    {
        // An event that changes nothing, so that one fence serves all of them.
        var epoch = Controller.Advance(domain, static (state, _) => state);
        Interlocked.MemoryBarrierProcessWide();
        var kind = order.Verb == SitVerb.Restart ? SitInterrupt.Restart : SitInterrupt.Cancel;
        Spread(
            Outermost(calls), call => call.Interrupt(kind, epoch: epoch, fencedAt: epoch), () => Tell(order, domain, calls.Count));
    }

    private static void PauseCalls(ControlOrder order, ControlDomain domain, List<Call> calls)
    {
        var hold = new Hold(order.Control);
        calls.ForEach(call => call.Hold(hold));
        Interlocked.MemoryBarrierProcessWide();
        if (order.Control.For is { } time)
        {
            // Not the calls themselves: one that has ended is not to be kept by a pause.
            var held = calls.ConvertAll(static call => new WeakReference<Call>(call));
            hold.End = new OneShot(domain.TimeProvider, time, _ => EndHold(order, domain, hold, held));
            hold.End.Start();
        }
    }

    private static void InterruptAll(ControlOrder order, ControlDomain domain, bool isSignal)
    {
        var isRestart = order.Verb == SitVerb.Restart;
        StandingPause? ended = null;
        var epoch = Controller.Advance(domain, (state, now) =>
        {
            ended = state.All;
            return state with
            {
                All = null,
                Interrupt = order.Control,
                RestartEpoch = isRestart ? now : state.RestartEpoch,
                CancelEpoch = isRestart ? state.CancelEpoch : now,
                SignalEpoch = isSignal ? now : state.SignalEpoch,
            };
        });
        ended?.End?.Dispose();

        // Looking for the calls fences: from here on no await of theirs passes unseen.
        var calls = Controller.ActiveCalls(domain);
        Spread(
            calls,
            call =>
            {
                call.LastControl = order.Control;
                call.Apply(fencedAt: epoch);
            },
            () => Tell(order, domain, calls.Count));
    }

    private static void ChangePauses(ControlOrder order, ControlDomain domain)
    {
        var methods = order.Methods;
        var calls = Controller.ActiveCalls(domain);
        var affected = methods is null ? calls : calls.FindAll(call => methods.Matches(call.MethodName));
        affected.ForEach(call => call.LastControl = order.Control);
        if (order.Verb == SitVerb.Pause)
        {
            StandingPauses.Begin(order, domain, timer => EndPause(order, domain, timer));
        }
        else if (order.Control.Rate is { } rate)
        {
            PacedResume.Start(order, domain, rate, affected, _ => StandingPauses.End(domain, methods));
        }
        else
        {
            StandingPauses.End(domain, methods);
            PacedResume.Hurry(domain, methods);
        }

        // Again: some may have registered since.
        Controller.ActiveCalls(domain).ForEach(static call => call.Apply());
        Interlocked.MemoryBarrierProcessWide();
        Tell(order, domain, affected.Count);
    }

    /// <summary>The time of a pause is over.</summary>
    private static void EndPause(ControlOrder order, ControlDomain domain, OneShot timer)
    {
        if (StandingPauses.TryEnd(domain, timer) is { } pause)
        {
            var calls = Controller.ActiveCalls(domain);
            calls.ForEach(static call => call.Apply());
            var count = calls.Count(call => pause.Covers(call.MethodName));
            Tell(new ControlOrder(SitVerb.Resume, order.Scope, order.Control with { For = null }) { Methods = order.Methods }, domain, count);
        }
    }

    private static void EndHold(ControlOrder order, ControlDomain domain, Hold hold, List<WeakReference<Call>> held)
    {
        var count = 0;
        foreach (var weak in held)
        {
            if (weak.TryGetTarget(out var call) && !call.HasEnded)
            {
                call.Release(hold);
                count++;
            }
        }

        Tell(new ControlOrder(SitVerb.Resume, order.Scope, order.Control with { For = null }), domain, count);
    }

    /// <summary>Does something to many calls, and then says so.</summary>
    private static void Spread(List<Call> calls, Action<Call> action, Action done)
    {
        if (calls.Count <= MostAtOnce)
        {
            calls.ForEach(action);
            done();
            return;
        }

        var left = (calls.Count + MostAtOnce - 1) / MostAtOnce;
        for (var from = 0; from < calls.Count; from += MostAtOnce)
        {
            var first = from;
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    for (var i = first; i < Math.Min(first + MostAtOnce, calls.Count); i++)
                    {
                        action(calls[i]);
                    }

                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        done();
                    }
                },
                null);
        }
    }

    private static void Tell(ControlOrder order, ControlDomain domain, int calls) => Sitter.RaiseControlExecuted(new SitControlEvent(
        order.Verb, order.Control, order.Methods?.Text, domain.Scope, calls, domain.TimeProvider.GetUtcNow()));

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
