using System.Diagnostics;
using System.Reflection;
using Tests.Signals;

namespace Tests.Applications;

/// <summary>One of the applications, running: what it says is read line by line, and only giving up depends on time.</summary>
internal sealed class Application : IAsyncDisposable
{
    /// <summary>How long one may say nothing before it counts as hanging, however busy the machine.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly CancellationTokenSource _outOfPatience = new();
    private int _seen;

    private Application(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, data) => Errors.Add(data.Data ?? "");
        _process.BeginErrorReadLine();
    }

    public List<string> Errors { get; } = [];

    public IReadOnlyList<string> Lines => _lines;

    public int Id => _process.Id;

    public static Application Start(string name, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var path = PathOf(name);
        var start = new ProcessStartInfo(path, arguments) { WorkingDirectory = Path.GetDirectoryName(path) };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        return new Application(start);
    }

    /// <returns>The file that starts it.</returns>
    public static string PathOf(string name) => Path.GetFullPath(
        typeof(Application).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == name).Value!);

    public void Send(Signal signal) => signal.Send(_process.Id);

    /// <summary>Cancels calls of some methods as an operator does, as soon as there is one.</summary>
    public async Task Cancel(string methods)
    {
        const int Done = 0;
        const int NothingMatched = 1;
        var code = NothingMatched;
        while (code == NothingMatched)
        {
            using var tool = Process.Start("dotnet", [PathOf("Tool"), "cancel", $"{Id}", "--method", methods, "--yes"]);
            await tool.WaitForExitAsync();
            code = tool.ExitCode;
        }

        Assert.That(code, Is.EqualTo(Done));
    }

    /// <summary>Waits for the next line that contains a text.</summary>
    public async Task<string> Until(string text)
    {
        while (true)
        {
            for (; _seen < _lines.Count; _seen++)
            {
                if (_lines[_seen].Contains(text, StringComparison.Ordinal))
                {
                    return _lines[_seen++];
                }
            }

            if (!await Read())
            {
                throw new AssertionException($"The application ended before it said '{text}'.\n{this}");
            }
        }
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> Exit()
    {
        while (await Read())
        {
        }

        await _process.WaitForExitAsync(_outOfPatience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _outOfPatience.Dispose();
    }

    public override string ToString() => $"It said:\n{string.Join('\n', _lines)}\n{string.Join('\n', Errors)}";

    private async Task<bool> Read()
    {
        _outOfPatience.CancelAfter(_patience);
        try
        {
            if (await _process.StandardOutput.ReadLineAsync(_outOfPatience.Token) is not { } line)
            {
                return false;
            }

            _lines.Add(line);
            return true;
        }
        catch (OperationCanceledException)
        {
            throw new AssertionException($"The application says nothing more.\n{this}");
        }
    }
}
