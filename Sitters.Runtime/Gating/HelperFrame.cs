namespace Sitters.Runtime.Gating;

/// <summary>An async method, lambda or local function that runs inside a sat call.</summary>
internal sealed class HelperFrame : Frame
{
    private bool _joined;

    public HelperFrame()
        : base(Scope.None)
    {
    }

    /// <summary>What the thread was in when the method was started; in an unused frame, the next unused one.</summary>
    public Frame? Previous { get; set; }

    /// <summary>Found its call in the ExecutionContext, as what Task.Run starts does.</summary>
    public bool IsFlowEntry { get; private set; }

    /// <summary>It, or a method around it, is such an entry.</summary>
    public bool IsFromFlow { get; private set; }

    /// <summary>It is one step of an async iterator.</summary>
    public bool IsStep { get; set; }

    public static HelperFrame Start(ThreadSlot slot, Frame parent)
    {
        var frame = slot.RentHelper();
        frame.Scope = parent.Scope;
        frame.Parent = parent;
        frame.IsDelivered = parent.IsDelivered;
        frame.Previous = slot.Current;
        frame.IsFlowEntry = parent != slot.Current;
        frame.IsFromFlow = frame.IsFlowEntry || parent is HelperFrame { IsFromFlow: true };
        if (frame.IsFlowEntry)
        {
            // Started on another thread than its parent's, which may hang at an await: it counts at once.
            frame.Join();
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

    /// <summary>The step before, of the same iterator, leaves to this one what it has started, and what it knows of the interrupt.</summary>
    public void Follow(Frame previous)
    {
        if (previous.Scope == Scope)
        {
            IsDelivered |= previous.IsDelivered;
            Scope.MoveChildren(previous, this);
        }
    }

    public void Clear()
    {
        Scope = Scope.None;
        Parent = null;
        IsDelivered = IsDue = IsDueAfterChild = HasInterruptedChild = IsStep = _joined = false;
    }

    internal override void OnFirstSuspension()
    {
        if (Node!.Count == 1)
        {
            ThreadSlot.Mine.Current = Previous;
        }
    }

    private protected override void Join()
    {
        if (!_joined)
        {
            _joined = true;
            Scope.AddLive(this);
        }
    }

    private protected override void OnEnd()
    {
        if (LiveChildren > 0 && !IsStep)
        {
            // Who called it may still wait for what it has started. After a step of an iterator the next one does.
            Scope.MoveChildren(this, Parent!);
        }

        if (_joined)
        {
            Scope.RemoveLive(this);
        }
    }
}
