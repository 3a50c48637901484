using System.Xml.Linq;

namespace Sitters.Rules.Reading;

/// <summary>Reads FodyWeavers.xml, and collects everything that is wrong in it instead of stopping at the first problem.</summary>
internal sealed class ConfigurationReader(XElement config, IConfigurationPlaces file, INamedTypes types)
{
    public const string Apply = "Apply";

    private static readonly string[] _ownAttributes = ["Checkpoints", "ReportForwardedTokens", .. SignalReader.Attributes];
    private static readonly string[] _checkpoints = ["Assembly", "Sat"];
    private static readonly string[] _elements = ["Policy", Apply];

    private readonly XmlValues _values = new(types);
    private readonly List<Finding> _problems = [];

    public Configuration Read()
    {
        var defaults = ReadLayer(config, Level.Defaults, "<Sitters>", _ownAttributes);
        var policies = new Dictionary<string, Layer>();
        var rules = new List<ApplyRule>();
        foreach (var child in config.Elements())
        {
            switch (child.Name.LocalName)
            {
                case "Policy":
                    ReadPolicy(child, policies);
                    break;
                case Apply:
                    ReadRule(child, rules);
                    break;
                default:
                    var hint = Nearest.Hint(child.Name.LocalName, _elements);
                    Report(child, $"<{child.Name.LocalName}> is not known inside <Sitters>, which has <Policy> and <Apply>{hint}");
                    break;
            }
        }

        var signals = new SignalReader(config, Try, Report, (node, text) => Report(KnownRules.ExclusiveSettings, node, text)).Read();
        return new Configuration(defaults, policies, rules, GatesWholeAssembly(), Switch("ReportForwardedTokens"), signals, _problems);
    }

    private void ReadPolicy(XElement element, Dictionary<string, Layer> policies)
    {
        var name = element.Attribute("Name")?.Value.Trim() ?? "";
        var layer = ReadLayer(element, Level.Defaults, $"<Policy Name=\"{name}\">", ["Name"]);
        if (name.Length == 0)
        {
            Report(element, "<Policy> needs a Name, to be used as [Sit(Policy = \"name\")]");
        }
        else if (policies.ContainsKey(name))
        {
            Report(element, $"there are two <Policy Name=\"{name}\">; give one of them another name");
        }
        else
        {
            policies.Add(name, layer);
        }
    }

    private void ReadRule(XElement element, List<ApplyRule> rules)
    {
        var to = element.Attribute("To")?.Value.Trim() ?? "";
        var layer = ReadLayer(element, Level.Apply, $"<Apply To=\"{to}\">", ["To"]);
        if (to.Length == 0)
        {
            Report(element, "<Apply> needs a To, the full names of the methods to sit, such as To=\"MyApp.Clients.*Client.*Async\"");
            return;
        }

        rules.Add(new ApplyRule(name => Wildcards.Match(to, name), layer));
    }

    private Layer ReadLayer(XElement element, Level level, string where, string[] otherAttributes)
    {
        var values = new Dictionary<Setting, object?>();
        foreach (var attribute in element.Attributes()
            .Where(candidate => !candidate.IsNamespaceDeclaration && candidate.Name.NamespaceName.Length == 0))
        {
            var name = attribute.Name.LocalName;
            if (otherAttributes.Contains(name))
            {
                continue;
            }

            if (KnownSettings.Find(name) is not { } setting)
            {
                // A Timeout is rather TimeoutSeconds than TimeoutHooks.
                var known = KnownSettings.All.OrderBy(KnownSettings.Hooks.Contains).Select(candidate => candidate.Name);
                Report(attribute, $"'{name}' is not an attribute of {where}{Nearest.Hint(name, otherAttributes.Concat(known))}");
                continue;
            }

            Try(attribute, () => values[setting] = _values.Read(setting, attribute.Value));
        }

        foreach (var child in element.Elements().Where(_ => element != config))
        {
            Report(child, $"<{child.Name.LocalName}> is not known inside {where}, which has no elements");
        }

        return new Layer(level, $"{where} in {file.Describe(element)}", file.Location(element), values);
    }

    private bool GatesWholeAssembly()
    {
        if (config.Attribute("Checkpoints") is not { } attribute)
        {
            return true;
        }

        var value = attribute.Value.Trim();
        if (!_checkpoints.Contains(value))
        {
            Report(attribute, $"Checkpoints=\"{value}\": write Assembly or Sat{Nearest.Hint(value, _checkpoints)}");
        }

        return value != "Sat";
    }

    private bool Switch(string attributeName)
    {
        var isOn = false;
        if (config.Attribute(attributeName) is { } attribute)
        {
            Try(attribute, () => isOn = XmlValues.Switch(attribute.Value));
        }

        return isOn;
    }

    private void Try(XAttribute attribute, Action read)
    {
        try
        {
            read();
        }
        catch (FormatException problem)
        {
            Report(attribute, $"{attribute.Name.LocalName}=\"{attribute.Value}\": {problem.Message}");
        }
    }

    private void Report(XObject node, string text) => Report(KnownRules.UnknownConfiguration, node, text);

    private void Report(Rule rule, XObject node, string text) =>
        _problems.Add(rule.Broken($"{file.Describe(node)}: {text}", file.Location(node)));
}
