namespace Sitters.Runtime.Remote;

/// <summary>How the files of the channel are named: whoever looks for a process finds it by its number, and nobody guesses the rest.</summary>
internal static class SocketNames
{
    public const string Ending = ".socket";

    /// <summary>The socket's name while it is being made.</summary>
    public const string Hidden = "s";

    private const string Beginning = "sitters-";
    private const int RandomDigits = 16;

    /// <summary>Any of them, made or being made.</summary>
    public const string Pattern = Beginning + "*";

    public static string New() => $"{Beginning}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..RandomDigits]}";

    /// <summary>Whether it is a name of ours, with or without its ending: nobody else's file is to be touched.</summary>
    public static bool IsOurs(string file)
    {
        if (!file.StartsWith(Beginning, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = (file.EndsWith(Ending, StringComparison.Ordinal) ? file[..^Ending.Length] : file)[Beginning.Length..].Split('-');
        return parts is [{ Length: > 0 } process, { Length: RandomDigits } random]
            && process.All(char.IsAsciiDigit)
            && random.All(char.IsAsciiHexDigitLower);
    }
}
