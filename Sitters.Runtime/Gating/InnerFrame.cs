namespace Sitters.Runtime.Gating;

/// <summary>Something inside a scope that handles its own interruption: a call inside another, or the wait for a shared call.</summary>
internal sealed class InnerFrame : Frame
{
    private readonly Action _interrupt;

    /// <summary>Set once, at the end; read by any thread.</summary>
    private volatile bool _hasEnded;

    /// <summary>Between <see cref="AddToTree"/> and <see cref="Finish"/>, which the owner never calls at the same time.</summary>
    private bool _isLive;

    /// <param name="parent">The method around it.</param>
    /// <param name="interrupt">Interrupts it.</param>
    /// <param name="call">The call inside.</param>
    public InnerFrame(Frame parent, Action interrupt, SitCall call)
        : base(parent.Scope)
    {
        Call = call;
        Parent = parent;
        InheritShield(parent);
        _interrupt = interrupt;
    }

    internal override Frame? Successor { get; set; }

    internal override Frame? NextLive { get; set; }

    internal override Frame? PreviousLive { get; set; }

    internal override bool IsFromFlow => Parent!.IsFromFlow;

    internal override Action OwnInterrupt => _interrupt;

    /// <summary>The call that runs inside, or that is waited for.</summary>
    public SitCall Call { get; }

    /// <summary>Whether the outer call still waits for it.</summary>
    public bool IsInside => !_hasEnded && !Scope.HasEnded;

    public void Begin()
    {
        AddToTree();
        InterruptIfDue();
    }

    /// <summary>The first half of <see cref="Begin"/>: from here on an interrupt of the scope arrives. Runs no foreign code.</summary>
    public void AddToTree()
    {
        _isLive = true;
        Scope.Tree.Add(this);
    }

    /// <summary>The second half: delivers an interrupt that began before. Foreign code may run, so no lock may be held.</summary>
    public void InterruptIfDue()
    {
        if (_isLive && Scope.IsInterrupted && !Parent!.IsDelivered)
        {
            Scope.TryInterrupt(this);
        }
    }

    public void Finish()
    {
        if (IsDelivered)
        {
            Scope.Tree.ParentOf(this).HasInterruptedChild = true;
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
        // Its owner calls Finish.
    }

    private protected override void Register()
    {
        // It never suspends itself.
    }
}
