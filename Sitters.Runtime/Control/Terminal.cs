namespace Sitters.Runtime.Control;

/// <summary>Tells a SIGHUP because the terminal has closed from one that somebody has sent.</summary>
internal static class Terminal
{
    /// <summary>Whatever terminal controls the process, by the name that POSIX gives it.</summary>
    private const string Path = "/dev/tty";

    private static volatile bool _wasThere;

    /// <summary>Remembers whether the process has a terminal.</summary>
    public static void Note() => _wasThere = IsThere();

    /// <summary>Whether the process had a terminal, and has none any more.</summary>
    public static bool HasClosed => _wasThere && !IsThere();

    private static bool IsThere()
    {
        try
        {
            // Shared, so that nothing is locked. Without a terminal, or with one that was hung up, it cannot be opened.
            using var terminal = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
