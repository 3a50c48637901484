using System.CommandLine.Completions;
using System.Globalization;
using System.Net.Sockets;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>What a shell offers after the tab key. Nobody waits long for it, and nothing is knocked at for it.</summary>
internal static class Completions
{
    private const int Most = 200;

    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(300);

    /// <summary>The shell's own temporary folder.</summary>
    private static string TempFolder => Path.GetTempPath();

    public static IEnumerable<CompletionItem> Pids(CompletionContext context)
    {
        _ = context;
        return Targets.All(TempFolder)
            .Select(pid => new CompletionItem(pid.ToString(CultureInfo.InvariantCulture), detail: Targets.NameOf(pid)));
    }

    public static IEnumerable<CompletionItem> Calls(CompletionContext context)
    {
        var ids = new List<CompletionItem>();
        var line = context.ParseResult;
        if (int.TryParse(line.GetValue(CommonOptions.Pid) ?? line.GetValue(CommonOptions.OptionalPid), out var pid))
        {
            try
            {
                using var connection = Reach.TryConnect(new Place(pid, TempFolder), _patience, out _);
                connection?.Ask(new Request("ps") { Limit = Most }, item =>
                {
                    if (item.Member("call") is { } call)
                    {
                        var row = CallRow.Of(call);
                        ids.Add(new CompletionItem(row.ShortId, detail: row.Method));
                    }
                });
            }
            catch (Exception failure) when (failure is ToolException or SocketException)
            {
                // A command line is completed without it; the command itself will say why.
            }
        }

        return ids;
    }
}
