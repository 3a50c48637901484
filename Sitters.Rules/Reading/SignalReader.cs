using System.Xml.Linq;

namespace Sitters.Rules.Reading;

/// <summary>Reads what the attributes of <c>&lt;Sitters&gt;</c> say about signals.</summary>
/// <param name="config">The element.</param>
/// <param name="attempt">Does something with an attribute, and reports it if its text has the wrong form.</param>
/// <param name="report">Reports what is not known.</param>
/// <param name="exclude">Reports what excludes each other.</param>
internal sealed class SignalReader(
    XElement config, Action<XAttribute, Action> attempt, Action<XObject, string> report, Action<XObject, string> exclude)
{
    private const string PauseSignal = "PauseSignal";
    private const string ResumeSignal = "ResumeSignal";
    private const string RestartSignal = "RestartSignal";
    private const string CancelSignals = "CancelSignals";

    public static IReadOnlyList<string> Attributes { get; } =
        ["Signals", PauseSignal, ResumeSignal, RestartSignal, CancelSignals, "ExitCode"];

    /// <summary>Null where nothing is said.</summary>
    public SignalSettings? Read()
    {
        if (Attributes.All(name => config.Attribute(name) is null))
        {
            return null;
        }

        var (pause, resume, restart) = (Name(PauseSignal), Name(ResumeSignal), Name(RestartSignal));
        var cancel = CancelNames();
        TellTwoRoles(pause ?? "SIGUSR1", resume ?? "SIGUSR2", restart ?? "SIGHUP", cancel ?? ["SIGINT", "SIGTERM"]);
        if (config.Attribute("ExitCode") is { } exitCode && cancel is { Count: 1 } && SignalNames.IsNone(cancel[0]))
        {
            exclude(exitCode, "ExitCode has no effect where CancelSignals is none. Leave one of them out");
        }

        return new SignalSettings(
            Switch("Signals"), pause, resume, restart, cancel is null ? null : string.Join(" ", cancel), Switch("ExitCode"));
    }

    /// <summary>A signal means one thing; that for pause and that for resume may be one, which then toggles.</summary>
    private void TellTwoRoles(string pause, string resume, string restart, IReadOnlyList<string> cancel)
    {
        (string Role, string Name)[] roles =
        [
            (PauseSignal, pause), (ResumeSignal, resume), (RestartSignal, restart), .. cancel.Select(name => (CancelSignals, name)),
        ];
        for (var index = 0; index < roles.Length; index++)
        {
            var (role, name) = roles[index];
            var other = roles.Take(index)
                .FirstOrDefault(earlier => !SignalNames.IsNone(name) && SignalNames.AreSame(earlier.Name, name)).Role;
            if (other is not null && other != role && (other, role) != (PauseSignal, ResumeSignal))
            {
                exclude(config, $"{name} stands for {other} and for {role}. Give one of them another signal, or none");
            }
        }
    }

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
