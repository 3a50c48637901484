using System.IO.Compression;

namespace Sitters.Runtime.Mapping;

/// <summary>
/// The awaits of a woven module, in the order of their numbers. The weaver wrote them down, so that neither symbols nor metadata are needed:
/// docs/internals/await-map.md has the format.
/// </summary>
internal sealed class AwaitMap
{
    private const int Version = 1;

    // What a place has beside its names.
    private const int Uncontrolled = 1;
    private const int NoLine = 2;
    private const int OtherFile = 4;

    private readonly List<AwaitPlace> _places = [];

    private AwaitMap()
    {
    }

    /// <summary>The await of a number, which is 1 for the first.</summary>
    /// <returns>Null if there is none.</returns>
    public AwaitPlace? this[int site] => site > 0 && site <= _places.Count ? _places[site - 1] : null;

    /// <exception cref="InvalidDataException">This is no such map, or it is damaged.</exception>
    public static AwaitMap Read(Stream stream)
    {
        if (stream.ReadByte() != Version)
        {
            throw new InvalidDataException("The map of awaits is of another version of Sitters.Fody. Use the same version as of Sitters.Runtime.");
        }

        var map = new AwaitMap();
        using var reader = new BinaryReader(new BufferedStream(new DeflateStream(stream, CompressionMode.Decompress)));
        try
        {
            map.Read(reader);
        }
        catch (Exception damage) when (damage is IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The map of awaits is damaged: {damage.Message}", damage);
        }

        return map;
    }

    private void Read(BinaryReader reader)
    {
        var files = ReadStrings(reader);
        var types = ReadStrings(reader);
        var awaited = ReadStrings(reader);
        var owners = new List<(MappedMethod Method, int Owner)>();
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            var method = new MappedMethod($"{types[reader.Read7BitEncodedInt()]}.{reader.ReadString()}");
            owners.Add((method, reader.Read7BitEncodedInt()));
            ReadSites(reader, method, files, awaited);
        }

        foreach (var (method, owner) in owners)
        {
            method.Owner = owner == 0 ? null : owners[owner - 1].Method;
        }
    }

    private void ReadSites(BinaryReader reader, MappedMethod method, List<string> files, List<string> awaited)
    {
        var file = At(files, reader.Read7BitEncodedInt());
        var line = 0;
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            var flags = reader.Read7BitEncodedInt();
            if ((flags & OtherFile) != 0)
            {
                file = At(files, reader.Read7BitEncodedInt());
            }

            if ((flags & NoLine) == 0)
            {
                // Zig-zag: small differences of either sign take one byte.
                var difference = reader.Read7BitEncodedInt();
                line += (difference >>> 1) ^ -(difference & 1);
            }

            var awaits = At(awaited, reader.Read7BitEncodedInt());
            _places.Add(new AwaitPlace(method, file, (flags & NoLine) == 0 ? line : 0, awaits, (flags & Uncontrolled) != 0));
        }
    }

    private static List<string> ReadStrings(BinaryReader reader)
    {
        // It grows with what is there: a damaged count is not to take memory.
        var strings = new List<string>();
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            strings.Add(reader.ReadString());
        }

        return strings;
    }

    /// <summary>One of the strings, which are counted from 1 here; 0 for none.</summary>
    private static string? At(List<string> strings, int index) => index == 0 ? null : strings[index - 1];
}
