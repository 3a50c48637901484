namespace SignalProgram;

/// <summary>What the program says, each in a line of its own and at once.</summary>
internal static class Events
{
    /// <summary>Something that a test compares.</summary>
    public static void Say(string text) => Console.WriteLine(text);

    /// <summary>Something that a test only waits for.</summary>
    public static void Mark(string text) => Console.WriteLine(". " + text);
}
