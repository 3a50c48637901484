using Microsoft.Extensions.Configuration;
using Sitters.Rules;

namespace Sitters.Hosting.Configuration;

/// <summary>Reads the section of Sitters, and tells all that is wrong in it: nothing is passed over.</summary>
/// <param name="into">Gets what is right.</param>
internal sealed class SectionReader(SitterConfiguration into)
{
    public const string Section = "Sitters";

    private const string Pattern = nameof(SitApply.To);

    private const string CompiledIn = "is compiled in. It can be changed in [Sit] or FodyWeavers.xml, with a build.";

    private static readonly string[] _parts =
        [nameof(SitterConfiguration.Defaults), nameof(SitterConfiguration.Policies), nameof(SitterConfiguration.Methods), nameof(SitterConfiguration.Apply)];

    private readonly List<string> _problems = [];

    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    public void Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        foreach (var part in Children(section, "its parts"))
        {
            switch (Array.Find(_parts, name => name.Equals(part.Key, StringComparison.OrdinalIgnoreCase)))
            {
                case nameof(SitterConfiguration.Defaults):
                    ReadSettings(part, into.Defaults);
                    break;
                case nameof(SitterConfiguration.Policies):
                    ReadEntries(part, into.Policies);
                    break;
                case nameof(SitterConfiguration.Methods):
                    ReadEntries(part, into.Methods);
                    break;
                case nameof(SitterConfiguration.Apply):
                    ReadRules(part);
                    break;
                default:
                    _problems.Add($"{part.Path} is unknown: {Section} has {string.Join(", ", _parts)}{Nearest.End(part.Key, _parts)}");
                    break;
            }
        }
    }

    private void ReadEntries(IConfigurationSection part, IDictionary<string, SitSettings> entries)
    {
        foreach (var entry in Children(part, "entries by name"))
        {
            if (!entries.TryGetValue(entry.Key, out var settings))
            {
                entries.Add(entry.Key, settings = new SitSettings());
            }

            ReadSettings(entry, settings);
        }
    }

    /// <summary>In the order of the numbers that are their keys, as the framework has them.</summary>
    private void ReadRules(IConfigurationSection part)
    {
        foreach (var entry in Children(part, "a list"))
        {
            if (!entry.Key.All(char.IsAsciiDigit))
            {
                _problems.Add($"{entry.Path}: {part.Path} is a list, of which each element has To and settings; '{entry.Key}' is no number of one.");
                continue;
            }

            var rule = new SitApply();
            into.Apply.Add(rule);
            ReadSettings(entry, rule);
        }
    }

    private void ReadSettings(IConfigurationSection entry, SitSettings settings)
    {
        foreach (var child in Children(entry, "settings"))
        {
            if (settings is SitApply rule && child.Key.Equals(Pattern, StringComparison.OrdinalIgnoreCase))
            {
                rule.To = ReadPattern(child);
            }
            else if (ConfigurableSettings.Find(child.Key) is not { } setting)
            {
                _problems.Add(Unknown(child, settings));
            }
            else if (child.GetChildren().Any())
            {
                _problems.Add($"{child.Path}: write {setting.Expected}, and no section.");
            }
            else if (!string.IsNullOrWhiteSpace(child.Value) && !setting.TrySet(settings, child.Value))
            {
                // Nothing, and null, set nothing: so a later file takes back what an earlier one says.
                _problems.Add($"{child.Path} = '{child.Value}': write {setting.Expected}.");
            }
        }
    }

    private string ReadPattern(IConfigurationSection to)
    {
        var elements = to.GetChildren().ToList();
        if (elements.Count == 0)
        {
            return to.Value ?? "";
        }

        _problems.Add($"{to.Path}: write one pattern, and no list: each further one has an element of {Section}:{nameof(SitterConfiguration.Apply)} for itself.");
        return elements[0].Value ?? "";
    }

    private static string Unknown(IConfigurationSection child, SitSettings settings)
    {
        if (ConfigurableSettings.CompiledIn.FirstOrDefault(name => name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return $"{child.Path}: {name} {CompiledIn}";
        }

        if (child.GetChildren().Any() && child.Path.StartsWith($"{Section}:{nameof(SitterConfiguration.Methods)}:", StringComparison.OrdinalIgnoreCase))
        {
            var parent = child.Path.Split(ConfigurationPath.KeyDelimiter)[^2];
            return $"{child.Path}: '{child.Key}' is no setting. The name of a method is one key: '{parent}.{child.Key}'.";
        }

        var known = ConfigurableSettings.All.Select(static setting => setting.Name).Concat(settings is SitApply ? [Pattern] : []);
        var nearest = Nearest.To(child.Key, known.Concat(ConfigurableSettings.CompiledIn));
        return nearest is not null && ConfigurableSettings.CompiledIn.Contains(nearest)
            ? $"{child.Path}: '{child.Key}' is no setting; if you mean '{nearest}', that {CompiledIn}"
            : $"{child.Path}: '{child.Key}' is no setting{Nearest.EndWith(nearest)}";
    }

    /// <summary>None where there is nothing, or null; a plain value is told.</summary>
    private IEnumerable<IConfigurationSection> Children(IConfigurationSection section, string what)
    {
        if (!string.IsNullOrWhiteSpace(section.Value))
        {
            _problems.Add($"{section.Path} = '{section.Value}': there must be {what} here, and no value.");
        }

        return section.GetChildren();
    }
}
