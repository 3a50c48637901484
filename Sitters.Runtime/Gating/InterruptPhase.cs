namespace Sitters.Runtime.Gating;

/// <summary>How far an interrupt has come in one method.</summary>
/// <remarks>
/// None to Settling, Due or Delivered, and Settling to None: under the scope's lock. Due and MustThrow to None, None to MustThrow, and any
/// to Delivered: by the method itself. Any to None: when the frame is reused. <see cref="Frame"/> has a method for each.
/// </remarks>
internal enum InterruptPhase : byte
{
    /// <summary>It has not reached the method.</summary>
    None,

    /// <summary>What the method awaits was asked to end by itself, through its token, and has some time for it.</summary>
    Settling,

    /// <summary>The method was resumed to be interrupted: it throws where it is suspended, unless its await has ended by now.</summary>
    Due,

    /// <summary>It throws at the await that it is at, whatever has become of what is awaited.</summary>
    MustThrow,

    /// <summary>It was thrown in the method, or came out of a child: the method's cleanup is not interrupted again.</summary>
    Delivered,
}
