namespace Sitters.Runtime.Gating;

/// <summary>What only the method itself writes; in a byte, since there are many frames.</summary>
[Flags]
internal enum FrameMarks : byte
{
    None = 0,

    /// <summary>
    /// With an interrupt due, it was given the result of a task that it had begun earlier: the next such await throws.
    /// </summary>
    WasLetPass = 1,

    /// <summary>It was begun by a cleanup.</summary>
    Shielded = 2,

    /// <summary>It is calling what its cleanup then awaits.</summary>
    CleaningUp = 4,

    /// <summary>The tree has it.</summary>
    Registered = 8,

    /// <summary>See <see cref="Frame.IsFlowEntry"/>.</summary>
    FlowEntry = 16,

    /// <summary>See <see cref="Frame.IsFromFlow"/>.</summary>
    FromFlow = 32,

    /// <summary>It is one step of an async iterator.</summary>
    Step = 64,
}
