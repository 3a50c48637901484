using System.IO.Compression;
using System.Text;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>The bytes of a map of awaits: docs/internals/await-map.md has the format.</summary>
internal sealed class AwaitMapWriter : BinaryWriter
{
    private const byte Version = 1;

    // What an await has beside its names.
    private const int IsForeign = 1;
    private const int HasNoLine = 2;
    private const int IsInOtherFile = 4;

    private AwaitMapWriter(Stream output)
        : base(output, new UTF8Encoding(false), leaveOpen: true)
    {
    }

    public static byte[] Write(IReadOnlyList<MappedMethod> methods, Enclosing enclosing)
    {
        var bytes = new MemoryStream();
        bytes.WriteByte(Version);
        using (var compressed = new DeflateStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (var buffer = new BufferedStream(compressed, 0x10000))
        using (var writer = new AwaitMapWriter(buffer))
        {
            writer.WriteAll(methods, enclosing);
        }

        return bytes.ToArray();
    }

    private void WriteAll(IReadOnlyList<MappedMethod> methods, Enclosing enclosing)
    {
        var awaits = methods.SelectMany(method => method.Awaits).ToArray();
        var files = WriteTable(awaits.Select(await => await.File));
        var types = WriteTable(methods.Select(TypeOf));
        var awaited = WriteTable(awaits.Select(await => await.Awaited));
        var numbers = methods.Select((method, index) => (method.Method, Number: index + 1))
            .ToDictionary(pair => pair.Method, pair => pair.Number);
        Write7BitEncodedInt(methods.Count);
        foreach (var method in methods)
        {
            Write7BitEncodedInt(NumberIn(types, TypeOf(method)) - 1);
            Write(Names.Own(method.Method));
            Write7BitEncodedInt(enclosing.MethodAround(method.Method) is { } outer ? numbers[outer] : 0);
            WriteAwaits(method.Awaits, files, awaited);
        }
    }

    private void WriteAwaits(IReadOnlyList<MappedAwait> awaits, Dictionary<string, int> files, Dictionary<string, int> awaited)
    {
        var file = awaits.Count > 0 ? NumberIn(files, awaits[0].File) : 0;
        var line = 0;
        Write7BitEncodedInt(file);
        Write7BitEncodedInt(awaits.Count);
        foreach (var await in awaits)
        {
            var own = NumberIn(files, await.File);
            Write7BitEncodedInt(
                (await.IsForeign ? IsForeign : 0) | (await.Line is null ? HasNoLine : 0) | (own != file ? IsInOtherFile : 0));
            if (own != file)
            {
                Write7BitEncodedInt(file = own);
            }

            if (await.Line is { } next)
            {
                // Zig-zag: small differences of either sign take one byte.
                Write7BitEncodedInt(((next - line) << 1) ^ ((next - line) >> 31));
                line = next;
            }

            Write7BitEncodedInt(NumberIn(awaited, await.Awaited));
        }
    }

    /// <summary>Writes each of some strings once.</summary>
    /// <returns>Their numbers, which begin at 1.</returns>
    private Dictionary<string, int> WriteTable(IEnumerable<string?> strings)
    {
        var all = strings.Where(each => each is not null).Distinct().Select(each => each!).ToArray();
        Write7BitEncodedInt(all.Length);
        Array.ForEach(all, Write);
        return all.Select((each, index) => (each, index)).ToDictionary(pair => pair.each, pair => pair.index + 1);
    }

    private static int NumberIn(Dictionary<string, int> table, string? text) => text is null ? 0 : table[text];

    private static string TypeOf(MappedMethod method) => Names.Of(Names.UserType(method.Method.DeclaringType));
}
