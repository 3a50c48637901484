using System.Diagnostics;
using AssemblyToProcess.Life;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sitters;

namespace Tests.Telemetry;

/// <summary>What a collector gets of an application that adds the meter and the sources, and nothing else.</summary>
internal sealed class OpenTelemetryTests : ControllerFixture
{
    private MetricSnapshot[] _metrics = [];
    private Activity[] _spans = [];

    [Test]
    public async Task every_instrument_arrives_with_its_unit_and_what_it_was_told()
    {
        await RunInHost();

        var told = _metrics.Where(metric => metric.MeterName == SitterDiagnostics.MeterName).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                told.Select(metric => $"{metric.Name} {metric.Unit} {metric.MetricType}").Order(),
                Is.EqualTo(new[]
                {
                    $"{SitterDiagnostics.AttemptDuration} s Histogram",
                    $"{SitterDiagnostics.CacheEntries} {{entry}} LongSumNonMonotonic",
                    $"{SitterDiagnostics.CacheEvictions} {{eviction}} LongSum",
                    $"{SitterDiagnostics.CacheRequests} {{request}} LongSum",
                    $"{SitterDiagnostics.CallActive} {{call}} LongSumNonMonotonic",
                    $"{SitterDiagnostics.CallDuration} s Histogram",
                    $"{SitterDiagnostics.CallPauseDuration} s Histogram",
                    $"{SitterDiagnostics.CallPaused} {{call}} LongSumNonMonotonic",
                    $"{SitterDiagnostics.CallStarted} {{call}} LongSum",
                    $"{SitterDiagnostics.ControlCommands} {{command}} LongSum",
                    $"{SitterDiagnostics.GraceOverruns} {{overrun}} LongSum",
                    $"{SitterDiagnostics.HookFailures} {{failure}} LongSum",
                    $"{SitterDiagnostics.Interrupts} {{interrupt}} LongSum",
                    $"{SitterDiagnostics.Retries} {{retry}} LongSum",
                }));
            Assert.That(SumsOf(told, SitterDiagnostics.CallActive), Is.Not.Empty.And.All.Zero);
            Assert.That(SumsOf(told, SitterDiagnostics.CallPaused), Is.Not.Empty.And.All.Zero);
            Assert.That(SumsOf(told, SitterDiagnostics.Retries), Is.EqualTo(new[] { 1 }));
            Assert.That(
                told.Single(metric => metric.Name == SitterDiagnostics.CallDuration).MetricPoints.Select(Outcome),
                Is.SupersetOf(new[] { "Retried completed", "Work cancelled", "Limited timed_out", "Fail failed" }));
        }
    }

    [Test]
    public async Task durations_arrive_in_buckets_of_milliseconds_to_hours()
    {
        await RunInHost();

        var bounds = new List<double>();
        foreach (var bucket in _metrics.Single(metric => metric.Name == SitterDiagnostics.CallDuration).MetricPoints[0].GetHistogramBuckets())
        {
            bounds.Add(bucket.ExplicitBound);
        }

        Assert.That(bounds, Has.Count.EqualTo(21));
        Assert.That((bounds[0], bounds[^2]), Is.EqualTo((0.005, 21600d)));
    }

    [Test]
    public async Task every_call_arrives_as_one_span_with_its_attempts_inside()
    {
        await RunInHost();

        var calls = _spans.Where(span => span.Source.Name == SitterDiagnostics.ActivitySourceName).ToArray();
        Assert.That(calls.Select(span => span.OperationName), Is.EqualTo(new[]
        {
            "Told.Work", "Told.Retried", "Told.Limited", "Told.Fail", "Told.Dated", "Told.Dated", "Told.Dated", "Told.Hooked", "Told.Overrun",
        }));
        Assert.That(
            calls.Where(span => span.Status == ActivityStatusCode.Error).Select(span => span.OperationName),
            Is.EqualTo(new[] { "Told.Limited", "Told.Fail" }));
        Assert.That(
            _spans.Except(calls).Where(span => span.OperationName.StartsWith("Told.Retried", StringComparison.Ordinal)).Select(span => span.ParentId),
            Is.EqualTo(Enumerable.Repeat(calls[1].Id, 2)));
    }

    private static IEnumerable<long> SumsOf(IEnumerable<MetricSnapshot> told, string name) =>
        told.Single(metric => metric.Name == name).MetricPoints.Select(point => point.GetSumLong());

    private static string Outcome(MetricPoint point)
    {
        var tags = new Dictionary<string, object?>();
        foreach (var tag in point.Tags)
        {
            tags.Add(tag.Key, tag.Value);
        }

        return $"{tags[SitterDiagnostics.FunctionNameTag]!.ToString()!.Split('.')[^1]} {tags[SitterDiagnostics.CallOutcomeTag]}";
    }

    private async Task RunInHost()
    {
        var (metrics, spans) = (new List<MetricSnapshot>(), new List<Activity>());
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddOpenTelemetry()
            .WithMetrics(provider => provider.AddMeter(SitterDiagnostics.MeterName).AddInMemoryExporter(metrics))
            .WithTracing(provider => provider
                .AddSource(SitterDiagnostics.ActivitySourceName, SitterDiagnostics.AttemptActivitySourceName)
                .AddInMemoryExporter(spans));
        using var host = builder.Build();
        await host.StartAsync();
        await LiveThroughAll();
        host.Services.GetRequiredService<MeterProvider>().ForceFlush();
        (_metrics, _spans) = ([.. metrics], [.. spans]);
        await host.StopAsync();
    }

    private async Task LiveThroughAll()
    {
        var (subject, free) = (Set<Told>(), OtherStage.Set(new Told()));
        OtherStage.OpenAll();
        var work = subject.Work();
        Sitter.Pause();
        Sitter.Resume();
        Sitter.Cancel();
        await work.InTime();
        await Clock.RunUntilEnd(free.Retried(1));
        await Clock.RunUntilEnd(subject.Limited());
        await free.Fail().EndInTime();
        foreach (var key in new[] { 1, 2, 3 })
        {
            await free.Dated(key);
        }

        await free.Hooked().InTime();
        var overrun = subject.Overrun();
        Sitter.Cancel();
        await Stage.Reached("cleanup");
        await Clock.RunUntilEnd(overrun);
    }
}
