using System.Diagnostics;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Caching;

/// <summary>
/// A call in progress whose result several callers wait for. A caller that gives up does not affect the others; when the last one does,
/// the call is interrupted.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class Flight<T> : FlightWaits, ISharedCall<T>
{
    private readonly CallExecution<T> _execution;
    private readonly Action<T> _store;
    private readonly Action<Flight<T>> _remove;
    private readonly object _lock = new();

    /// <summary>The callers that have a task of their own, as they can give up. Guarded by the lock, as are the next two.</summary>
    private readonly List<Waiter<T>> _waiters = [];

    /// <summary>
    /// From the beginning one, the caller that starts the call: others that come and go before it does are not the last ones.
    /// </summary>
    private int _callers = 1;
    private bool _isAbandoned;

    /// <param name="execution">The call, not yet started.</param>
    /// <param name="store">Keeps a result.</param>
    /// <param name="remove">Removes the flight from those in progress.</param>
    public Flight(CallExecution<T> execution, Action<T> store, Action<Flight<T>> remove)
    {
        _execution = execution;
        _store = store;
        _remove = remove;
        execution.Sharing = this;
    }

    public SitCall Call => _execution;

    bool ISharedCall<T>.IsDelivered
    {
        get
        {
            lock (_lock)
            {
                return _waiters.TrueForAll(static waiter => waiter.Task is { IsCompleted: true });
            }
        }
    }

    /// <summary>One more caller.</summary>
    /// <param name="tokens">The caller's tokens.</param>
    /// <param name="starts">Whether this one starts the call.</param>
    /// <returns>The caller's task; null if the last waiter has just given the call up.</returns>
    public Task<T>? AddWaiter(CancellationToken[] tokens, bool starts)
    {
        var parent = CurrentFrame.Find(ThreadSlot.Existing);
        var around = Around(parent);
        if (around?.TryAwait(this) == false)
        {
            return Task.FromException<T>(new InvalidOperationException(
                $"{_execution.Plan.Name} waits for its own result: its run has led to a call with the same arguments, "
                    + "and neither of the two could ever end."));
        }

        var canGiveUp = parent is not null || Array.Exists(tokens, token => token.CanBeCanceled);
        var waiter = canGiveUp ? new Waiter<T>(this, parent, around, tokens) : null;
        if (!TryAdd(waiter, starts))
        {
            around?.EndAwait(this);

            // Who left it last may not have come to that yet, and whoever tries again is not to wait for it.
            _remove(this);
            return null;
        }

        if (starts)
        {
            _execution.Start();
        }

        waiter?.Begin(_execution.Task);
        return waiter is null ? _execution.Task : waiter.Task;
    }

    /// <summary>For the caller that has started the call.</summary>
    /// <param name="task">What it would get; it gets the exception instead.</param>
    /// <exception cref="Exception">The body threw before it returned, and the call is over.</exception>
    public void ThrowWhatBodyThrew(Task<T> task)
    {
        if (_execution.HasThrown)
        {
            _ = task.Exception;
            _execution.ReturnTask();
        }
    }

    /// <summary>A caller gives up.</summary>
    /// <returns>Whether it was the last one: then the call is interrupted, and the caller waits for its end.</returns>
    public bool GiveUp(SitInterrupt kind, CancellationToken token)
    {
        lock (_lock)
        {
            if (--_callers > 0)
            {
                return false;
            }

            _isAbandoned = true;
        }

        _remove(this);
        _execution.Interrupt(kind, byOuterCall: kind == SitInterrupt.Cancel, callerToken: token);
        return true;
    }

    /// <summary>A caller has its outcome.</summary>
    public void Forget(Waiter<T> waiter)
    {
        lock (_lock)
        {
            _waiters.Remove(waiter);
        }
    }

    void ISharedCall<T>.OnEnding(bool hasCompleted, T? result)
    {
        try
        {
            if (hasCompleted)
            {
                _store(result!);
            }
        }
        finally
        {
            EndAwaits();
            _remove(this);
        }
    }

    private bool TryAdd(Waiter<T>? waiter, bool starts)
    {
        lock (_lock)
        {
            if (_isAbandoned)
            {
                return false;
            }

            _callers += starts ? 0 : 1;
            if (waiter is not null)
            {
                _waiters.Add(waiter);
            }

            return true;
        }
    }
}
