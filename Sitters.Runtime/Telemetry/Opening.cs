using System.Reflection;
using Sitters.Runtime.Mapping;

namespace Sitters.Runtime.Telemetry;

/// <summary>
/// Has the meter, its instruments and the activity sources made before anybody can listen to them, and no sooner: they, and the assembly of
/// the framework that they are of, take a good part of the time in which a process starts.
/// </summary>
/// <remarks>
/// Whoever listens inside the process has that assembly loaded, and is told of each instrument as ever. Who comes from outside has asked for
/// it at the start, by the environment, or finds what is made a moment after the start.
/// </remarks>
internal static class Opening
{
    private const string Framework = "System.Diagnostics.DiagnosticSource,";

    private static int _isPrepared;

    /// <summary>Called before the first call of each sat method, and before whatever else is told.</summary>
    public static void Prepare()
    {
        if (Volatile.Read(ref _isPrepared) != 0 || Interlocked.Exchange(ref _isPrepared, 1) != 0)
        {
            return;
        }

        // First, so that it is not missed if it is loaded right now.
        AppDomain.CurrentDomain.AssemblyLoad += OnLoad;
        if (IsInvited() || IsLoaded())
        {
            Open();
        }
        else
        {
            Unloading.CallAtBegin(StopWaiting);
        }
    }

    /// <summary>Makes them. What is loaded by that need not be waited for any more.</summary>
    public static void Open()
    {
        StopWaiting();
        Publication.Open();
    }

    private static void OnLoad(object? sender, AssemblyLoadEventArgs loaded)
    {
        if (IsFramework(loaded.LoadedAssembly))
        {
            Open();
        }
    }

    private static void StopWaiting() => AppDomain.CurrentDomain.AssemblyLoad -= OnLoad;

    /// <summary>Where the runtime finds, at its start, that somebody wants to look at the process.</summary>
    private static bool IsInvited() =>
        Environment.GetEnvironmentVariable("DOTNET_DiagnosticPorts") is not null
        || Environment.GetEnvironmentVariable("DOTNET_EnableEventPipe") is not null;

    private static bool IsLoaded()
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (IsFramework(assembly))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFramework(Assembly assembly) => assembly.FullName is { } name && name.StartsWith(Framework, StringComparison.Ordinal);
}
