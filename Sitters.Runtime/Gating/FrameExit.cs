namespace Sitters.Runtime.Gating;

/// <summary>While this lives, the code that runs on this thread belongs to no call: a caller's continuation, for one.</summary>
internal readonly ref struct FrameExit
{
    private readonly ThreadSlot _slot;
    private readonly Frame? _current;

    private FrameExit(ThreadSlot slot)
    {
        _slot = slot;
        _current = slot.Current;
        slot.Current = null;
    }

    public static FrameExit Begin() => new(ThreadSlot.Mine);

    public void Dispose() => _slot.Current = _current;
}
