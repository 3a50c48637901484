using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using Sitters;

namespace Started;

/// <summary>What tests look at as the process starts: each says what it has found, a line each, and is to use no more than it says.</summary>
internal static class Scenes
{
    public static async Task<int> Run(string scene)
    {
        var lines = scene switch
        {
            "assemblies" => await MakeCall(),
            "early-listener" => await ListenFirst(),
            "late-listener" => await ListenDuringCall(),
            "outside" => await LookFromOutside(),
            "signal" => await GetSignal(),
            _ => throw new ArgumentException($"There is no scene {scene}.", nameof(scene)),
        };
        Say(lines);
        return Environment.ExitCode;
    }

    private static void Say(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }
    }

    /// <summary>The assemblies that are loaded once a call has suspended, gone on and ended.</summary>
    private static async Task<IEnumerable<string>> MakeCall()
    {
        if (Environment.GetEnvironmentVariable("STARTED_UNSEEN") is not null)
        {
            // However long the machine takes for it, nobody can look at the process from outside.
            AppContext.SetSwitch("System.Diagnostics.Tracing.EventSource.IsSupported", false);
        }

        var gate = new TaskCompletionSource();
        var call = Work.Wait(gate.Task);
        gate.SetResult();
        await call;
        return Array.ConvertAll(AppDomain.CurrentDomain.GetAssemblies(), static assembly => assembly.GetName().Name!);
    }

    private static async Task<IEnumerable<string>> ListenFirst()
    {
        using var listener = Listen(out var lines);
        await Work.Wait(Task.CompletedTask);
        return lines;
    }

    /// <summary>Of the call that began before, nothing is told.</summary>
    private static async Task<IEnumerable<string>> ListenDuringCall()
    {
        var gate = new TaskCompletionSource();
        var before = Work.Wait(gate.Task);
        using var listener = Listen(out var lines);
        await Work.Wait(Task.CompletedTask);
        gate.SetResult();
        await before;
        return lines;
    }

    /// <summary>The event sources that tools find, and that appear although nothing else happens in the process.</summary>
    private static async Task<IEnumerable<string>> LookFromOutside()
    {
        await Work.Wait(Task.CompletedTask);
        using var metrics = new SourceListener("System.Diagnostics.Metrics");
        using var door = new SourceListener("Sitters");
        return [await metrics.Found, await door.Found];
    }

    /// <summary>A signal that comes as early as one can that has to do with a call.</summary>
    private static async Task<IEnumerable<string>> GetSignal() => [$"{await Work.Signal()}"];

    // A method of its own: before it is called, nothing may look for a listener.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IDisposable Listen(out List<string> lines)
    {
        var told = lines = [];
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == SitterDiagnostics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => told.Add($"{instrument.Name} {value}"));
        listener.Start();
        return listener;
    }

    /// <summary>Waits for an event source.</summary>
    private sealed class SourceListener(string name) : EventListener
    {
        private readonly TaskCompletionSource<string> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Found => _found.Task;

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (source.Name == name)
            {
                _found.TrySetResult(name);
            }
        }
    }
}
