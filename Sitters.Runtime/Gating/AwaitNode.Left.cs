namespace Sitters.Runtime.Gating;

// What an interrupt leaves behind: the node stays with the awaiter, which may still call it, and another one takes its place.
internal partial class AwaitNode
{
    /// <summary>
    /// The node that an interrupt left behind, or one for an operation never waited for; null where its outcome came first.
    /// </summary>
    public virtual AwaitNode? LeftBehind => null;

    public bool IsLeft => Volatile.Read(ref _state) >= Left;

    /// <summary>What was left behind has not ended yet.</summary>
    public bool IsLeftRunning => Volatile.Read(ref _state) == Left;

    /// <summary>Calls the observer, after the earlier ones, as soon as what was left behind has ended.</summary>
    public void WhenLeftEnds(Action observer)
    {
        object? before;
        do
        {
            // The method has resumed, and its context has served.
            before = Volatile.Read(ref _context);
        }
        while (Interlocked.CompareExchange(ref _context, (before as Action) + observer, before) != before);

        if (Volatile.Read(ref _state) == LeftAndDone)
        {
            TakeObserver()?.Invoke();
        }
    }

    private Action? TakeObserver() =>
        Volatile.Read(ref _context) is Action observer
            && ReferenceEquals(Interlocked.CompareExchange(ref _context, null, observer), observer)
            ? observer
            : null;

    /// <summary>A node for what is left behind before anyone waited for it.</summary>
    public static AwaitNode CreateLeft(Frame frame) => new(frame, 0) { _state = Left };

    /// <summary>The node for the awaits that follow.</summary>
    /// <param name="before">The one for those until now: the method was last seen there.</param>
    /// <param name="left">What was left behind.</param>
    public static AwaitNode CreateAfter(AwaitNode before, AwaitNode left) => new AfterInterrupt(before, left)
    {
        _traits = (AwaitTraits)(before.Site << SiteShift),
        Module = before.Module,
    };

    /// <summary>What was awaited has ended first. Called by the resumed method alone.</summary>
    public virtual void ForgetLeft()
    {
        // Nothing was.
    }

    /// <summary>Few methods are ever interrupted, and the others need not have the room.</summary>
    private sealed class AfterInterrupt(AwaitNode before, AwaitNode left) : AwaitNode(before._frame, before.Count)
    {
        private AwaitNode? _left = left;

        public override AwaitNode? LeftBehind => _left;

        public override void ForgetLeft() => _left = null;
    }
}
