namespace Sitters.Runtime.Calls;

// How observers learn of what happens to a call: one event after the other, and never under a lock or on the thread of who controls it.
internal sealed partial class Call
{
    /// <summary>Tells the observers, after all that they were to be told before.</summary>
    public ValueTask Observe(Action<SitObserver, SitContext> tell) => SitObservers.Any ? new ValueTask(ObserveAfter(tell)) : default;

    /// <summary>Completes when they have been told of all that happened so far.</summary>
    public Task WhenObserved
    {
        get
        {
            lock (_lock)
            {
                return _extras?.Observed ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>Tells them soon: whoever says so does not wait for it.</summary>
    public void ObserveLater(Action<SitObserver, SitContext> tell)
    {
        lock (_lock)
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

    private async Task ObserveAfter(Action<SitObserver, SitContext> tell)
    {
        await WhenObserved.ConfigureAwait(false);
        SitObservers.Notify(Context, tell);
    }

    private async Task ObserveOnPool(Task before, Action<SitObserver, SitContext> tell)
    {
        // The caller holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await before.ConfigureAwait(false);
        SitObservers.Notify(Context, tell);
    }
}
