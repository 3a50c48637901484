using Sitters.Runtime.Calls;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Control;

/// <summary>
/// A resume at a rate: every call that is paused gets a pause of its own, and these end one after the other, the oldest call's first.
/// </summary>
internal sealed class PacedResume
{
    /// <summary>Those under way: nothing else refers to one. Guarded by itself.</summary>
    private static readonly HashSet<PacedResume> _all = [];

    private readonly ControlDomain _domain;
    private readonly MethodPattern? _methods;
    private readonly Hold _hold;
    private readonly TimeSpan _interval;

    /// <summary>Not the calls themselves: one that has ended is not to be kept. Guarded by itself.</summary>
    private readonly Queue<WeakReference<Call>> _calls = new();

    private PacedResume(ControlOrder order, ControlDomain domain, double rate)
    {
        _domain = domain;
        _methods = order.Methods;
        _hold = HeldCalls.NewHold(order, domain);

        // A clock counts in ticks: below one it would stand still.
        _interval = TimeSpan.FromTicks((long)Math.Clamp(TimeSpan.TicksPerSecond / rate, 1, TimeSpan.FromDays(10_000).Ticks));
    }

    /// <param name="order">The resume.</param>
    /// <param name="domain">Where.</param>
    /// <param name="rate">Calls per second.</param>
    /// <param name="calls">Those that it is for.</param>
    /// <param name="resume">Ends what paused them before the order.</param>
    public static void Start(ControlOrder order, ControlDomain domain, double rate, List<Call> calls, Action resume)
    {
        var paced = new PacedResume(order, domain, rate);
        foreach (var call in calls.FindAll(static call => call.IsPaused).OrderBy(static call => call.StartedAt))
        {
            call.Hold(paced._hold);
            paced._calls.Enqueue(new WeakReference<Call>(call));
        }

        resume();
        lock (_all)
        {
            _all.Add(paced);
        }

        paced.Next();
    }

    /// <summary>A resume without a rate came: what is left of those for the same calls goes on at once.</summary>
    public static void Hurry(ControlDomain domain, MethodPattern? methods) => Hurry(paced => paced._domain == domain && (methods is null
        ? paced._methods is null
        : paced._methods is not null && methods.Covers(paced._methods)));

    /// <summary>The domain was left.</summary>
    public static void HurryAll(ControlDomain domain) => Hurry(paced => paced._domain == domain);

    private static void Hurry(Predicate<PacedResume> which)
    {
        List<PacedResume> hurried;
        lock (_all)
        {
            hurried = [.. _all.Where(paced => which(paced))];
        }

        hurried.ForEach(static paced => paced.Release());
    }

    private void Release()
    {
        while (TryRelease())
        {
            // One more call goes on.
        }
    }

    private void Next()
    {
        if (TryRelease())
        {
            var timer = new OneShot(_domain.TimeProvider, _interval, _ => Next());
            _hold.End = timer;
            timer.Start();
            return;
        }

        lock (_all)
        {
            _all.Remove(this);
        }
    }

    /// <returns>False if no call was left.</returns>
    private bool TryRelease()
    {
        while (true)
        {
            Call? call;
            lock (_calls)
            {
                if (!_calls.TryDequeue(out var weak))
                {
                    return false;
                }

                weak.TryGetTarget(out call);
            }

            if (call?.Release(_hold) == true)
            {
                return true;
            }
        }
    }
}
