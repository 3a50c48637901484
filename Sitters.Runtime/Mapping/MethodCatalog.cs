using System.IO.Compression;

namespace Sitters.Runtime.Mapping;

/// <summary>
/// The sat methods of a woven module, with their settings and where each comes from. The weaver wrote them down, so that they are known before
/// the first call: docs/internals/method-catalog.md has the format.
/// </summary>
internal static class MethodCatalog
{
    private const int Version = 1;

    // What is known of a method's result.
    private const int Throws = 1;
    private const int NeverNone = 2;

    /// <exception cref="InvalidDataException">This is no such catalog, or it is damaged.</exception>
    public static IReadOnlyList<CatalogedMethod> Read(Stream stream)
    {
        if (stream.ReadByte() != Version)
        {
            throw new InvalidDataException("It is of another version of Sitters.Fody. Use the same version as of Sitters.Runtime.");
        }

        using var reader = new BinaryReader(new BufferedStream(new DeflateStream(stream, CompressionMode.Decompress)));
        try
        {
            return Read(reader);
        }
        catch (Exception damage) when (damage is IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"It is damaged: {damage.Message}", damage);
        }
    }

    private static List<CatalogedMethod> Read(BinaryReader reader)
    {
        // They grow with what is there: a damaged count is not to take memory.
        var strings = new List<string>();
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            strings.Add(reader.ReadString());
        }

        var methods = new List<CatalogedMethod>();
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            var name = strings[reader.Read7BitEncodedInt()];
            var flags = reader.Read7BitEncodedInt();
            var settings = new List<CatalogedSetting>();
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                settings.Add(new CatalogedSetting(
                    strings[reader.Read7BitEncodedInt()],
                    (ValueKind)reader.Read7BitEncodedInt(),
                    strings[reader.Read7BitEncodedInt()],
                    strings[reader.Read7BitEncodedInt()]));
            }

            methods.Add(new CatalogedMethod(name, (flags & Throws) != 0, (flags & NeverNone) != 0, settings));
        }

        return methods;
    }
}
