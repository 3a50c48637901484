namespace Sitters.Runtime.Gating;

/// <summary>
/// Counts the events that concern all calls: each pause, resume, restart and cancel of everything. A scope that has seen the newest has
/// missed nothing, which is all that an await needs to know.
/// </summary>
internal static class ControlEpoch
{
    private static volatile int _current;

    public static int Current => _current;

    /// <summary>Called only under the controller's lock, so the increment need not be interlocked.</summary>
    public static int Advance() => ++_current;
}
