using System.Diagnostics;

namespace Samples.Tour;

/// <summary>The tool <c>sitters</c>, used on a running example: what is typed, and what has to be in its answer.</summary>
/// <param name="Arguments">Those of its command line; PID stands for the example's process.</param>
/// <param name="Shows">Parts of the answer, in any order.</param>
internal sealed record ToolCommand(string Arguments, params string[] Shows)
{
    /// <summary>The exit code; 0 for done, 3 for not in time.</summary>
    public int ExitCode { get; init; }

    /// <summary>As it would be typed where the tool is installed.</summary>
    public string Describe(int process) => $"sitters {Arguments.Replace("PID", $"{process}", StringComparison.Ordinal)}";

    /// <summary>Runs the tool that was built beside the samples.</summary>
    public async Task<(IReadOnlyList<string> Answer, int ExitCode)> Run(int process)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "sitters", "Sitters.Tool.dll");
        var start = new ProcessStartInfo("dotnet", [tool, .. Words(process)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var running = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var errors = running.StandardError.ReadToEndAsync();
        var output = await running.StandardOutput.ReadToEndAsync();
        await running.WaitForExitAsync();
        return ([.. (output + await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())], running.ExitCode);
    }

    /// <summary>What stands in quotes is one word.</summary>
    private IEnumerable<string> Words(int process) => Arguments
        .Split('"')
        .SelectMany((part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(word => word == "PID" ? $"{process}" : word);
}
