namespace Sitters.Runtime.Calls;

/// <summary>A place in the order in which observers are told of one call.</summary>
/// <param name="before">Completes when they have been told of what comes before.</param>
internal sealed class ObserversTurn(Task before)
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WhenTold => _told.Task;

    public async Task Tell(SitContext context, Action<SitObserver, SitContext> tell)
    {
        try
        {
            await before.ConfigureAwait(false);
            SitObservers.Notify(context, tell);
        }
        finally
        {
            _told.SetResult();
        }
    }
}
