using System.Reflection;

namespace Sitters.Fody.Diagnostics;

/// <summary>Where a rule is explained: on the page in the repository, or as long as its address is not known, in the package.</summary>
/// <param name="repository">The address of the repository; empty where it is not known.</param>
/// <param name="weaverFolder">The folder that the weaver is in.</param>
internal sealed class RulePages(string? repository, string? weaverFolder)
{
    /// <summary>The SDK writes the property RepositoryUrl, if it is set, into the weaver's assembly as metadata of the same name.</summary>
    public static RulePages Of(Assembly weaver, string? weaverFolder) => new(
        weaver.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "RepositoryUrl")?.Value,
        weaverFolder);

    /// <summary>" See ...", or nothing where there is no page: never an address that leads nowhere.</summary>
    public string See(Rule rule) => (RuleAddress.Of(repository, rule) ?? FileOf(rule)) is { } address ? $" See {address}" : "";

    /// <summary>The package has the weaver in one folder and the documentation in another beside it.</summary>
    private string? FileOf(Rule rule)
    {
        if (string.IsNullOrEmpty(weaverFolder))
        {
            return null;
        }

        var page = RuleAddress.PageOf(rule).Replace('/', Path.DirectorySeparatorChar);
        var file = Path.GetFullPath(Path.Combine(weaverFolder, "..", page));
        return File.Exists(file) ? file : null;
    }
}
