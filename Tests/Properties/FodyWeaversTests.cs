using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Mono.Cecil;
using Sitters.Fody.Reading;
using Sitters.Rules;
using Sitters.Rules.Checking;
using Sitters.Rules.Reading;
using Sitters.Rules.Settings;
using Tests.Weaving;

namespace Tests.Properties;

/// <summary>Whatever stands in FodyWeavers.xml: a diagnostic or a model, and what is right is read as it was meant.</summary>
internal sealed class FodyWeaversTests
{
    private static readonly Gen<string> _values = Gen.Frequency(
        (3, Property.Numbers),
        (3, Property.Texts),
        (2, Gen.Elements("true", "False", "1", "TRUE ", "Throw", "throw", "ReturnDefault", "Exponential", "Shared", "PerInstance", "Sat", "Assembly")),
        (1, Gen.Elements("SIGUSR1", "hup", "SIGINT SIGTERM", "none", "none, SIGINT", "SIG", "sigrtmin+1", "10")),
        (1, Gen.Elements("System.Exception", "System.IO.IOException, System.Exception", "System..X", "A/B", "A+B", "A`1", "[]", "System.Nullable`1[[System.Int32]]", "*", "<>c")));

    private static readonly Gen<string> _attributes = Gen.Frequency(
        (6, Gen.Elements(KnownSettings.All.Select(setting => setting.Name))),
        (2, Gen.Elements("Name", "To", "Checkpoints", "ReportForwardedTokens", "Signals", "PauseSignal", "ResumeSignal", "RestartSignal", "CancelSignals", "ExitCode")),
        (1, Gen.Elements("TimeoutSecond", "X", "name", "to", "Überzeit", "_")));

    private ModuleDefinition _module = null!;

    [OneTimeSetUp]
    public void Read() => _module = Woven.Before(Subject.Debug).Read();

    [OneTimeTearDown]
    public void Close() => _module.Dispose();

    [Test]
    public void anything_in_it_gives_findings_or_a_model() => Property.Holds(
        Element(depth: 2).Select(Xml),
        config =>
        {
            var configuration = Read(config);
            Finding[] found =
            [
                .. configuration.Problems, .. PolicyChecks.Of(configuration), .. RangeChecks.Of(configuration.Defaults),
                .. configuration.Policies.Values.SelectMany(RangeChecks.Of), .. configuration.Rules.SelectMany(rule => RangeChecks.Of(rule.Layer)),
            ];
            Assert.That(found.Select(finding => finding.Text), Has.None.Empty);
            Assert.That(configuration.RuleFor("Shop.Orders.Read")?.Where, Is.Null.Or.StartsWith("<Apply"));
            Assert.That(configuration.Stack(configuration.Defaults, null, null, null), Is.Not.Null);
        },
        cases: 500);

    [Test]
    public void what_is_in_order_is_read_as_it_was_written() => Property.Holds(
        Valid(),
        values =>
        {
            var element = new XElement("Sitters", values.Select(value => new XAttribute(value.Key.Name, value.Value.Text)));
            var read = Read(element);

            Assert.That(read.Problems.Select(finding => finding.Text), Is.Empty);
            Assert.That(RangeChecks.Of(read.Defaults).Select(finding => finding.Text), Is.Empty);
            Assert.That(read.Defaults.Values.Keys, Is.EquivalentTo(values.Keys));
            foreach (var (setting, (_, value)) in values)
            {
                Assert.That(read.Defaults.Values[setting], Is.EqualTo(value), setting.Name);
            }
        },
        cases: 300);

    [Test]
    public void a_number_is_in_order_or_the_range_check_tells_why_not() => Property.Holds(
        Gen.Elements(KnownSettings.All.Where(setting => setting.Kind is SettingKind.Seconds or SettingKind.Count)).Zip(Property.Numbers),
        pair =>
        {
            var (setting, text) = pair;
            var read = Read(new XElement("Sitters", new XAttribute(setting.Name, text)));
            var told = read.Problems.Count + RangeChecks.Of(read.Defaults).Count();
            var number = read.Defaults.Values.TryGetValue(setting, out var value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;

            // Less than the clock can tell would be none, which means another thing.
            var isNone = setting is { ZeroIsNone: true, Kind: SettingKind.Seconds } && number is > 0 and < 1e-7;
            Assert.That(told == 0, Is.EqualTo(number >= setting.Minimum && number <= setting.Maximum && !isNone), $"{setting} {text}");
        },
        cases: 500);

    /// <summary>Whether an Apply with a pattern is for a method of that name.</summary>
    internal static bool RuleMatches(string pattern, string name)
    {
        var config = new XElement("Sitters", new XElement("Apply", new XAttribute("To", pattern), new XAttribute("MaxAttempts", 2)));
        return new ConfigurationReader(config, new ConfigurationFile(config, []), new NoTypes()).Read().RuleFor(name) is not null;
    }

    private Sitters.Rules.Configuration Read(XElement config) => new ConfigurationReader(
        config, new ConfigurationFile(config, []), new TypeFinder(_module, _ => null, "")).Read();

    /// <summary>Names and values, in whatever order, and elements inside elements.</summary>
    private static Gen<Node> Element(int depth) =>
        from name in Gen.Frequency((5, Gen.Elements("Policy", "Apply")), (1, Gen.Elements("Polcy", "Sitters", "To", "x")))
        from attributes in _attributes.Zip(_values).Some(most: 5)
        from children in depth == 0 ? Gen.Constant(new List<Node>()) : Element(depth - 1).Some(most: 4)
        select new Node(name, attributes, children);

    /// <summary>As an XML parser would hand it on: without what no XML file can hold, and each attribute once.</summary>
    private static XElement Xml(Node node) => Xml(node with { Name = "Sitters" }, isRoot: true);

    private static XElement Xml(Node node, bool isRoot) => new(
        node.Name,
        node.Attributes.DistinctBy(attribute => attribute.Name).Select(attribute => new XAttribute(attribute.Name, string.Concat(attribute.Value.Where(XmlConvert.IsXmlChar)))),
        isRoot ? new XText("text") : null,
        node.Children.Select(child => Xml(child, isRoot: false)));

    private static Gen<Dictionary<Setting, (string Text, object? Value)>> Valid() =>
        Gen.SubListOf(KnownSettings.All.Where(setting => setting.Kind is SettingKind.Seconds or SettingKind.Count or SettingKind.Switch or SettingKind.Choice))
            .SelectMany(settings => Gen.CollectToList(settings, setting => ValueOf(setting).Select(value => (Setting: setting, Value: value))))
            .Select(pairs => pairs.ToDictionary(pair => pair.Setting, pair => pair.Value));

    private static Gen<(string Text, object? Value)> ValueOf(Setting setting) => setting.Kind switch
    {
        SettingKind.Switch => Gen.Elements<(string, object?)>(("true", true), (" False", false), ("1", true), ("0", false)),
        SettingKind.Choice => Gen.Choose(0, setting.Choices.Count - 1).Select(index => (setting.Choices[index], (object?)index)),
        SettingKind.Count => Gen.Choose((int)setting.Minimum, int.MaxValue).Select(number => (number.ToString(CultureInfo.InvariantCulture), (object?)number)),
        _ => Gen.Choose(0, 1_000_000).Select(part => setting.Maximum * part / 1_000_000).Select(number => (number.ToString("R", CultureInfo.InvariantCulture), (object?)number)),
    };

    private sealed record Node(string Name, List<(string Name, string Value)> Attributes, List<Node> Children);

    private sealed class NoTypes : INamedTypes
    {
        public TypeReference? Find(string name) => null;

        public IEnumerable<string> Known() => [];
    }
}
