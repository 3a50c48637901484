namespace Sitters.Runtime.Gating;

/// <summary>How far an interrupt has come with one method. <see cref="Frame"/> has the transitions.</summary>
internal enum InterruptPhase : byte
{
    /// <summary>It has not come to the method.</summary>
    None,

    /// <summary>The method was resumed to be interrupted, and throws at the await it stands at.</summary>
    Due,

    /// <summary>The same, after the last child's end, which may have brought what the method awaits to its own end.</summary>
    DueAfterChild,

    /// <summary>It was thrown in the method, or came to it from a child: the method's cleanup is not interrupted again.</summary>
    Delivered,
}
