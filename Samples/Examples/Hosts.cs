using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sitters;

namespace Samples.Examples;

internal static class Hosts
{
    public static async Task Run()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders().AddProvider(new PlainLog()).AddFilter("Microsoft", LogLevel.None);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Tickets>();

        // README: host
        builder.Services.AddSitters();
        builder.Services.AddHealthChecks().AddSitters();
        // end

        // README: host-options
        builder.Services.AddSitters(options => options.DrainSeconds = 20);
        // end

        await using var app = builder.Build();

        // README: host-health
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
        // end

        app.MapGet("/print", (Tickets tickets) => tickets.Print());
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Sitter.Pause("*.Tickets.Print", new SitControl { Identity = "anna", Reason = "the database is moved" });
        Console.WriteLine($"ready: {await client.GetStringAsync("/health/ready")}");
        Console.WriteLine($"alive: {await client.GetStringAsync("/health/live")}");
        Sitter.Resume("*.Tickets.Print");
        Console.WriteLine($"ready: {await client.GetStringAsync("/health/ready")}");

        var tickets = app.Services.GetRequiredService<Tickets>();
        var request = client.GetStringAsync("/print");
        await tickets.Begun.Task;
        Console.WriteLine("-- the host stops");
        var stop = app.StopAsync();
        tickets.Paper.SetResult();
        Console.WriteLine(await request);
        await stop;
    }

    private sealed class Tickets
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Paper { get; } = new();

        [Sit(TimeoutSeconds = 60, OnTimeout = SitOutcome.Throw, OnCancel = SitOutcome.Throw)]
        public async Task<string> Print()
        {
            Begun.SetResult();
            await Paper.Task;
            return "printed";
        }
    }
}
