using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Sitters;
using Sitters.Runtime.Telemetry;

namespace Tests.Telemetry;

/// <summary>What is told has the names that <see cref="SitterDiagnostics"/> promises, and the page has them all.</summary>
internal sealed class NameTests
{
    private static readonly Documentation.Page _page = Documentation.Page.Get("docs/telemetry.md");

    private static IEnumerable<string> Names => typeof(SitterDiagnostics)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(constant => constant.Name is not (nameof(SitterDiagnostics.EventSourceName) or nameof(SitterDiagnostics.LogCategory)))
        .Select(constant => (string)constant.GetRawConstantValue()!)
        .Distinct();

    [TestCaseSource(nameof(Names))]
    public void the_page_has(string name) => Assert.That(_page.CodeSpans, Does.Contain(name));

    [Test]
    public void each_instrument_is_on_the_page_with_its_kind_and_its_unit()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == SitterDiagnostics.MeterName)
                {
                    instruments.Add(instrument);
                }
            },
        };
        RuntimeHelpers.RunClassConstructor(typeof(Instruments).TypeHandle);
        listener.Start();

        var rows = instruments.Select(instrument => $"| `{instrument.Name}` | {KindOf(instrument)}, {instrument.Unit} |").Distinct().ToArray();

        Assert.That(rows, Has.Length.EqualTo(14));
        Assert.That(rows.Where(row => !_page.Text.Contains(row, StringComparison.Ordinal)), Is.Empty);
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name switch
    {
        "Counter`1" => "counter",
        "UpDownCounter`1" => "up-down counter",
        "ObservableUpDownCounter`1" => "observable up-down counter",
        "Histogram`1" => "histogram",
        var other => other,
    };
}
