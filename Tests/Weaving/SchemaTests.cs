using System.Xml.Linq;
using Sitters.Rules.Settings;

namespace Tests.Weaving;

/// <summary>The schema by which editors complete FodyWeavers.xml.</summary>
internal sealed class SchemaTests
{
    private static readonly XNamespace _xs = "http://www.w3.org/2001/XMLSchema";
    private static readonly string[] _own =
    [
        "Checkpoints", "ReportForwardedTokens", "Signals", "PauseSignal", "ResumeSignal", "RestartSignal", "CancelSignals", "ExitCode",
    ];
    private static readonly XElement _root = XElement.Load(Path.Combine(TestContext.CurrentContext.TestDirectory, "Sitters.Fody.xcf"));

    [Test]
    public void has_every_attribute_of_sitters() => AssertAttributes(_root, [.. _own, .. Names]);

    [Test]
    public void has_every_attribute_of_policy() => AssertAttributes(Element("Policy"), ["Name", .. Names]);

    [Test]
    public void has_every_attribute_of_apply() => AssertAttributes(Element("Apply"), ["To", .. Names]);

    [Test]
    public void explains_each_attribute_and_element() =>
        Assert.That(
            _root.Descendants().Where(node => node.Name == _xs + "attribute" || node.Name == _xs + "element")
                .Where(node => string.IsNullOrWhiteSpace(node.Element(_xs + "annotation")?.Element(_xs + "documentation")?.Value))
                .Select(node => node.Attribute("name")!.Value),
            Is.Empty);

    [Test]
    public void offers_the_values_of_each_choice()
    {
        foreach (var setting in KnownSettings.All.Where(setting => setting.Kind == SettingKind.Choice))
        {
            var attribute = _root.Elements(_xs + "attribute").Single(node => node.Attribute("name")!.Value == setting.Name);
            var offered = attribute.Descendants(_xs + "enumeration").Select(node => node.Attribute("value")!.Value);
            Assert.That(offered, Is.EqualTo(setting.Choices));
        }
    }

    private static IEnumerable<string> Names => KnownSettings.All.Select(setting => setting.Name);

    private static XElement Element(string name) =>
        _root.Descendants(_xs + "element").Single(node => node.Attribute("name")!.Value == name).Element(_xs + "complexType")!;

    private static void AssertAttributes(XElement type, IEnumerable<string> names) =>
        Assert.That(type.Elements(_xs + "attribute").Select(node => node.Attribute("name")!.Value), Is.EquivalentTo(names));
}
