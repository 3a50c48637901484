using HostOf8;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sitters;

Console.WriteLine($"host {typeof(Host).Assembly.GetName().Version}");

// Code in no scope would list this one too.
Task<string?> other;
var elsewhere = new Worker(false);
using (SitterScope.Begin())
{
    other = elsewhere.Work(default);
}

foreach (var (concurrently, yieldsFirst) in new[] { (false, false), (false, true), (true, false), (true, true) })
{
    var worker = new Worker(yieldsFirst);
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Shop" });
    builder.Logging.ClearProviders();
    builder.Services.AddHostedService(_ => worker);
    builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = concurrently);
    builder.AddSitters();
    using var host = builder.Build();
    await host.StartAsync();
    var call = await worker.Begun;

    // The call ends by itself, although the host stops, and before the service is stopped.
    var stop = host.StopAsync();
    worker.Finish();
    await stop;
    Console.WriteLine($"{call}; result {await worker.Result}");
}

elsewhere.Finish();
await other;
