namespace Interleaved;

/// <summary>
/// Tells the scheduler that it counts in which order threads come here, and that no lock of the runtime's may be held. What is rewritten calls
/// the scheduler in its place.
/// </summary>
internal static class Order
{
    public static void Note(object touched) => _ = touched;
}
