using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Sitters;

/// <summary>One sat call: its identity, its state, and the means to control it.</summary>
/// <remarks>Its members may be read, and its methods called, from any thread at any time.</remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed class SitContext
{
    private readonly SitCall _call;

    /// <summary>A boxed Guid, so that it can be set once, by CAS.</summary>
    private object? _id;

    internal SitContext(SitCall call) => _call = call;

    /// <summary>The sat call that the running code belongs to.</summary>
    /// <exception cref="InvalidOperationException">The running code belongs to no sat call.</exception>
    public static SitContext Current => TryGetCurrent(out var context)
        ? context
        : throw new InvalidOperationException(
            "There is no sat call here. SitContext.Current works inside a method under [Sit], what it calls, and its hooks; "
            + "SitContext.TryGetCurrent asks without throwing.");

    /// <summary>The method's name, as in <c>Sync</c>.</summary>
    public string Name => _call.Name;

    /// <summary>Distinguishes this call from all others, for example in logs.</summary>
    public Guid Id
    {
        get
        {
            // Created when first asked for: a new Guid costs many times as much as the rest of a call.
            var id = Volatile.Read(ref _id);
            if (id is null)
            {
                id = Guid.NewGuid();
                id = Interlocked.CompareExchange(ref _id, id, null) ?? id;
            }

            return (Guid)id;
        }
    }

    /// <summary>When the call began, by <see cref="Sitter.TimeProvider"/>.</summary>
    public DateTimeOffset StartedAt => _call.StartedAt;

    /// <summary>When the call ended, by <see cref="Sitter.TimeProvider"/>; null while it is active.</summary>
    public DateTimeOffset? StoppedAt => _call.StoppedAt;

    /// <summary>The state of the call.</summary>
    public SitState State => _call.State;

    /// <summary>The number of the attempt: 1 on the first try. A restart counts from 1 again.</summary>
    public int Attempt => _call.Attempt;

    /// <summary>How often the call was restarted.</summary>
    public int Restarts => _call.Restarts;

    /// <summary>The sat call that this one runs in; null for an outermost call.</summary>
    public SitContext? Parent => _call.Parent;

    /// <summary>The last exception with which an attempt ended; null if there was none.</summary>
    public Exception? Exception => _call.Exception;

    /// <summary>The result, once the call has completed; null before, and for a method without a result.</summary>
    public object? Result => _call.Result;

    /// <summary>Why the call was last interrupted.</summary>
    public SitInterrupt Interrupt => _call.LastInterrupt;

    /// <summary>Fires when the running attempt is interrupted, by a timeout, a cancel or a restart. Each attempt has its own.</summary>
    public CancellationToken CancellationToken => _call.Token;

    private string DebuggerDisplay => Interrupt == SitInterrupt.None ? ToString() : $"{this}, last interrupt: {Interrupt}";

    /// <summary>The sat call that the running code belongs to, if it belongs to one.</summary>
    /// <param name="context">The call's context, or null.</param>
    /// <returns>Whether the running code belongs to a sat call.</returns>
    public static bool TryGetCurrent([NotNullWhen(true)] out SitContext? context) => SitEngine.Instance.TryGetCurrent(out context);

    /// <summary>Pauses this call at its next await. Does nothing if it is already paused or has ended.</summary>
    public void Pause() => _call.Pause();

    /// <summary>Lets this call continue from where it is. Does nothing if it is not paused.</summary>
    public void Resume() => _call.Resume();

    /// <summary>Interrupts the running attempt and starts the call again from its beginning; resumes it first if it is paused.</summary>
    public void Restart() => _call.Restart();

    /// <summary>Interrupts the running attempt and ends the call; resumes it first if it is paused.</summary>
    public void Cancel() => _call.Cancel();

    /// <summary>The name, the state and, after the first, the attempt.</summary>
    /// <returns>A line for a log.</returns>
    public override string ToString() => Attempt > 1 ? $"{Name} ({State}, attempt {Attempt})" : $"{Name} ({State})";
}
