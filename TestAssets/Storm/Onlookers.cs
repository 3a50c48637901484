using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sitters;

namespace Storm;

/// <summary>All who are told of calls. Each writes down what it is told, and then fails at times.</summary>
internal sealed class Onlookers : IDisposable
{
    private readonly List<IDisposable> _registrations = [];

    public Onlookers()
    {
        _registrations.Add(Sitter.Observe(new Witness()));
        Sitter.HookFailed += OnHookFailed;
        Sitter.ControlExecuted += OnControlExecuted;
        Sitter.ConfigurationRejected += OnConfigurationRejected;
        ListenToSpans();
        ListenToMeters();
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    public void Dispose()
    {
        Sitter.HookFailed -= OnHookFailed;
        Sitter.ControlExecuted -= OnControlExecuted;
        Sitter.ConfigurationRejected -= OnConfigurationRejected;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        _registrations.ForEach(static registration => registration.Dispose());
    }

    public static void MayFail(int times)
    {
        if (Dice.Once(times))
        {
            throw new OnlookerException();
        }
    }

    private static void OnHookFailed(SitContext call, Exception exception)
    {
        Books.Count("failures of hooks told");
        Books.Expect(exception is HookException or KeyException, $"a hook of {call}: {exception}");
        MayFail(10);
    }

    private static void OnControlExecuted(SitControlEvent executed)
    {
        Books.Count($"control {executed.Verb}");
        MayFail(10);
    }

    private static void OnConfigurationRejected(SitterConfigurationException refusal)
    {
        Books.Count("configurations rejected");
        MayFail(2);
    }

    private static void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved)
    {
        unobserved.SetObserved();
        Books.Surprise($"unobserved: {unobserved.Exception}");
    }

    private void ListenToSpans()
    {
        var spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is SitterDiagnostics.ActivitySourceName or SitterDiagnostics.AttemptActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
            {
                MayFail(50);
                return ActivitySamplingResult.AllData;
            },
            ActivityStarted = static _ =>
            {
                Books.Count("spans started");
                MayFail(50);
            },
            ActivityStopped = static _ =>
            {
                Books.Count("spans stopped");
                MayFail(50);
            },
        };
        ActivitySource.AddActivityListener(spans);
        _registrations.Add(spans);
    }

    private void ListenToMeters()
    {
        var meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == SitterDiagnostics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>(static (instrument, measurement, _, _) => Measure(instrument, measurement));
        meters.SetMeasurementEventCallback<int>(static (instrument, measurement, _, _) => Measure(instrument, measurement));
        meters.SetMeasurementEventCallback<double>(static (instrument, _, _, _) => Measure(instrument, 1));
        meters.Start();
        _registrations.Add(meters);
    }

    private static void Measure(Instrument instrument, long measurement)
    {
        Books.Counts.AddOrUpdate(instrument.Name, static (_, by) => by, static (_, count, by) => count + by, measurement);
        MayFail(50);
    }
}
