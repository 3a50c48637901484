namespace Sitters.Runtime.Gating;

/// <summary>An async method, lambda or local function that runs inside a call.</summary>
internal sealed class HelperFrame : Frame
{
    public HelperFrame()
        : base(Scope.None)
    {
    }

    /// <summary>The frame that the thread was in when the method started; in an unused frame, the next unused one.</summary>
    public Frame? Previous { get; set; }

    internal override Frame? Successor { get; set; }

    internal override Frame? NextLive { get; set; }

    internal override Frame? PreviousLive { get; set; }

    internal override bool IsFlowEntry => Has(FrameMarks.FlowEntry);

    internal override bool IsFromFlow => Has(FrameMarks.FromFlow);

    private bool IsStep => Has(FrameMarks.Step);

    public static HelperFrame Start(ThreadSlot slot, Frame parent)
    {
        var frame = slot.RentHelper();
        frame.Scope = parent.Scope;
        frame.Parent = parent;
        frame.InheritShield(parent);
        if (parent.IsDelivered)
        {
            frame.MarkDelivered();
        }

        frame.Previous = slot.Current;
        if (parent != slot.Current)
        {
            // Started on a thread other than its parent's, which may be suspended at an await: it counts immediately.
            frame.Mark(FrameMarks.FlowEntry | FrameMarks.FromFlow);
            frame.Register();
        }
        else if (parent is HelperFrame { IsFromFlow: true })
        {
            frame.Mark(FrameMarks.FromFlow);
        }

        slot.Current = frame;
        return frame;
    }

    /// <summary>The method's first stretch is over: it has returned its task.</summary>
    /// <returns>Whether the frame is still in use.</returns>
    public bool Leave()
    {
        var slot = ThreadSlot.Mine;
        slot.Current = Previous;
        if (Node is not null)
        {
            return true;
        }

        var hasChildren = LiveChildren > 0;
        OnEnd();
        if (!hasChildren)
        {
            slot.Return(this);
            return false;
        }

        return true;
    }

    /// <summary>The frame is one step of an async iterator.</summary>
    public void MarkStep() => Mark(FrameMarks.Step);

    /// <summary>Takes over from the previous step of the same iterator: the methods it has started, and the interrupt it has met.</summary>
    public void ContinueFrom(Frame previous)
    {
        if (previous.Scope == Scope)
        {
            if (previous.IsDelivered)
            {
                MarkDelivered();
            }

            Scope.Tree.MoveChildren(previous, this);
        }
    }

    public void Clear()
    {
        Scope = Scope.None;
        Parent = null;
        ClearPhase();
        HasInterruptedChild = false;
        ResetMarks();
    }

    internal override void OnFirstSuspension()
    {
        if (Node!.Count == 1)
        {
            ThreadSlot.Mine.Current = Previous;
        }
    }

    private protected override void Register()
    {
        if (!Has(FrameMarks.Registered))
        {
            Mark(FrameMarks.Registered);
            Scope.Tree.Add(this);
        }
    }

    private protected override void OnEnd()
    {
        if (LiveChildren > 0 && !IsStep)
        {
            // Its caller may still wait for what it has started; after a step of an iterator, the next step does.
            Scope.Tree.MoveChildren(this);
        }

        if (Has(FrameMarks.Registered))
        {
            Scope.Tree.Remove(this);
        }
    }
}
