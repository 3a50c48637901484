using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>What a call knows of the one that it was started in. Guarded by the call's lock from the time that it is known to others.</summary>
internal struct OuterCall
{
    private readonly Scope? _scope;

    /// <summary>The method that started the call. Once nothing it has started runs any more, it may be used again for another.</summary>
    private readonly Frame? _frame;

    private InnerFrame? _inner;

    public OuterCall(Frame? frame)
    {
        if (frame is { Scope.HasEnded: false })
        {
            Call.Of(frame.Scope);
            _scope = frame.Scope;
            _frame = frame;
        }
    }

    /// <summary>The call, also where it has ended meanwhile.</summary>
    public readonly Call? Call => _scope?.Owner as Call;

    /// <summary>The call, while it still waits for this one, and hands its interrupts on: from a hook that no interrupt reaches, none comes.</summary>
    public readonly Call? ActiveCall => _inner is { IsInside: true, Scope.IsInterruptible: true } inner ? inner.Scope.Owner as Call : null;

    /// <summary>What its interrupt looks like from inside.</summary>
    public readonly CancellationToken Token => _inner?.Scope.Token ?? default;

    public readonly void CatchUp() => _scope?.CatchUp();

    /// <summary>From here on an interrupt of the outer call comes to this one too.</summary>
    /// <param name="interrupt">Interrupts this one.</param>
    /// <param name="isAwaited">Whether the outer call can be taken to wait for this one, and is interrupted after it.</param>
    public void Enter(Action interrupt, bool isAwaited)
    {
        if (_scope is { HasEnded: false })
        {
            _inner = new InnerFrame(isAwaited ? _frame! : _scope, interrupt);
            if (isAwaited)
            {
                _inner.Begin();
            }
        }
    }

    public readonly void Exit() => _inner?.Finish();
}
