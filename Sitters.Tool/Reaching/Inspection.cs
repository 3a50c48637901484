using System.Text.RegularExpressions;

namespace Sitters.Tool.Reaching;

/// <summary>What kind of program runs in a process.</summary>
internal enum ProgramKind
{
    Other,
    Managed,
    Native,
}

/// <summary>Whether Sitters is in a process.</summary>
internal enum Presence
{
    Unknown,
    None,

    /// <summary>It lies beside the program's assemblies, and was not needed so far.</summary>
    InFolder,
    Loaded,
}

/// <summary>Looks at a process from outside, by the files that it has mapped.</summary>
internal static class Inspection
{
    private const string Assembly = "Sitters.Runtime.dll";

    public static ProgramKind KindOf(ProcFile process)
    {
        if (RuntimeOf(process) is not null)
        {
            return ProgramKind.Managed;
        }

        // The runtime is part of the executable then, and exports what debuggers look for.
        return Exports(process, "DotNetRuntimeInfo"u8) ? ProgramKind.Managed
            : Exports(process, "DotNetRuntimeDebugHeader"u8) ? ProgramKind.Native
            : ProgramKind.Other;
    }

    /// <summary>The runtime's version by the folder that it lies in; null where it lies elsewhere.</summary>
    public static string? RuntimeVersion(ProcFile process)
    {
        var folders = RuntimeOf(process)?.Split('/') ?? [];
        return folders.Length >= 3 && folders[^3] == "Microsoft.NETCore.App" ? folders[^2] : null;
    }

    public static Presence SittersIn(ProcFile process)
    {
        if (RuntimeOf(process) is not { } runtime || process.MappedFiles is not { } files)
        {
            return Presence.Unknown;
        }

        if (files.Any(file => Path.GetFileName(file) == Assembly))
        {
            return Presence.Loaded;
        }

        var folders = FoldersOf(process, runtime, files);
        return folders.Any(folder => File.Exists(Path.Combine(folder, Assembly))) ? Presence.InFolder
            : folders.Length > 0 ? Presence.None
            : Presence.Unknown;
    }

    /// <summary>Whether an option of the program's runtimeconfig.json is false.</summary>
    public static bool IsOff(ProcFile process, string option)
    {
        if (RuntimeOf(process) is not { } runtime || process.MappedFiles is not { } files || process.Name is not { } name)
        {
            return false;
        }

        try
        {
            return FoldersOf(process, runtime, files).Select(folder => Path.Combine(folder, $"{name}.runtimeconfig.json"))
                .Where(File.Exists)
                .Any(file => Regex.IsMatch(File.ReadAllText(file), $"\"{Regex.Escape(option)}\"\\s*:\\s*\"?false"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The folders of the program's own assemblies, as seen from here.</summary>
    private static string[] FoldersOf(ProcFile process, string runtime, IReadOnlySet<string> files)
    {
        var shared = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(runtime))) + "/";
        return [.. files
            .Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !file.StartsWith(shared, StringComparison.Ordinal))
            .Select(file => (process.HasOtherFiles ? process.Root : "") + Path.GetDirectoryName(file)).Distinct()];
    }

    private static string? RuntimeOf(ProcFile process) =>
        process.MappedFiles?.FirstOrDefault(file => Path.GetFileName(file) == "libcoreclr.so");

    private static bool Exports(ProcFile process, ReadOnlySpan<byte> name)
    {
        try
        {
            using var file = File.OpenRead(process.ExecutablePath);
            var buffer = new byte[256 * 1024];
            var kept = 0;
            while (file.Read(buffer, kept, buffer.Length - kept) is > 0 and var read)
            {
                var filled = buffer.AsSpan(0, kept + read);
                if (filled.IndexOf(name) >= 0)
                {
                    return true;
                }

                kept = Math.Min(name.Length - 1, filled.Length);
                filled[^kept..].CopyTo(buffer);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Not ours to read: it can't be told.
        }

        return false;
    }
}
