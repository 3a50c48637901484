using System.Globalization;
using System.Text;

namespace Sitters.Tool.Reaching;

/// <summary>What Linux tells of a process under /proc. Whatever may not be read is null.</summary>
internal sealed class ProcFile(int pid)
{
    private string? _status;
    private byte[]? _environment;

    public static bool IsThere { get; } = OperatingSystem.IsLinux();

    private string Folder => $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}";

    public bool Exists => Directory.Exists(Folder);

    /// <summary>The number of the user that it runs as.</summary>
    public uint? User => uint.TryParse(Status("Uid:")?.Split('\t')[0], CultureInfo.InvariantCulture, out var user) ? user : null;

    public bool IsStopped => Status("State:") is ['T' or 't', ..];

    public bool IsZombie => Status("State:") is ['Z' or 'X', ..];

    /// <summary>Its number in its own container, where it has one.</summary>
    public int InnerPid => int.TryParse(Status("NSpid:")?.Split('\t')[^1], CultureInfo.InvariantCulture, out var inner) ? inner : pid;

    /// <summary>Whether it sees other files than this process.</summary>
    public bool HasOtherFiles => Link("ns/mnt") is { } theirs && theirs != new ProcFile(Environment.ProcessId).Link("ns/mnt");

    /// <summary>Its root folder as seen from here.</summary>
    public string Root => $"{Folder}/root";

    public string? Executable => Link("exe");

    public string ExecutablePath => $"{Folder}/exe";

    public bool IsEnvironmentReadable => Environ is not null;

    /// <summary>The files that it has mapped, its assemblies among them.</summary>
    public IReadOnlySet<string>? MappedFiles => TryRead(() => File.ReadLines($"{Folder}/maps")
        .Select(line => line.IndexOf('/') is > 0 and var start ? line[start..] : "")
        .ToHashSet(StringComparer.Ordinal));

    /// <summary>The program as a user would name it: an assembly that the host runs, or the executable.</summary>
    public string? Name
    {
        get
        {
            var words = TryRead(() => Encoding.UTF8.GetString(File.ReadAllBytes($"{Folder}/cmdline")).Split('\0'));
            if (words is null or [] or [""] or ["", ..])
            {
                return TryRead(() => File.ReadAllText($"{Folder}/comm").Trim());
            }

            var host = Path.GetFileName(Executable ?? words[0]);
            var assembly = words.Skip(1).FirstOrDefault(word => word.EndsWith(".dll", StringComparison.OrdinalIgnoreCase));
            return host != "dotnet" || assembly is null ? host : Path.GetFileNameWithoutExtension(assembly);
        }
    }

    private byte[]? Environ => _environment ??= TryRead(() => File.ReadAllBytes($"{Folder}/environ"));

    /// <summary>A variable of the environment that it was started with.</summary>
    public string? Variable(string name)
    {
        foreach (var entry in Encoding.UTF8.GetString(Environ ?? []).Split('\0'))
        {
            if (entry.Length > name.Length && entry[name.Length] == '=' && entry.StartsWith(name, StringComparison.Ordinal))
            {
                return entry[(name.Length + 1)..];
            }
        }

        return null;
    }

    private static T? TryRead<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or is not ours.
            return null;
        }
    }

    private string? Link(string name) => TryRead(() => new FileInfo($"{Folder}/{name}").LinkTarget!);

    private string? Status(string key)
    {
        _status ??= TryRead(() => File.ReadAllText($"{Folder}/status")) ?? "";
        var start = _status.StartsWith(key, StringComparison.Ordinal) ? 0 : _status.IndexOf("\n" + key, StringComparison.Ordinal) + 1;
        if (start == 0 && !_status.StartsWith(key, StringComparison.Ordinal))
        {
            return null;
        }

        var end = _status.IndexOf('\n', start);
        return _status[(start + key.Length)..(end < 0 ? _status.Length : end)].Trim();
    }
}
