namespace Sitters.Runtime.Control;

/// <summary>Tells a SIGHUP because the terminal has closed from one that somebody has sent.</summary>
internal static class Terminal
{
    /// <summary>Whatever terminal controls the process, by the name that POSIX gives it.</summary>
    private const string Path = "/dev/tty";

    /// <summary>Where Linux says what it knows of the process.</summary>
    private const string Status = "/proc/self/stat";

    private static volatile bool _wasThere;

    /// <summary>Remembers whether the process has a terminal.</summary>
    public static void Note() => _wasThere = IsThere();

    /// <summary>Whether the process had a terminal, and has none any more.</summary>
    public static bool HasClosed => _wasThere && !IsThere();

    private static bool IsThere()
    {
        try
        {
            // Asked first, since to open a terminal that is not there throws: most of what a process without one would take to start.
            return File.Exists(Status) ? IsIn(File.ReadAllBytes(Status)) : CanBeOpened();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool CanBeOpened()
    {
        // Shared, so that nothing is locked. Without a terminal, or with one that was hung up, it cannot be opened.
        using var terminal = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        return true;
    }

    /// <summary>The fifth word after the program's name, which is in brackets and may be anything, is the terminal's number; 0 is none.</summary>
    private static bool IsIn(byte[] status)
    {
        var place = status.Length - 1;
        while (status[place] != ')')
        {
            place--;
        }

        for (var words = 0; words < 5; place++)
        {
            words += status[place] == ' ' ? 1 : 0;
        }

        return status[place] != '0';
    }
}
