using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;

namespace Tests.Storms;

/// <summary>The program of TestAssets/Storm in a process of its own.</summary>
internal sealed class StormProgram : IAsyncDisposable
{
    private static readonly string _path = Path.Combine(
        Path.GetFullPath(typeof(StormProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Storm").Value!),
        "Storm");

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    /// <summary>How long it may say nothing: it storms, and does its books, for which it has a limit of its own.</summary>
    private readonly TimeSpan _patience;

    public StormProgram(double seconds, int seed, string settings)
    {
        _patience = TimeSpan.FromSeconds(seconds + 180);
        _process = Process.Start(new ProcessStartInfo(_path, [seconds.ToString(CultureInfo.InvariantCulture), $"{seed}", settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, data) => _errors.AppendLine(data.Data);
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Errors => _errors.ToString();

    /// <summary>One storm, with what comes from outside.</summary>
    /// <returns>The books.</returns>
    public async Task<JsonObject> Weather(Disturbance disturbance)
    {
        await Until("begins");
        using var calm = new CancellationTokenSource();
        var disturbing = disturbance.Run(calm.Token);
        try
        {
            await Until("calms");
        }
        finally
        {
            await calm.CancelAsync();
            await disturbing;
        }

        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        return await Until("closes");
    }

    public async Task<int> End()
    {
        using var limit = new CancellationTokenSource(_patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.EndAsync();
    }

    private async Task<JsonObject> Until(string what)
    {
        using var limit = new CancellationTokenSource(_patience);
        if (await _process.StandardOutput.ReadLineAsync(limit.Token) is not { } line)
        {
            throw new AssertionException($"The program ended before it {what}.\n{Errors}");
        }

        var said = JsonNode.Parse(line)!.AsObject();
        Assert.That(said["says"]!.GetValue<string>(), Is.EqualTo(what));
        return said;
    }
}
