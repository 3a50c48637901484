using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sitters;
using Storm;

// Arguments: seconds, seed, and the file of its configuration. What it says are lines of JSON; before it does its books, it says so, and
// waits for a line of its input, by which nobody disturbs it any more.
var seconds = double.Parse(args[0], null);
Dice.Seed = int.Parse(args[1], null);
ThreadPool.SetMinThreads(4, 4);
ThreadPool.SetMaxThreads(12, 12);

// What comes when no call is active is no reason to end.
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);
Sitter.ListenToSignals();

var clock = JumpingClock.Start();
Sitter.TimeProvider = Waits.Clock = clock;
using var host = Build(args[2]);
await host.StartAsync();
using var onlookers = new Onlookers();

var cold = await Run("warm-up", seconds / 6);
var warm = await Run("storm", seconds);
await host.StopAsync();
return cold && warm ? 0 : 1;

static IHost Build(string file)
{
    var builder = Host.CreateEmptyApplicationBuilder(null);
    builder.Configuration.AddJsonFile(file, optional: true, reloadOnChange: true);
    builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
    builder.Logging.ClearProviders();
    builder.AddSitters();
    return builder.Build();
}

async Task<bool> Run(string phase, double time)
{
    var storming = new Storming(clock);
    Say(new { phase, says = "begins", seed = Dice.Seed });
    var (callers, helms) = storming.Begin(TimeSpan.FromSeconds(time));
    await helms;
    Say(new { phase, says = "calms" });
    Console.In.ReadLine();
    return await Closing.Close(phase, callers, clock, Say);
}

static void Say(object line) => Console.WriteLine(JsonSerializer.Serialize(line));

/// <summary>A host that no signal ends.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
