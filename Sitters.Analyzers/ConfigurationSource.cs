using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Sitters.Rules.Reading;

namespace Sitters.Analyzers;

/// <summary>
/// What FodyWeavers.xml says. The build files hand it on, in the order in which Fody reads: that beside the solution, that beside the
/// project, what the project itself has. The last that names Sitters counts.
/// </summary>
internal sealed class ConfigurationSource(Compilation compilation) : IConfigurationPlaces, INamedTypes
{
    public const string FileName = "FodyWeavers.xml";

    /// <summary>Whether it could sit methods that bear no attribute.</summary>
    public static bool MayApply(ImmutableArray<AdditionalText> files) =>
        files.Any(file => IsConfiguration(file) && file.GetText()?.ToString().Contains(ConfigurationReader.Apply) == true);

    /// <summary>Null where a file can't be read, as while somebody writes in it: Fody will say so.</summary>
    public static Configuration? Read(Compilation compilation, ImmutableArray<AdditionalText> files)
    {
        var element = new XElement("Sitters");
        foreach (var file in files.Where(IsConfiguration))
        {
            try
            {
                var root = XDocument.Parse(file.GetText()?.ToString() ?? "", LoadOptions.SetLineInfo).Root;
                element = root.Elements().LastOrDefault(child => child.Name.LocalName.Equals("Sitters", StringComparison.OrdinalIgnoreCase))
                    ?? element;
            }
            catch (XmlException)
            {
                return null;
            }
        }

        var source = new ConfigurationSource(compilation);
        return new ConfigurationReader(element, source, source).Read();
    }

    public string Describe(XObject node) =>
        node is IXmlLineInfo info && info.HasLineInfo() ? $"{FileName}, line {info.LineNumber}" : FileName;

    /// <summary>What is wrong in the file itself is told by the weaver: no editor shows it there.</summary>
    public Location? Location(XObject node) => null;

    public ITypeSymbol? Find(string name)
    {
        if (name.Split('.', '+', '/').Any(string.IsNullOrWhiteSpace))
        {
            return null;
        }

        var path = name.Replace('/', '+');
        while (true)
        {
            if (compilation.GetTypesByMetadataName(path).FirstOrDefault() is { } type)
            {
                return type;
            }

            // The last dot may stand between a type and the one nested in it.
            var dot = path.LastIndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            path = path.Substring(0, dot) + "+" + path.Substring(dot + 1);
        }
    }

    public IEnumerable<string> Known() => [];

    private static bool IsConfiguration(AdditionalText file) => file.Path.EndsWith(FileName, StringComparison.OrdinalIgnoreCase);
}
