namespace Sitters.Tool;

/// <summary>A command can't be carried out, and the message says why, and what to do.</summary>
internal sealed class ToolException(int exitCode, string code, string message) : Exception(message)
{
    /// <summary>How the tool ends.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The reason in a word, for scripts.</summary>
    public string Code { get; } = code;
}
