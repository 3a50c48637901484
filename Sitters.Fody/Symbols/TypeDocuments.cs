using Mono.Collections.Generic;

namespace Sitters.Fody.Symbols;

/// <summary>
/// The files of types without code, such as interfaces and enumerations, which symbols name by number. Documents get other numbers when
/// they are written again; Cecil would keep the old ones, and look them up for other types by numbers that those have only now.
/// </summary>
internal sealed class TypeDocuments
{
    private static readonly Guid _kind = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly Dictionary<TypeDefinition, Collection<CustomDebugInformation>> _information = [];
    private readonly Dictionary<TypeDefinition, (BinaryCustomDebugInformation Numbers, Document[] Documents)> _types = [];

    /// <param name="module">The module, before it is written.</param>
    public TypeDocuments(ModuleDefinition module)
    {
        var types = module.GetTypes().ToArray();
        var documents = types.SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .SelectMany(method => method.DebugInformation.SequencePoints)
            .Select(point => point.Document)
            .GroupBy(document => document.MetadataToken.RID)
            .ToDictionary(same => same.Key, same => same.First());
        foreach (var type in types)
        {
            var all = type.CustomDebugInformations;
            _information.Add(type, all);
            if (all.OfType<BinaryCustomDebugInformation>().FirstOrDefault(found => found.Identifier == _kind) is not { } numbers)
            {
                continue;
            }

            // A document without any line is not written again.
            var written = Read(numbers.Data).Where(documents.ContainsKey).Select(number => documents[number]).ToArray();
            if (written.Length == 0)
            {
                all.Remove(numbers);
            }
            else
            {
                _types.Add(type, (numbers, written));
            }
        }
    }

    /// <summary>What symbols say of a type; nothing of one that has come since.</summary>
    public Collection<CustomDebugInformation>? InformationOf(TypeDefinition type) =>
        _information.TryGetValue(type, out var information) ? information : null;

    /// <summary>Whether this is a type with such files.</summary>
    public bool Has(ICustomDebugInformationProvider provider) => provider is TypeDefinition type && _types.ContainsKey(type);

    /// <summary>Gives the files of such a type the numbers that the documents have, now that all are written.</summary>
    public void Number(TypeDefinition type)
    {
        var (numbers, documents) = _types[type];
        numbers.Data = [.. documents.SelectMany(document => Compressed(document.MetadataToken.RID))];
    }

    private static IEnumerable<uint> Read(byte[] data)
    {
        for (var index = 0; index < data.Length;)
        {
            uint first = data[index++];
            var more = first < 0x80 ? 0 : first < 0xc0 ? 1 : 3;
            var number = first & (more == 0 ? 0x7fu : more == 1 ? 0x3fu : 0x1fu);
            for (; more > 0; more--)
            {
                number = (number << 8) | data[index++];
            }

            yield return number;
        }
    }

    /// <summary>As metadata writes numbers: in one, two or four bytes, of which the first bits say how many.</summary>
    private static byte[] Compressed(uint number) => number switch
    {
        < 0x80 => [(byte)number],
        < 0x4000 => [(byte)(0x80 | (number >> 8)), (byte)number],
        _ => [(byte)(0xc0 | (number >> 24)), (byte)(number >> 16), (byte)(number >> 8), (byte)number],
    };
}
