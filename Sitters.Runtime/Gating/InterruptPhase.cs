namespace Sitters.Runtime.Gating;

/// <summary>How far an interrupt has come in one method.</summary>
/// <remarks>
/// None to Due, DueAfterChild or Delivered: under the tree's lock. Due and DueAfterChild to None, and None to Delivered: by the method
/// itself, when it resumes. Any to None: when the frame is reused. <see cref="Frame"/> has a method for each.
/// </remarks>
internal enum InterruptPhase : byte
{
    /// <summary>It has not reached the method.</summary>
    None,

    /// <summary>The method was resumed to be interrupted, and throws at the await where it is suspended.</summary>
    Due,

    /// <summary>The same, but the last child has just ended, and with it perhaps what the method awaits.</summary>
    DueAfterChild,

    /// <summary>It was thrown in the method, or came out of a child: the method's cleanup is not interrupted again.</summary>
    Delivered,
}
