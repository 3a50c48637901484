using System.Diagnostics;

namespace Tests.Models;

/// <summary>The model checker: it writes a search in C for a model, which is compiled and run.</summary>
internal static class Spin
{
    /// <summary>Not optimized: to compile it so takes longer than it saves.</summary>
    private static readonly string[] _search =
        ["-O0", "-w", "-DSAFETY", "-DNOCLAIM", "-DCOLLAPSE", "-DMEMLIM=2000", "-o", "search", "pan.c"];

    public static void IgnoreWithoutIt()
    {
        if (!IsInstalled("spin") || !IsInstalled("gcc"))
        {
            Assert.Ignore("The models are checked by spin, whose searches gcc compiles: apt-get install spin gcc libc6-dev.");
        }
    }

    public static async Task<string> Check(string folder, string file, IEnumerable<string> definitions)
    {
        await Run(folder, "spin", [.. definitions.Select(name => "-D" + name), "-a", file]);
        await Run(folder, "gcc", _search);

        // An assertion at the end says what is wrong with it; that threads then wait for nothing is not. So deep that no path is cut off.
        return await Run(folder, Path.Combine(folder, "search"), ["-E", "-m1000000", "-w20"]);
    }

    private static async Task<string> Run(string folder, string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new AssertionException($"{program} failed.\n{output}");
    }

    private static bool IsInstalled(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
