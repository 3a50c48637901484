namespace Sitters.Runtime.Gating;

/// <summary>What a method does as cleanup is carried out whole: no interrupt comes to it, and it is given no token.</summary>
public abstract partial class Frame
{
    /// <summary>No interrupt comes to the method, or to what it begins now: a cleanup is carried out whole.</summary>
    internal bool IsShielded => (_marks & (FrameMarks.Shielded | FrameMarks.CleaningUp)) != 0;

    /// <summary>Where a call of a cleanup has thrown before it returned, it is so until the next await.</summary>
    internal bool IsCleaningUp => (_marks & FrameMarks.CleaningUp) != 0;

    internal void BeginCleanup() => _marks |= FrameMarks.CleaningUp;

    internal void EndCleanup() => _marks &= ~FrameMarks.CleaningUp;

    /// <summary>The frame begins inside another.</summary>
    private protected void InheritShield(Frame parent) => _marks |= parent.IsShielded ? FrameMarks.Shielded : FrameMarks.None;

    /// <summary>What the method awaits is given the call's token: not in cleanup.</summary>
    internal bool ForwardsToken => !IsDelivered && !IsShielded && Scope.AllowsForwarding;

    /// <summary>The token for what the method awaits.</summary>
    internal CancellationToken ForwardedToken => ForwardsToken ? Scope.TokenToForward : default;
}
