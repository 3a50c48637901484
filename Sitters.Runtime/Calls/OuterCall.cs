using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>
/// What a call knows of the call that it was started in. Guarded by the lock of the inner call, once others know that call.
/// </summary>
internal sealed class OuterCall
{
    private Scope? _scope;

    /// <summary>The method that started the call. Once nothing that it has started is running, the frame may be reused.</summary>
    private Frame? _frame;

    private InnerFrame? _inner;

    private OuterCall(Frame frame)
    {
        Call = Calls.Call.Of(frame.Scope);
        _scope = frame.Scope;
        _frame = frame;
    }

    /// <summary>Where the call was started; null once it has ended.</summary>
    public Scope? Scope => _scope;

    /// <summary>The outer call, even if it has ended.</summary>
    public Call? Call { get; }

    /// <summary>
    /// The outer call, while it still waits for this one and passes its interrupts on; a hook that no interrupt reaches passes none on.
    /// </summary>
    public Call? ActiveCall =>
        _inner is { IsInside: true, Scope.IsInterruptible: true } inner ? inner.Scope.Owner as Call : null;

    /// <summary>The token by which its interrupt shows inside.</summary>
    public CancellationToken Token => _inner?.Scope.NamedToken ?? default;

    /// <summary>Whether a token is the one of the outer call, or of one around it: its interrupts arrive here anyway.</summary>
    public bool IsOwn(CancellationToken token) => _scope is { } scope && (scope.IsOwn(token) || Call?.IsOuterToken(token) == true);

    /// <summary>The one that a frame belongs to; null if there is none, or it has ended.</summary>
    public static OuterCall? Of(Frame? frame) => frame is { Scope.HasEnded: false } ? new OuterCall(frame) : null;

    /// <summary>Applies the events that the calls around this one have missed, the outermost first and without recursion.</summary>
    public void CatchUp()
    {
        Stack<Scope>? behind = null;
        for (var scope = _scope;
            scope is { NeedsAttention: true, HasEnded: false, IsInterrupted: false };
            scope = Call.Of(scope)?.OuterScope)
        {
            // One that is paused has missed nothing, but one around it may have. One that is interrupted passes that on by itself: each
            // of them would look at all around it, and so on.
            if (!scope.IsPaused)
            {
                (behind ??= new()).Push(scope);
            }
        }

        while (behind is not null && behind.TryPop(out var next))
        {
            next.CatchUp();
        }
    }

    /// <summary>
    /// From here on an interrupt of the outer call reaches this one too. One that began before is delivered by
    /// <see cref="InterruptIfDue"/>, outside the lock.
    /// </summary>
    /// <param name="call">This one.</param>
    /// <param name="interrupt">Interrupts it.</param>
    /// <param name="isAwaited">Whether the outer call is assumed to wait for this one, and is interrupted after it.</param>
    public void Enter(Call call, Action interrupt, bool isAwaited)
    {
        if (_scope is { HasEnded: false })
        {
            _inner = new InnerFrame(isAwaited ? _frame! : _scope, interrupt, call);
            if (isAwaited)
            {
                _inner.AddToTree();
            }
        }
    }

    public void InterruptIfDue() => _inner?.InterruptIfDue();

    /// <summary>The inner call has ended: whatever keeps its context is not to keep what ran around it.</summary>
    /// <returns>Tells the outer call: to be called under no lock.</returns>
    public InnerFrame? Exit()
    {
        var inner = _inner;
        _scope = null;
        _frame = _inner = null;
        return inner;
    }
}
