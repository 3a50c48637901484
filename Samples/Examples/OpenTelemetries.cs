using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sitters;

namespace Samples.Examples;

public class Currencies
{
    private int _tries;

    [Sit(MaxAttempts = 3)]
    public async Task<decimal> Load()
    {
        await Task.Delay(20);
        return ++_tries == 1 ? throw new IOException("busy") : 1.08m;
    }
}

internal static class OpenTelemetries
{
    public static async Task Run()
    {
        var (metrics, spans) = (new List<MetricSnapshot>(), new List<System.Diagnostics.Activity>());
        var builder = Host.CreateEmptyApplicationBuilder(null);

        // README: opentelemetry
        builder.Services.AddOpenTelemetry()
            .WithMetrics(provider => provider.AddMeter(SitterDiagnostics.MeterName))
            .WithTracing(provider => provider.AddSource(SitterDiagnostics.ActivitySourceName));
        // end

        builder.Services.ConfigureOpenTelemetryMeterProvider(provider => provider.AddInMemoryExporter(metrics));
        builder.Services.ConfigureOpenTelemetryTracerProvider(provider => provider.AddInMemoryExporter(spans));
        using var host = builder.Build();
        await host.StartAsync();
        await new Currencies().Load();
        host.Services.GetRequiredService<MeterProvider>().ForceFlush();
        foreach (var metric in metrics.Where(metric => metric.Name is SitterDiagnostics.Retries or SitterDiagnostics.CallStarted))
        {
            Console.WriteLine($"{metric.Name}: {metric.MetricPoints[0].GetSumLong()}");
        }

        foreach (var span in spans)
        {
            Console.WriteLine($"{span.OperationName}: {span.GetTagItem(SitterDiagnostics.CallOutcomeTag)}, {span.Status}");
            Console.WriteLine(string.Join(", ", span.Events.Select(one => one.Name)));
        }

        await host.StopAsync();
    }
}
