using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Execution;

/// <summary>Waits for what runs in a scope, until it ends or an interrupt leaves it behind.</summary>
internal static class ScopeWait
{
    /// <param name="scope">The scope.</param>
    /// <param name="running">What runs there.</param>
    /// <param name="isGated">Whether its awaits are gated, so that an interrupt ends it by itself.</param>
    /// <param name="start">Learns on which context it ends.</param>
    /// <returns>False if it is left behind.</returns>
    public static async ValueTask<bool> For(Scope scope, Task running, bool isGated, StartContext start)
    {
        if (running.IsCompleted)
        {
            start.NoteEnd();
            return true;
        }

        var wait = scope.Tree.EnsureWait();
        if (!isGated)
        {
            scope.Await(wait.GiveUp);
        }

        start.WhenEnded(running, wait.End);
        return await wait.Task.ConfigureAwait(false);
    }
}
