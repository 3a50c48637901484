using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace Tests.Remote;

/// <summary>Knocks on a process, through the runtime's diagnostics port.</summary>
internal static class Knocking
{
    private const string Provider = "Sitters";

    /// <summary>As the tool does: the session lasts until there is an answer, since the process may have begun only just now.</summary>
    /// <returns>The socket.</returns>
    public static async Task<string> Knock(int process)
    {
        using var session = Begin(process, Arguments());
        var file = await Channel.FileOf(process);
        session.Stop();
        return file;
    }

    /// <summary>A session that begins with these arguments, and ends.</summary>
    public static void Visit(int process, IDictionary<string, string> arguments)
    {
        using var session = Begin(process, arguments);
        session.Stop();
    }

    public static EventPipeSession Begin(int process, IDictionary<string, string> arguments) => new DiagnosticsClient(process).StartEventPipeSession(
        [new EventPipeProvider(Provider, EventLevel.Informational, 0, arguments)], requestRundown: false, circularBufferMB: 1);

    /// <summary>The same where the process has a folder for temporary files of its own, in which its port is.</summary>
    public static async Task VisitIn(string folder, int process, IDictionary<string, string> arguments)
    {
        var port = Directory.GetFiles(folder, $"dotnet-diagnostic-{process}-*").Single();
        await using var connector = await DiagnosticsClientConnector.FromDiagnosticPort($"{port},connect", CancellationToken.None);
        using var session = connector.Instance.StartEventPipeSession(
            [new EventPipeProvider(Provider, EventLevel.Informational, 0, arguments)], requestRundown: false, circularBufferMB: 1);
        session.Stop();
    }

    /// <summary>Those of a knock, valid for some seconds from now.</summary>
    public static Dictionary<string, string> Arguments(string version = "1", int seconds = 60, string id = "0123abcd") => new()
    {
        ["v"] = version,
        ["until"] = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["id"] = id,
    };
}
