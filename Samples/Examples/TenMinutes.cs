using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sitters;

namespace Samples.Examples;

internal static class TenMinutes
{
    public static async Task Run()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Sitters:Methods:Samples.Examples.Warehouse.Price:TimeoutSeconds"] = "3";
        await using var app = Build(builder);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Console.WriteLine(await client.GetStringAsync("/price/bread"));
        Console.WriteLine($"slow: {(int)(await client.GetAsync(new Uri("/price/slow", UriKind.Relative))).StatusCode}");
        Console.WriteLine((int)(await client.PostAsync(new Uri("/count", UriKind.Relative), null)).StatusCode);
        Sitter.Pause("*.Warehouse.Count", new SitControl { Reason = "the shop is full" });
        await Sitter.WhenPaused();
        Console.WriteLine($"ready: {await client.GetStringAsync("/health/ready")}");
        Sitter.Resume("*.Warehouse.Count");
        Console.WriteLine($"ready: {await client.GetStringAsync("/health/ready")}");
        Sitter.Cancel("*.Warehouse.Count");
        await Sitter.WhenIdle();
        await app.StopAsync();
    }

    private static WebApplication Build(WebApplicationBuilder builder)
    {
        // README: web-services
        builder.AddSitters();
        builder.Services.AddHealthChecks().AddSitters();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("Shop"))
            .WithMetrics(metrics => metrics.AddMeter(SitterDiagnostics.MeterName))
            .WithTracing(traces => traces.AddSource(SitterDiagnostics.ActivitySourceName).AddAspNetCoreInstrumentation())
            .UseOtlpExporter();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Warehouse>();
        // end

        var app = builder.Build();

        // README: web-endpoints
        app.MapGet("/price/{article}", (string article, Warehouse warehouse) => warehouse.Price(article));
        app.MapGet("/count", (Warehouse warehouse) => warehouse.Progress);
        app.MapPost("/count", (Warehouse warehouse) =>
        {
            _ = warehouse.Count();
            return Results.Accepted();
        });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        app.MapSitters("/sitters").AllowAnonymous();
        // end
        return app;
    }
}
