using System.Diagnostics.Metrics;
using System.Reflection;
using Sitters;
using Sitters.Runtime.CompilerServices;

namespace Interleaved;

/// <summary>Listens to the instruments of this copy of the runtime, while a run wants it: several copies are in the process.</summary>
internal static class Meters
{
    private static readonly Meter _meter = (Meter)typeof(Gate).Assembly.GetType("Sitters.Runtime.Telemetry.Publication", throwOnError: true)!
        .GetField("_meter", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;

    private static readonly List<Instrument> _instruments = [];
    private static readonly MeterListener _listener = Listen();
    private static Watch? _watch;

    public static void Begin(Watch watch)
    {
        _watch = watch;
        _instruments.ForEach(static instrument => _listener.EnableMeasurementEvents(instrument));
    }

    public static void End()
    {
        _instruments.ForEach(static instrument => _listener.DisableMeasurementEvents(instrument));
        _watch = null;
    }

    private static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter == _meter && instrument.Name != SitterDiagnostics.CacheEntries)
                {
                    _instruments.Add(instrument);
                    if (_watch is not null)
                    {
                        listener.EnableMeasurementEvents(instrument);
                    }
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(static (instrument, measured, tags, _) => _watch?.Measure(instrument.Name, measured, tags));
        listener.SetMeasurementEventCallback<double>(static (instrument, _, tags, _) => _watch?.Measure(instrument.Name, 1, tags));
        listener.Start();
        return listener;
    }
}
