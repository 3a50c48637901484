using System.Diagnostics;
using System.Reflection;

namespace Sitters;

/// <summary>Controls all sat calls of the process. The signals do the same through it.</summary>
public static class Sitter
{
    private static TimeProvider _timeProvider = TimeProvider.System;

    /// <summary>
    /// Raised when a hook fails whose failure does not change the call's outcome, which is any hook except those at startup. Also for a
    /// callback registered on <see cref="SitContext.CancellationToken"/> that throws.
    /// </summary>
    /// <remarks>An exception of a handler goes to <see cref="Trace"/> and no further.</remarks>
    public static event Action<SitContext, Exception>? HookFailed;

    /// <summary>Whether everything is paused, so that calls that begin now wait.</summary>
    public static bool IsPaused => SitEngine.Instance.IsPaused;

    /// <summary>The calls that are active now: a snapshot.</summary>
    public static IReadOnlyList<SitContext> ActiveCalls => SitEngine.Instance.ActiveCalls;

    /// <summary>The clock of every timeout, delay and expiry. Tests swap it. Default: <see cref="TimeProvider.System"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static TimeProvider TimeProvider
    {
        get => _timeProvider;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _timeProvider = value;
        }
    }

    /// <summary>Pauses every sat call at its next await; calls that begin during the pause wait before their startup hooks.</summary>
    public static void Pause() => SitEngine.Instance.Pause(null);

    /// <summary>Pauses the active calls that pass the filter.</summary>
    /// <param name="filter">Selects among the calls that are active now.</param>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    public static void Pause(Func<SitContext, bool> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        SitEngine.Instance.Pause(filter);
    }

    /// <summary>Lets every paused call continue from exactly where it is.</summary>
    public static void Resume() => SitEngine.Instance.Resume(null);

    /// <summary>Resumes the active calls that pass the filter.</summary>
    /// <param name="filter">Selects among the calls that are active now.</param>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    public static void Resume(Func<SitContext, bool> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        SitEngine.Instance.Resume(filter);
    }

    /// <summary>
    /// Restarts the outermost sat calls from their beginning; the calls that run inside them are cancelled, and start again with
    /// their caller. Resumes first if everything is paused.
    /// </summary>
    public static void Restart() => SitEngine.Instance.Restart(null);

    /// <summary>Restarts the active calls that pass the filter.</summary>
    /// <param name="filter">Selects among the calls that are active now.</param>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    public static void Restart(Func<SitContext, bool> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        SitEngine.Instance.Restart(filter);
    }

    /// <summary>Cancels every sat call, the innermost first. Resumes first if everything is paused.</summary>
    public static void Cancel() => SitEngine.Instance.Cancel(null);

    /// <summary>Cancels the active calls that pass the filter.</summary>
    /// <param name="filter">Selects among the calls that are active now.</param>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    public static void Cancel(Func<SitContext, bool> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        SitEngine.Instance.Cancel(filter);
    }

    /// <summary>Waits until no sat call is active.</summary>
    /// <param name="cancellationToken">Ends the wait, not the calls.</param>
    /// <returns>A task that completes when no sat call is active.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static Task WhenIdle(CancellationToken cancellationToken = default) => SitEngine.Instance.WhenIdle(cancellationToken);

    /// <summary>Starts listening to the signals now, instead of with the first sat call.</summary>
    public static void ListenToSignals() => SitEngine.Instance.ListenToSignals();

    /// <summary>Makes sure that the weaver has seen an assembly: without it [Sit] does nothing.</summary>
    /// <param name="assembly">The assembly with methods under [Sit].</param>
    /// <exception cref="ArgumentNullException"><paramref name="assembly"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The assembly has [Sit] methods that were left unwoven.</exception>
    [System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode("Looks at all types and methods of the assembly.")]
    public static void EnsureWoven(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        WovenCheck.Run(assembly);
    }

    internal static void RaiseHookFailed(SitContext context, Exception exception)
    {
        foreach (var handler in HookFailed?.GetInvocationList() ?? [])
        {
            try
            {
                ((Action<SitContext, Exception>)handler)(context, exception);
            }
            catch (Exception failure)
            {
                // The call must not suffer from its observers, and only the trace is left to report this to.
                Trace.TraceError($"A handler of Sitter.HookFailed failed for {context.Name}: {failure}");
            }
        }
    }
}
