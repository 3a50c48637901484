namespace Sitters.Fody.Symbols;

/// <summary>The entry of an assembly's debug directory that names its symbols: first their identity, then their path.</summary>
internal static class CodeView
{
    // The letters RSDS, the identity of the symbols, a number.
    private const int BytesBeforePath = 4 + 16 + 4;

    public static ImageDebugHeaderEntry? Of(ImageDebugHeader header) =>
        header.Entries.FirstOrDefault(entry => entry.Directory.Type == ImageDebugType.CodeView && entry.Data.Length > BytesBeforePath);

    /// <summary>The header with the path of the other entry.</summary>
    public static ImageDebugHeader WithPathOf(ImageDebugHeaderEntry location, ImageDebugHeader header) =>
        new([.. header.Entries.Select(entry => entry.Directory.Type == ImageDebugType.CodeView ? WithPathOf(location, entry) : entry)]);

    private static ImageDebugHeaderEntry WithPathOf(ImageDebugHeaderEntry location, ImageDebugHeaderEntry entry)
    {
        byte[] data = [.. entry.Data.Take(BytesBeforePath), .. location.Data.Skip(BytesBeforePath)];
        var directory = entry.Directory;
        directory.SizeOfData = data.Length;
        return new ImageDebugHeaderEntry(directory, data);
    }
}
