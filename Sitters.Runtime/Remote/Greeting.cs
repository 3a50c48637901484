using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Remote;

/// <summary>What whoever connects is told first.</summary>
internal static class Greeting
{
    /// <summary>Of the protocol. A change that an older tool would misunderstand counts it up.</summary>
    private const int Version = 1;

    private static readonly string _name = Assembly.GetEntryAssembly()?.GetName().Name ?? AppDomain.CurrentDomain.FriendlyName;
    private static readonly DateTime? _started = ReadStartTime();

    public static void WriteTo(Stream output)
    {
        using var answer = new Answer(null, output);
        answer.BeginLine();
        answer.Json.WriteNumber(Names.Sitters, Version);
        answer.Write(Names.Version, PackageVersion.Text);
        answer.Json.WriteNumber(Names.Pid, Environment.ProcessId);
        answer.Write(Names.Name, _name);
        if (_started is { } started)
        {
            answer.Json.WriteString(Names.Started, started);
        }

        answer.Write(Names.Runtime, RuntimeInformation.FrameworkDescription);
        answer.Json.WriteNumber(Names.Calls, Controller.ActiveCalls(ControlDomain.Process).Count);
        answer.End();
    }

    private static DateTime? ReadStartTime()
    {
        try
        {
            using var process = Process.GetCurrentProcess();
            return process.StartTime.ToUniversalTime();
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException or NotSupportedException or IOException)
        {
            // Some systems hide it.
            return null;
        }
    }
}
