using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Calls;

// How others learn of what happens to a call: observers of one event after the other, and never under a lock or on the thread of who
// controls it.
internal partial class Call
{
    /// <summary>Tells the observers, after all that they were to be told before.</summary>
    /// <param name="tell">What.</param>
    /// <param name="turn">The turn, if it was taken earlier.</param>
    public ValueTask Observe(Action<SitObserver, SitContext> tell, ObserversTurn? turn = null) =>
        (turn ?? TakeObserversTurn()) is { } taken ? new ValueTask(taken.Tell(Context, tell)) : default;

    /// <summary>The call has ended: what others still do to it is told to no observer.</summary>
    public ValueTask ObserveEnd() => Observe(static (observer, ended) => observer.Ended(ended), TakeObserversTurn(isLast: true));

    /// <summary>Takes a turn at the observers: what is to be told from here on comes after what is told in it.</summary>
    /// <param name="isLast">Whether it is the call's end.</param>
    /// <returns>The turn, which must be used; null where nobody observes.</returns>
    public ObserversTurn? TakeObserversTurn(bool isLast = false)
    {
        if (!SitObservers.Any)
        {
            return null;
        }

        lock (this)
        {
            Extras.IsEndObserved |= isLast;
            var turn = new ObserversTurn(Extras.Observed);
            Extras.Observed = turn.WhenTold;
            return turn;
        }
    }

    /// <summary>Tells them soon: whoever says so does not wait for it.</summary>
    public void ObserveLater(Action<SitObserver, SitContext> tell)
    {
        lock (this)
        {
            ObserveLaterLocked(tell);
        }
    }

    /// <summary>Tells of a failure of the user's code that changes nothing.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="hook">The hook that has failed; null if it was other code.</param>
    public void Report(Exception failure, HookEvent? hook = null)
    {
        TellFailure(hook, failure);
        ObserveLater((observer, call) => observer.HookFailed(call, failure));
        Sitter.RaiseHookFailed(Context, failure);
    }

    /// <summary>
    /// Does something to one of many calls: what is thrown in it is told, and costs no other call anything.
    /// </summary>
    public void Guard(Action<Call> action) => Guard(static (call, action) => action(call), action);

    /// <inheritdoc cref="Guard(Action{Call})"/>
    public void Guard<TState>(Action<Call, TState> action, TState state)
    {
        try
        {
            action(this, state);
        }
        catch (Exception failure)
        {
            ReportLater(failure);
        }
    }

    /// <summary>On the thread pool: whoever controls calls does not wait for handlers of the user's.</summary>
    public void ReportLater(Exception failure) => ThreadPool.UnsafeQueueUserWorkItem(
        static failed => failed.Call.Report(failed.Failure), (Call: this, Failure: failure), preferLocal: false);

    /// <summary>Tells them of what somebody has done to the call: it may come when the end is told already, and no observer expects it then.</summary>
    private void ObserveControlLocked(Action<SitObserver, SitContext> tell)
    {
        AssertLocked();
        if (ExtrasOrNull is not { IsEndObserved: true })
        {
            ObserveLaterLocked(tell);
        }
    }

    private void ObserveLaterLocked(Action<SitObserver, SitContext> tell)
    {
        AssertLocked();
        if (SitObservers.Any)
        {
            Extras.Observed = ObserveOnPool(Extras.Observed, tell);
        }
    }

    private async Task ObserveOnPool(Task before, Action<SitObserver, SitContext> tell)
    {
        // The caller holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await before.ConfigureAwait(false);
        SitObservers.Notify(Context, tell);
    }
}
