using System.Diagnostics;
using System.Reflection;

namespace Sitters;

/// <summary>
/// Controls the sat calls of the <see cref="SitterScope"/> that the code runs in; outside of one, all those of the process, as the signals
/// do.
/// </summary>
public static partial class Sitter
{
    private static TimeProvider _timeProvider = TimeProvider.System;

    /// <summary>
    /// Raised when a hook fails whose failure does not change the call's outcome, which is any hook except those at startup. Also for a
    /// callback registered on <see cref="SitContext.CancellationToken"/> that throws.
    /// </summary>
    /// <remarks>An exception of a handler goes to <see cref="Trace"/> and no further.</remarks>
    public static event Action<SitContext, Exception>? HookFailed;

    /// <summary>
    /// Raised for every verb, from whatever source, once it was carried out: by code, by a signal, and by the end of a pause's time.
    /// </summary>
    /// <remarks>An exception of a handler goes to <see cref="Trace"/> and no further.</remarks>
    public static event Action<SitControlEvent>? ControlExecuted;

    /// <summary>Whether everything is paused, so that calls that begin now wait.</summary>
    public static bool IsPaused => SitEngine.Instance.IsPaused(SitterScope.Current);

    /// <summary>The calls that are active now: a snapshot.</summary>
    public static IReadOnlyList<SitContext> ActiveCalls => SitEngine.Instance.ActiveCalls(SitterScope.Current);

    /// <summary>
    /// The clock of every timeout, delay and expiry: that of the scope that the code runs in, else the process's. Tests swap it. Default:
    /// <see cref="TimeProvider.System"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static TimeProvider TimeProvider
    {
        get => SitterScope.Current is { } scope ? scope.TimeProvider : _timeProvider;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (SitterScope.Current is { } scope)
            {
                scope.TimeProvider = value;
            }
            else
            {
                _timeProvider = value;
            }
        }
    }

    /// <summary>The clock of the calls that belong to no scope.</summary>
    internal static TimeProvider ProcessTimeProvider => _timeProvider;

    /// <summary>Waits until no sat call is active.</summary>
    /// <param name="cancellationToken">Ends the wait, not the calls.</param>
    /// <returns>A task that completes when no sat call is active.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static Task WhenIdle(CancellationToken cancellationToken = default) =>
        SitEngine.Instance.WhenIdle(SitterScope.Current, cancellationToken);

    /// <summary>
    /// Waits until no sat call runs any code: each stands still at an await, held by a pause, and its pause hooks, which therefore must not wait
    /// for this, are over. Completes at once where no call is active.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, not the pause.</param>
    /// <returns>A task that completes when all calls stand still.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static Task WhenPaused(CancellationToken cancellationToken = default) =>
        SitEngine.Instance.WhenPaused(SitterScope.Current, cancellationToken);

    /// <summary>
    /// For a long stretch of code between two awaits: here it is paused, by blocking its thread, and interrupted. Does nothing outside a
    /// sat call.
    /// </summary>
    /// <exception cref="OperationCanceledException">An interrupt is due.</exception>
    public static void Checkpoint() => SitEngine.Instance.Checkpoint();

    /// <summary>
    /// For a long stretch of code between two awaits: here it is paused and interrupted, as at any other await. Does nothing outside a sat
    /// call.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for the end of a pause.</param>
    /// <returns>A task that completes when the code may go on, and is cancelled if an interrupt is due.</returns>
    public static ValueTask CheckpointAsync(CancellationToken cancellationToken = default) =>
        SitEngine.Instance.CheckpointAsync(cancellationToken);

    /// <summary>
    /// Drops the stored results of some methods. A run that is under way goes on, and its callers get its result, but it is not stored.
    /// </summary>
    /// <param name="methods">Their full names, <c>Namespace.Type.Method</c>, with * and ? as wildcards.</param>
    /// <exception cref="ArgumentNullException"><paramref name="methods"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="methods"/> is empty or has blanks.</exception>
    public static void ClearCaches(string methods = "*") =>
        SitEngine.Instance.ClearCaches(SitterScope.Current, MethodPattern.Parse(methods));

    /// <summary>Tells an observer of every sat call of the process from now on.</summary>
    /// <param name="observer">The observer.</param>
    /// <returns>Disposing of it ends that.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="observer"/> is null.</exception>
    public static IDisposable Observe(SitObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _ = SitEngine.Instance;
        return SitObservers.Add(observer);
    }

    /// <summary>Starts listening to the signals now, instead of with the first sat call.</summary>
    public static void ListenToSignals() => SitEngine.Instance.ListenToSignals();

    /// <summary>
    /// Lets the <c>sitters</c> tool, run by the same user, see and steer the calls from now on. Only needed where the runtime's diagnostics port
    /// is closed, through which the tool asks otherwise: in a native program, or with <c>DOTNET_EnableDiagnostics=0</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The application forbids it by the runtime option <c>Sitters.Tool</c>.</exception>
    /// <exception cref="IOException">The socket can't be opened in the folder for temporary files.</exception>
    public static void ListenForTool() => SitEngine.Instance.ListenForTool();

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

    internal static void RaiseHookFailed(SitContext context, Exception exception) =>
        Raise(HookFailed, handler => handler(context, exception), $"Sitter.HookFailed for {context.Name}");

    internal static void RaiseControlExecuted(SitControlEvent executed) =>
        Raise(ControlExecuted, handler => handler(executed), $"Sitter.ControlExecuted for {executed}");

    private static void Raise<THandler>(THandler? handlers, Action<THandler> call, string what)
        where THandler : Delegate
    {
        foreach (var handler in handlers?.GetInvocationList() ?? [])
        {
            try
            {
                call((THandler)handler);
            }
            catch (Exception failure)
            {
                // Calls must not suffer from those that watch them, and only the trace is left to report this to.
                FailureTrace.Write($"A handler of {what}", failure);
            }
        }
    }
}
