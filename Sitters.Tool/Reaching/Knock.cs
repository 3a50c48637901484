using System.Diagnostics.Tracing;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Diagnostics.NETCore.Client;
using Arguments = System.Collections.Generic.Dictionary<string, string>;

namespace Sitters.Tool.Reaching;

/// <summary>Asks a process to open its socket: a session at its diagnostics port, whose arguments are the request.</summary>
/// <remarks>
/// It runs on a thread of its own, since a process that hangs would make the port's client hang too. The session ends once the socket is
/// there: a process has only 64 of them.
/// </remarks>
internal sealed class Knock : IDisposable
{
    private static readonly TimeSpan _end = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _session;

    private Knock(int pid, string port, TimeSpan patience) => _session = Task.Run(() => Hold(pid, port, patience));

    /// <summary>Whether the port has taken the request.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Why the port has refused, if it has.</summary>
    public Exception? Failure => _session.Exception?.InnerException;

    public static Knock At(int pid, string port, TimeSpan patience) => new(pid, port, patience);

    public void Dispose()
    {
        _over.Cancel();
        try
        {
            // Whether the session could be ended in time or not, this process is done with it.
            _session.Wait(_end);
        }
        catch (AggregateException)
        {
            // Told by Failure.
        }
    }

    private static EventPipeProvider Request(TimeSpan patience) => new("Sitters", EventLevel.Informational, 0, new Arguments
    {
        ["v"] = "1",
        ["until"] = DateTimeOffset.UtcNow.Add(patience).AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["id"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(8)),
    });

    private async Task Hold(int pid, string port, TimeSpan patience)
    {
        using var tooLong = new CancellationTokenSource(patience + _end);
        await using var connector = OperatingSystem.IsWindows() || port.Contains(',')
            ? null
            : await DiagnosticsClientConnector.FromDiagnosticPort($"{port},connect", tooLong.Token);
        var client = connector?.Instance ?? new DiagnosticsClient(pid);
        using var session = await client.StartEventPipeSessionAsync(
            [Request(patience)], requestRundown: false, circularBufferMB: 1, tooLong.Token);
        IsTaken = true;
        await Task.Delay(Timeout.Infinite, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await session.StopAsync(tooLong.Token);
    }
}
