namespace Sitters.Tool;

/// <summary>What a script learns from the end of a command.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>No call matched, or the user did not want it after all.</summary>
    public const int NothingMatched = 1;

    public const int NotReached = 2;

    public const int NotInTime = 3;

    /// <summary>The command line is wrong (EX_USAGE of sysexits.h): none of the codes that say how a right one went.</summary>
    public const int Usage = 64;

    /// <summary>A fault in the tool itself (EX_SOFTWARE).</summary>
    public const int Fault = 70;
}
