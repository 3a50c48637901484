using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace Tests.Remote;

/// <summary>Knocks on a process, through the runtime's diagnostics port.</summary>
internal static class Knocking
{
    private const string Provider = "Sitters";

    /// <summary>As the tool does.</summary>
    public static void Knock(int process) => Knock(process, Arguments());

    /// <summary>A session that begins with these arguments, and ends.</summary>
    public static void Knock(int process, IDictionary<string, string> arguments)
    {
        using var session = Begin(process, arguments);
        session.Stop();
    }

    public static EventPipeSession Begin(int process, IDictionary<string, string> arguments) => new DiagnosticsClient(process).StartEventPipeSession(
        [new EventPipeProvider(Provider, EventLevel.Informational, 0, arguments)], requestRundown: false, circularBufferMB: 1);

    /// <summary>Those of a knock, valid for some seconds from now.</summary>
    public static Dictionary<string, string> Arguments(string version = "1", int seconds = 60, string id = "0123abcd") => new()
    {
        ["v"] = version,
        ["until"] = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["id"] = id,
    };
}
