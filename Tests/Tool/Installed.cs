using System.Diagnostics;
using System.Reflection;

namespace Tests.Tool;

/// <summary>The tool as a process of its own.</summary>
internal static class Installed
{
    public static string Folder { get; } =
        Path.GetFullPath(typeof(Installed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Tool").Value!);

    /// <summary>A copy of it beside Sitters.Runtime, where the tests are.</summary>
    public static string BesideSitters { get; } = Path.Combine(AppContext.BaseDirectory, "Sitters.Tool.dll");

    public static string Assembly { get; } = Path.Combine(Folder, "Sitters.Tool.dll");

    /// <summary>Starts it with a temporary folder of its own. It is ended with the test.</summary>
    public static ProcessGuard Start(string assembly, string tempFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = tempFolder;
        var process = Process.Start(start)!;
        Assert.That(process.StandardOutput.ReadLine(), Is.Not.Null, "It says something once it runs.");
        return new ProcessGuard(process);
    }

    /// <summary>Runs a script in bash, in which <c>sitters</c> is the tool.</summary>
    public static string Bash(string tempFolder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"sitters() {{ dotnet '{Assembly}' \"$@\"; }}\n{script}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = tempFolder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(error.Result, Is.Empty);
        return output;
    }
}
