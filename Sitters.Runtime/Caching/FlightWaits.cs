using Sitters.Runtime.Calls;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Caching;

/// <summary>
/// The shared calls that a shared call waits for. A circle of them would wait for ever, so the wait that would close it is refused.
/// </summary>
internal abstract class FlightWaits
{
    /// <summary>The waits of all calls: a circle is made of several.</summary>
    private static readonly object _lock = new();

    /// <summary>One for each wait. Guarded by the lock, as is the next.</summary>
    private readonly List<FlightWaits> _awaited = [];
    private bool _hasEnded;

    /// <summary>The shared call that some code runs in, at any depth.</summary>
    /// <param name="frame">The code's.</param>
    public static FlightWaits? Around(Frame? frame)
    {
        for (var scope = frame?.Scope; scope is not null;)
        {
            var call = Call.Of(scope);
            if (call is ISharedExecution { Sharing: FlightWaits around })
            {
                return around;
            }

            scope = call?.OuterScope;
        }

        return null;
    }

    /// <summary>A wait for another shared call begins.</summary>
    /// <returns>False if that one waits for this one already.</returns>
    public bool TryAwait(FlightWaits other)
    {
        lock (_lock)
        {
            if (_hasEnded || other._hasEnded)
            {
                // Nobody waits for this one, or the wait for the other one is as good as over.
                return true;
            }

            if (other.ReachesLocked(this))
            {
                return false;
            }

            _awaited.Add(other);
            return true;
        }
    }

    /// <summary>A wait has ended.</summary>
    public void EndAwait(FlightWaits other)
    {
        lock (_lock)
        {
            _awaited.Remove(other);
        }
    }

    /// <summary>The call has ended, and with it what it has left running is waited for no longer.</summary>
    protected void EndAwaits()
    {
        lock (_lock)
        {
            _hasEnded = true;
            _awaited.Clear();
        }
    }

    private bool ReachesLocked(FlightWaits end)
    {
        var seen = new HashSet<FlightWaits> { this };
        var open = new Stack<FlightWaits>(seen);
        while (open.TryPop(out var flight))
        {
            if (flight == end)
            {
                return true;
            }

            foreach (var next in flight._awaited.Where(seen.Add))
            {
                open.Push(next);
            }
        }

        return false;
    }
}
