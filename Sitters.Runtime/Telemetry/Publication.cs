using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sitters.Runtime.Mapping;

namespace Sitters.Runtime.Telemetry;

/// <summary>
/// Makes the meter, its instruments and the activity sources, once per process, and takes them back when this assembly is unloaded: the
/// framework keeps them for good, and with them whatever they refer to.
/// </summary>
/// <remarks>Listeners are told as each of them is made, by code of theirs that may throw: no call fails of that.</remarks>
internal static class Publication
{
    private static readonly Meter _meter = new(SitterDiagnostics.MeterName, PackageVersion.Text);
    private static readonly List<ActivitySource> _sources = [];

    static Publication() => Unloading.CallAtBegin(Withdraw);

    /// <summary>Makes all of them.</summary>
    public static void Open() => Listeners.Begin(new CallListening());

    public static TInstrument Instrument<TInstrument>(string name, Func<Meter, TInstrument> create)
        where TInstrument : Instrument
    {
        try
        {
            return create(_meter);
        }
        catch (Exception failure)
        {
            Listeners.Report(failure);
            return Find<TInstrument>(name);
        }
    }

    public static ActivitySource Source(string name)
    {
        ActivitySource source;
        try
        {
            source = new ActivitySource(name, PackageVersion.Text);
        }
        catch (Exception failure)
        {
            Listeners.Report(failure);
            source = FindSource(name);
        }

        lock (_sources)
        {
            _sources.Add(source);
        }

        return source;
    }

    /// <summary>One that is there, although a listener that was told of it has thrown.</summary>
    private static TInstrument Find<TInstrument>(string name)
        where TInstrument : Instrument
    {
        TInstrument? found = null;
        using var finder = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
                found = instrument.Meter == _meter && instrument.Name == name ? (TInstrument)instrument : found,
        };
        finder.Start();
        return found!;
    }

    /// <summary>The same of a source: the last one of its name, where a plugin has brought this assembly once more.</summary>
    private static ActivitySource FindSource(string name)
    {
        ActivitySource? found = null;
        using var finder = new ActivityListener
        {
            ShouldListenTo = source =>
            {
                found = source.Name == name ? source : found;
                return false;
            },
        };
        ActivitySource.AddActivityListener(finder);
        return found!;
    }

    private static void Withdraw()
    {
        Listeners.Guard(static () => _meter.Dispose());
        lock (_sources)
        {
            _sources.ForEach(static source => source.Dispose());
        }
    }
}
