using System.Xml.Linq;

namespace Sitters.Fody.Reading;

/// <summary>Reads what the attributes of <c>&lt;Sitters&gt;</c> say about signals.</summary>
/// <param name="config">The element.</param>
/// <param name="attempt">Does something with an attribute, and reports it if its text has the wrong form.</param>
/// <param name="report">Reports an attribute.</param>
internal sealed class SignalReader(XElement config, Action<XAttribute, Action> attempt, Action<XObject, string> report)
{
    private const string CancelSignals = "CancelSignals";

    public static IReadOnlyList<string> Attributes { get; } =
        ["Signals", "PauseSignal", "ResumeSignal", "RestartSignal", CancelSignals, "ExitCode"];

    /// <summary>Null where nothing is said.</summary>
    public SignalSettings? Read() => Attributes.All(name => config.Attribute(name) is null)
        ? null
        : new SignalSettings(
            Switch("Signals"),
            Name("PauseSignal"),
            Name("ResumeSignal"),
            Name("RestartSignal"),
            CancelNames() is { } names ? string.Join(" ", names) : null,
            Switch("ExitCode"));

    private bool Switch(string attributeName)
    {
        var isOn = true;
        if (config.Attribute(attributeName) is { } attribute)
        {
            attempt(attribute, () => isOn = XmlValues.Switch(attribute.Value));
        }

        return isOn;
    }

    private string? Name(string attributeName)
    {
        if (config.Attribute(attributeName) is not { } attribute)
        {
            return null;
        }

        var value = attribute.Value.Trim();
        if (!SignalNames.IsKnown(value, SignalNames.All))
        {
            var hint = Nearest.Hint(value, SignalNames.All);
            report(attribute, $"{attributeName}=\"{value}\": write the name of a signal, such as SIGUSR1, or none{hint}");
        }

        return value;
    }

    private IReadOnlyList<string>? CancelNames()
    {
        if (config.Attribute(CancelSignals) is not { } attribute)
        {
            return null;
        }

        var names = XmlValues.Split(attribute.Value);
        if (names.Count == 0)
        {
            report(attribute, $"{CancelSignals} is empty: write the names of signals, such as SIGINT SIGTERM, or none");
        }

        foreach (var name in names.Where(name => !SignalNames.IsKnown(name, SignalNames.Cancelling)))
        {
            var hint = Nearest.Hint(name, SignalNames.Cancelling);
            report(attribute, $"{CancelSignals}: '{name}' is not a signal; write names such as SIGINT SIGTERM, or none{hint}");
        }

        if (names.Count > 1 && names.Any(SignalNames.IsNone))
        {
            report(attribute, $"{CancelSignals}=\"{attribute.Value}\": write either none or the names of signals");
        }

        return names;
    }
}
