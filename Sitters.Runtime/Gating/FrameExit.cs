namespace Sitters.Runtime.Gating;

/// <summary>Until it is disposed of, code on this thread belongs to no call: a caller's continuation, for example.</summary>
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
