using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Telemetry;

/// <summary>Listens to the meter, of which the process has one for all tests: only to what is told of the methods of <see cref="Told"/>.</summary>
internal sealed class Meters : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Measurement> _all = new();

    /// <param name="which">The instruments; all of them if none is named.</param>
    public Meters(params string[] which)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SitterDiagnostics.MeterName && (which.Length == 0 || which.Contains(instrument.Name)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyCollection<Measurement> All => _all;

    /// <summary>What an instrument was told: each value and its tags, but for the method's name.</summary>
    public string Of(string instrument) => string.Join("; ", _all.Where(one => one.Instrument == instrument));

    public double Sum(string instrument) => _all.Where(one => one.Instrument == instrument).Sum(one => one.Value);

    /// <summary>The lowest that an up-down counter has ever shown.</summary>
    public double Lowest(string instrument)
    {
        var (sum, lowest) = (0d, 0d);
        foreach (var one in _all.Where(one => one.Instrument == instrument))
        {
            sum += one.Value;
            lowest = Math.Min(lowest, sum);
        }

        return lowest;
    }

    /// <summary>Asks the instruments that are asked.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray();
        var function = all.Where(tag => tag.Key == SitterDiagnostics.FunctionNameTag).Select(tag => (string)tag.Value!).SingleOrDefault();
        if (function is null || function.StartsWith(typeof(Told).FullName + ".", StringComparison.Ordinal))
        {
            _all.Enqueue(new Measurement(
                instrument.Name,
                value,
                function,
                [.. all.Where(tag => tag.Key != SitterDiagnostics.FunctionNameTag).Select(tag => $"{tag.Key}={tag.Value}")]));
        }
    }

    internal sealed record Measurement(string Instrument, double Value, string? Function, string[] Tags)
    {
        public override string ToString() => string.Join(' ', [Value.ToString(CultureInfo.InvariantCulture), .. Tags]);
    }
}
