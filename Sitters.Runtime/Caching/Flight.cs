using System.Diagnostics;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Caching;

/// <summary>A call under way whose result several callers wait for. Who gives up leaves it alone; the last one takes it down.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class Flight<T>(CallExecution<T> life, Action<Flight<T>> onAbandoned)
{
    private readonly object _lock = new();
    private readonly List<Waiter<T>> _withTask = [];
    private int _waiters;
    private bool _isAbandoned;

    /// <summary>Whether those who wait for the call, and not just for its task, have tasks that have ended.</summary>
    public bool HasToldAll
    {
        get
        {
            lock (_lock)
            {
                return _withTask.TrueForAll(static waiter => waiter.Task is { IsCompleted: true });
            }
        }
    }

    /// <summary>One more caller.</summary>
    /// <param name="tokens">The caller's tokens.</param>
    /// <param name="starts">Whether this one starts the call.</param>
    /// <returns>The caller's task; null where the last waiter has just given the call up.</returns>
    public Task<T>? Join(CancellationToken[] tokens, bool starts)
    {
        lock (_lock)
        {
            if (_isAbandoned)
            {
                return null;
            }

            _waiters++;
        }

        var parent = CurrentFrame.Find(ThreadSlot.Existing);
        var canGiveUp = parent is not null || Array.Exists(tokens, token => token.CanBeCanceled);
        var waiter = canGiveUp ? new Waiter<T>(this, parent, tokens) : null;
        if (waiter is not null)
        {
            lock (_lock)
            {
                _withTask.Add(waiter);
            }
        }

        if (starts)
        {
            life.Live();
        }

        waiter?.Begin(life.Task);
        return waiter is null ? life.Task : waiter.Task;
    }

    /// <summary>A caller gives up.</summary>
    /// <returns>Whether it was the last one: then the call is interrupted, and the caller waits for its end.</returns>
    public bool GiveUp(SitInterrupt kind, CancellationToken token)
    {
        lock (_lock)
        {
            if (--_waiters > 0)
            {
                return false;
            }

            _isAbandoned = true;
        }

        onAbandoned(this);

        life.Call.Interrupt(kind, byOuterCall: kind == SitInterrupt.Cancel, token);
        return true;
    }
}
