using CliWrap;
using CliWrap.Buffered;

namespace Tests.Packages;

/// <summary>The dotnet command, as a user types it in a folder.</summary>
internal static class Dotnet
{
    // The test run is itself a child of MSBuild, which points its own children at its own files.
    private static readonly Dictionary<string, string?> _plainEnvironment = new()
    {
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
        ["MSBuildLoadMicrosoftTargetsReadOnly"] = null,
        ["VSTestLogger"] = null,
        ["VSTestResultsDirectory"] = null,
        // What is known of vulnerabilities changes while the sources stay as they are; the build of the solution asks for it.
        ["NuGetAudit"] = "false",
        // More package folders, in which a package would be found that no source has.
        ["NUGET_FALLBACK_PACKAGES"] = null,
        ["MSBUILDDISABLENODEREUSE"] = "1",
        // As on most machines: a compiler that stays makes three builds of one.
        ["UseSharedCompilation"] = null,
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
    };

    public static async Task<Output> In(string folder, string[] arguments, string? packagesFolder = null)
    {
        var result = await Command(folder, arguments, packagesFolder).ExecuteBufferedAsync();
        return new Output($"dotnet {string.Join(' ', arguments)}", result.ExitCode, result.StandardOutput + result.StandardError);
    }

    public static Command Command(string folder, string[] arguments, string? packagesFolder = null)
    {
        var environment = new Dictionary<string, string?>(_plainEnvironment);
        if (packagesFolder is not null)
        {
            environment["NUGET_PACKAGES"] = packagesFolder;
        }

        return Cli.Wrap(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
            .WithWorkingDirectory(folder)
            .WithArguments(arguments)
            .WithEnvironmentVariables(environment)
            .WithValidation(CommandResultValidation.None);
    }
}
