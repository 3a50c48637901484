namespace Sitters.Runtime.Gating;

/// <summary>
/// Counts what was done to all calls: each pause, resume, restart and cancel of everything is one more. What has seen the newest has
/// missed nothing, which is all that an await asks.
/// </summary>
internal static class ControlEpoch
{
    private static volatile int _current;

    public static int Current => _current;

    /// <summary>Called under the controller's lock alone.</summary>
    public static int Advance() => ++_current;
}
