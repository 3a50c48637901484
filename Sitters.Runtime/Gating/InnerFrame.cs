namespace Sitters.Runtime.Gating;

/// <summary>Something inside a scope that looks after itself when it is interrupted: a sat call inside another, or the wait for a shared one.</summary>
internal sealed class InnerFrame : Frame
{
    private readonly Action _interrupt;
    private volatile bool _hasEnded;
    private bool _isLive;

    public InnerFrame(Frame parent, Action interrupt)
        : base(parent.Scope)
    {
        Parent = parent;
        _interrupt = interrupt;
    }

    internal override bool IsFromFlow => Parent!.IsFromFlow;

    internal override Action OwnInterrupt => _interrupt;

    /// <summary>Whether the outer call still waits for it.</summary>
    public bool IsInside => !_hasEnded && !Scope.HasEnded;

    public void Begin()
    {
        _isLive = true;
        Scope.Tree.Add(this);
        if (Scope.IsInterrupted && !Parent!.IsDelivered)
        {
            Scope.TryInterrupt(this);
        }
    }

    public void Finish()
    {
        if (IsDelivered)
        {
            Parent!.HasInterruptedChild = true;
        }

        _hasEnded = true;
        if (_isLive)
        {
            _isLive = false;
            Scope.Tree.Remove(this);
        }
    }

    private protected override void OnEnd()
    {
        // Its owner says when it is over.
    }

    private protected override void Register()
    {
        // It never suspends itself.
    }
}
