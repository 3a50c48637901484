using System.Xml;
using System.Xml.Linq;
using Sitters.Rules.Reading;

namespace Sitters.Fody.Reading;

/// <summary>
/// Where in FodyWeavers.xml something is. Fody passes the element without its line numbers, which are found by reading the file again,
/// and only when there is something to report.
/// </summary>
internal sealed class ConfigurationFile : IConfigurationPlaces
{
    private const string FileName = "FodyWeavers.xml";

    private readonly Lazy<(string? Path, XElement Root)> _source;

    /// <summary>Each element that Fody has passed, and the same one with its line.</summary>
    private readonly Lazy<Dictionary<XElement, XElement>> _twins;

    public ConfigurationFile(XElement config, IReadOnlyList<string?> directories)
    {
        _source = new(() => Locate(config, directories));
        _twins = new(() => config.DescendantsAndSelf()
            .Zip(_source.Value.Root.DescendantsAndSelf(), (element, twin) => (element, twin))
            .ToDictionary(pair => pair.element, pair => pair.twin));
    }

    public string Describe(XObject node) => Line(node) is { } line ? $"{FileName}, line {line.LineNumber}" : FileName;

    public SequencePoint? Location(XObject node)
    {
        var (path, _) = _source.Value;
        if (path is null || Line(node) is not { } line)
        {
            return null;
        }

        return new SequencePoint(Instruction.Create(OpCodes.Nop), new Document(path))
        {
            StartLine = line.LineNumber,
            EndLine = line.LineNumber,
            StartColumn = line.LinePosition,
            EndColumn = line.LinePosition + 1,
        };
    }

    private IXmlLineInfo? Line(XObject node)
    {
        var attribute = node as XAttribute;
        var element = attribute?.Parent ?? (XElement)node;
        var twin = _twins.Value.TryGetValue(element, out var found) ? found : null;
        IXmlLineInfo? info = attribute is null ? twin : twin?.Attribute(attribute.Name);
        return info?.HasLineInfo() == true ? info : null;
    }

    private static (string? Path, XElement Root) Locate(XElement config, IReadOnlyList<string?> directories)
    {
        foreach (var directory in directories)
        {
            var path = directory is null ? null : Path.Combine(directory, FileName);
            if (path is null || !File.Exists(path))
            {
                continue;
            }

            var twin = XDocument.Load(path, LoadOptions.SetLineInfo).Root?.Elements()
                .FirstOrDefault(element => XNode.DeepEquals(element, config));
            if (twin is not null)
            {
                return (path, twin);
            }
        }

        return (null, config);
    }
}
