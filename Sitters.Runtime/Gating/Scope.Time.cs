namespace Sitters.Runtime.Gating;

// How code that runs in a scope learns that a time limit is over, without looking at the clock at each await.
internal sealed partial class Scope
{
    /// <summary>The events for all calls that the scope has seen, or <see cref="SlowPathOnly"/>.</summary>
    public int SeenEpoch => Seen(Epoch);

    /// <summary>This scope, and those around it.</summary>
    public IEnumerable<Scope> Outwards
    {
        get
        {
            // A frame that was reused can close the chain to a ring, so a scope that was passed is remembered; each time twice as far
            // from the one before (Brent's algorithm).
            var passed = None;
            var steps = 0;
            for (var scope = this; scope is not null && scope != None && scope != passed; scope = scope.Parent?.Scope)
            {
                yield return scope;
                if (++steps >= 8 && (steps & (steps - 1)) == 0)
                {
                    passed = scope;
                }
            }
        }
    }

    /// <summary>A limit may be over. What the call makes of it, which knows what was paused, is another matter.</summary>
    private bool MayBeOverdue => Plan is { HasLimits: true } plan
        && (StartStamp == 0
            ? Owner is not null && IsInterruptible
            : Time.Clock.Read(Owner?.TimeProvider ?? Sitter.TimeProvider) - StartStamp >= plan.ShortestLimit);

    /// <summary>
    /// Has the code in the scope look at the clock at its next await. Another thread calls it, so the scope may be in use for another call
    /// by now, to which a look at the clock does no harm.
    /// </summary>
    public void LookAtClockSoon()
    {
        // Stored in place of the epoch that was seen, as a number that is never current, so that no await makes one more test. A scope that
        // is paused or interrupted has nothing to look for.
        var seen = Epoch;
        if (seen >= 0)
        {
            Interlocked.CompareExchange(ref _epoch, ~seen, seen);
        }
    }

    /// <summary>The method suspends for the first time: from here on timers see to it, if it is in time.</summary>
    public void LookAtClockNow()
    {
        if (MayBeOverdue)
        {
            CheckTime();
        }
    }

    private static int Seen(int epoch) => epoch < 0 && epoch != SlowPathOnly ? ~epoch : epoch;

    /// <summary>Looks at the clock, if that is asked for.</summary>
    /// <returns>The epoch that was seen, or <see cref="SlowPathOnly"/>.</returns>
    private int LookAtClock()
    {
        var marked = Epoch;
        if (Seen(marked) == marked)
        {
            return marked;
        }

        // Before the look: what is asked for from now on is another one.
        Interlocked.CompareExchange(ref _epoch, ~marked, marked);
        if (Outwards.Any(static scope => !scope.HasEnded && (scope.IsInterrupted || scope.MayBeOverdue)))
        {
            CheckTime();
        }

        return SeenEpoch;
    }

    private void CheckTime()
    {
        // From the outermost inwards: a call must know the one around it, to be interrupted with it.
        foreach (var scope in Outwards.Reverse())
        {
            if (!scope.HasEnded)
            {
                (scope.Owner ?? Unclaimed).CheckTime(scope);
            }
        }
    }
}
