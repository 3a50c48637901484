using System.Text.Json.Nodes;
using Sitters.Tool;
using Sitters.Tool.Commands;

namespace Tests.Tool;

/// <summary>A command that was run: how it ended, and what it said.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>Runs a command with its output in a file.</summary>
    public static ToolRun Of(string folder, params string[] args) => Of(folder, Terminal.Uncut, null, args);

    /// <summary>Runs a command on a terminal of that width, at which somebody gives an answer to a question.</summary>
    public static ToolRun Of(string folder, int width, string? reply, params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Run(args, new Terminal
        {
            Output = output,
            Error = error,
            TempFolder = folder,
            User = "ann",
            Width = width,
            IsInteractive = width != Terminal.Uncut,
            CanAsk = reply is not null,
            ReadLine = () => reply,
        });
        return new ToolRun(code, output.ToString(), error.ToString());
    }
}
