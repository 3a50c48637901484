using System.Collections.Concurrent;
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

    /// <summary>Set once, by CAS.</summary>
    private IDictionary<object, object?>? _items;

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

    /// <summary>The method's full name, as in <c>Shop.Jobs.Sync</c>.</summary>
    public string MethodName => _call.MethodName;

    /// <summary>
    /// Distinguishes this call from all others, for example in logs. Its first eight digits alone distinguish it from the others of the process.
    /// </summary>
    public Guid Id
    {
        get
        {
            // Made when first asked for: most calls are over before anybody asks.
            var id = Volatile.Read(ref _id);
            if (id is null)
            {
                id = CallIds.Next();
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

    /// <summary>
    /// Where the call's methods stand now, outermost first: its own method, and inside it what that waits for. A snapshot; empty once the
    /// call has ended.
    /// </summary>
    public IReadOnlyList<SitWait> Waits => SitEngine.Instance.WaitsOf(_call);

    /// <summary>The last order that was carried out on the call; null if there was none.</summary>
    public SitControl? LastControl => _call.LastControl;

    /// <summary>What the program keeps with the call, over all its attempts and restarts. It may be used from any thread.</summary>
    public IDictionary<object, object?> Items =>
        Volatile.Read(ref _items)
        ?? Interlocked.CompareExchange(ref _items, new ConcurrentDictionary<object, object?>(), null)
        ?? _items;

    /// <summary>The scope in which it began; null for none.</summary>
    internal SitterScope? ControlScope => _call.ControlScope;

    private string DebuggerDisplay => Interrupt == SitInterrupt.None ? ToString() : $"{this}, last interrupt: {Interrupt}";

    /// <summary>The sat call that the running code belongs to, if it belongs to one.</summary>
    /// <param name="context">The call's context, or null.</param>
    /// <returns>Whether the running code belongs to a sat call.</returns>
    public static bool TryGetCurrent([NotNullWhen(true)] out SitContext? context) => SitEngine.Instance.TryGetCurrent(out context);

    /// <summary>Pauses this call at its next await. Does nothing if it has ended.</summary>
    public void Pause() => Order(SitVerb.Pause, null);

    /// <summary>Pauses this call at its next await. Does nothing if it has ended.</summary>
    /// <param name="control">Who, why and for how long.</param>
    /// <exception cref="ArgumentNullException"><paramref name="control"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a rate, which is without effect here.</exception>
    public void Pause(SitControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        Order(SitVerb.Pause, control);
    }

    /// <summary>Ends the pause of this call alone: it goes on from where it is, unless a wider pause covers it.</summary>
    public void Resume() => Order(SitVerb.Resume, null);

    /// <summary>Ends the pause of this call alone: it goes on from where it is, unless a wider pause covers it.</summary>
    /// <param name="control">Who, why and how fast.</param>
    /// <exception cref="ArgumentNullException"><paramref name="control"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a time, which is without effect here.</exception>
    public void Resume(SitControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        Order(SitVerb.Resume, control);
    }

    /// <summary>Interrupts the running attempt and starts the call again from its beginning; resumes it first if it is paused.</summary>
    public void Restart() => Order(SitVerb.Restart, null);

    /// <summary>Interrupts the running attempt and starts the call again from its beginning; resumes it first if it is paused.</summary>
    /// <param name="control">Who and why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="control"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a time or a rate, which is without effect here.</exception>
    public void Restart(SitControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        Order(SitVerb.Restart, control);
    }

    /// <summary>Interrupts the running attempt and ends the call; resumes it first if it is paused.</summary>
    public void Cancel() => Order(SitVerb.Cancel, null);

    /// <summary>Interrupts the running attempt and ends the call; resumes it first if it is paused.</summary>
    /// <param name="control">Who and why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="control"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="control"/> has a time or a rate, which is without effect here.</exception>
    public void Cancel(SitControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        Order(SitVerb.Cancel, control);
    }

    /// <summary>The scope in which it began; null for none.</summary>
    internal SitterScope? Scope => _call.ControlScope;

    /// <summary>It has ended, and its hooks have run; its caller may not have the outcome yet.</summary>
    internal bool HasEnded => _call.HasEnded;

    internal SitCall Call => _call;

    /// <summary>The name, the state and, after the first, the attempt.</summary>
    /// <returns>A line for a log.</returns>
    public override string ToString() => Attempt > 1 ? $"{Name} ({State}, attempt {Attempt})" : $"{Name} ({State})";

    private void Order(SitVerb verb, SitControl? control) =>
        SitEngine.Instance.Execute(new ControlOrder(verb, _call.ControlScope, control) { Call = _call });
}
