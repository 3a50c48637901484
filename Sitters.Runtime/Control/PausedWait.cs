using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Control;

/// <summary>The wait until no call of a domain runs any code.</summary>
internal static class PausedWait
{
    /// <summary>
    /// Looked at again and again while somebody waits, and not told by the calls: an await that stands still costs nothing then, paused or
    /// not.
    /// </summary>
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(5);

    public static async Task For(ControlDomain domain, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (!AllStandStill(domain))
        {
            await Task.Delay(_interval, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool AllStandStill(ControlDomain domain)
    {
        // Looking for the calls fences: what was paused before is seen by every await since.
        var calls = Controller.ActiveCalls(domain);
        var running = ThreadSlot.RunningScopes();
        return calls.TrueForAll(call => call.IsPaused && call.WhenPauseHooksDone.IsCompleted && call.StandsStill(running))
            && !running.Any(scope => scope is { HasEnded: false, Owner: null or { IsUnclaimed: true } }
                && domain.Includes(ControlDomain.Of(scope)));
    }
}
