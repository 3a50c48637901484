using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sitters.AspNetCore.Web;

/// <summary>What the page says of the process, once to each who looks.</summary>
internal sealed class About(SittersPageOptions options)
{
    private readonly DateTime _started = StartOfProcess();

    public void WriteTo(Utf8JsonWriter writer, string? user)
    {
        writer.WriteStartObject();
        writer.WriteString("title", options.Title);
        writer.WriteBoolean("readOnly", options.ReadOnly);
        writer.WriteNumber("interval", options.Interval.TotalSeconds);
        writer.WriteNumber("pid", Environment.ProcessId);
        writer.WriteString("machine", Environment.MachineName);
        writer.WriteString("started", _started);
        writer.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        if (user is not null)
        {
            writer.WriteString("user", user);
        }

        writer.WriteEndObject();
    }

    private static DateTime StartOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}
