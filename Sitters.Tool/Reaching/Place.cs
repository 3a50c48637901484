namespace Sitters.Tool.Reaching;

/// <summary>Where the sockets of a process are.</summary>
internal sealed class Place(int pid, string tempFolder)
{
    private readonly List<(string Folder, int Pid)> _folders = [(tempFolder, pid)];

    public int Pid => pid;

    public string TempFolder => tempFolder;

    /// <summary>The folders to look in, and the number that the process has there.</summary>
    public IReadOnlyList<(string Folder, int Pid)> Folders => _folders;

    /// <summary>
    /// Why a socket that is named like the process's was passed over. Anybody can put one there, which must not keep others from the real
    /// one.
    /// </summary>
    public ToolException? PassedOver { get; set; }

    public IEnumerable<string> Sockets =>
        _folders.SelectMany(place => SocketFiles.Sitters(place.Folder, place.Pid)).Select(found => found.Path);

    /// <summary>The newest: a process that was killed leaves its port behind, and its number is used again.</summary>
    public string? DiagnosticPort
    {
        get
        {
            var ports = _folders.SelectMany(place => SocketFiles.DiagnosticPorts(place.Folder, place.Pid)).Select(found => found.Path);
            // A pipe of Windows goes with its process, and must not be touched to be asked for its time.
            return OperatingSystem.IsWindows() ? ports.FirstOrDefault() : ports.MaxBy(File.GetLastWriteTimeUtc);
        }
    }

    /// <summary>Looks also where the process itself has its sockets, by another TMPDIR or in a container.</summary>
    public void LookElsewhere()
    {
        if (ProcFile.IsThere && Theirs(new ProcFile(pid)) is { } theirs && !_folders.Contains(theirs))
        {
            _folders.Add(theirs);
        }
    }

    /// <summary>The folder of the sockets as the process names it.</summary>
    public static string TempFolderOf(ProcFile process) => process.Variable("TMPDIR") is { Length: > 0 } folder ? folder : "/tmp";

    private (string Folder, int Pid)? Theirs(ProcFile process)
    {
        if (!process.IsEnvironmentReadable)
        {
            return null;
        }

        var folder = TempFolderOf(process);
        if (process.HasOtherFiles)
        {
            return (process.Root + folder, process.InnerPid);
        }

        return Path.GetFullPath(folder).TrimEnd('/') == Path.GetFullPath(tempFolder).TrimEnd('/') ? null : (folder, process.InnerPid);
    }
}
