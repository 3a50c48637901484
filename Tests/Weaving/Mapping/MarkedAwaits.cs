namespace Tests.Weaving.Mapping;

/// <summary>
/// What the comments of a subject's source say of its awaits: <c>// at Method: Task.Delay; Jobs.Load</c> stands at the end of a line with
/// two awaits, and a second such comment behind it is for another method in the same line.
/// </summary>
internal static class MarkedAwaits
{
    private const string Marker = "// at ";

    /// <summary>One text for each method that awaits in a line: file, line, method and what it awaits there, in order.</summary>
    public static IEnumerable<string> Expected(string file) => File.ReadLines(Repository.PathOf("AssemblyToProcess", "Mapping", file))
        .SelectMany((line, index) => line.Split(Marker).Skip(1).Select(marker => marker.TrimEnd().Split(':', 2)).Select(marker =>
            Text(file, index + 1, marker[0], marker[1].Split(';', StringSplitOptions.TrimEntries))));

    public static string Text(string file, int line, string method, IEnumerable<string> awaited) =>
        $"{file}:{line}: {method} awaits {string.Join("; ", awaited)}";
}
