namespace Sitters.Runtime.Control;

/// <summary>The channel by which the process can be reached, which a higher layer opens. Set before anything of this assembly runs.</summary>
internal static class OutsideAccess
{
    /// <summary>From here on somebody may ask for it.</summary>
    public static Action Prepare { get; set; } = null!;

    /// <summary>Opens it, and says where it is.</summary>
    public static Func<string> Open { get; set; } = null!;
}
