using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

/// <summary>Finds the frame that the running code belongs to.</summary>
internal static class CurrentFrame
{
    /// <summary>
    /// Set by the first call that travels with the ExecutionContext, and never cleared: until then there is nothing to find there.
    /// </summary>
    private static bool _flows;

    private static readonly AsyncLocal<Scope?> _flow = new();

    public static bool Flows => _flows;

    public static Scope? Flowing => _flow.Value;

    /// <summary>The frame that the running code belongs to, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame? Find(ThreadSlot? slot)
    {
        var frame = slot?.Current;
        return frame is null && !_flows ? null : FindInContext(frame);
    }

    /// <summary>
    /// The same for code whose task somebody awaits and gives the token to. Where only the ExecutionContext tells the call, it does not
    /// tell which of its methods: once one of them has met the interrupt, that may be its cleanup, to which no token is given.
    /// </summary>
    public static Frame? FindToForward()
    {
        var slot = ThreadSlot.Existing;
        return Find(slot) is { } frame && (frame == slot?.Current || !frame.Scope.WasDelivered) ? frame : null;
    }

    public static void SetFlow(Scope? scope)
    {
        _flows = true;
        _flow.Value = scope;
    }

    /// <summary>
    /// A call that flows begins in another, which may not: then that one finds out in which call it is itself, since later the flow is that of
    /// the inner one.
    /// </summary>
    public static void SettleParents(Scope outer, Scope? flowing)
    {
        for (Scope? scope = outer; scope is { Owner: null or { IsUnclaimed: true }, Flows: false, HasSettledParent: false };)
        {
            scope.SettleParent(Resolve(scope.Parent, flowing));
            scope = scope.Parent?.Scope;
        }
    }

    /// <summary>Which of two frames code belongs to: the one that its thread is in, or the one in its ExecutionContext.</summary>
    public static Frame? Resolve(Frame? running, Scope? flowing)
    {
        if (running is null)
        {
            return Live(flowing);
        }

        // Code of another call can run on top of this one on the same thread (a continuation that runs inline): then the
        // ExecutionContext is the other's, and it is right.
        return Live(!running.Scope.Flows || running.Scope.LosesFlow || flowing == running.Scope ? running : flowing);
    }

    private static Frame? FindInContext(Frame? running) => Resolve(running, _flow.Value);

    private static Frame? Live(Frame? frame) => frame is null || frame.Scope.HasEnded ? null : frame;
}
