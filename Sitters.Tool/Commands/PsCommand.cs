using System.CommandLine;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>sitters ps: all processes, or the calls of one.</summary>
internal static class PsCommand
{
    public static Command Create()
    {
        var command = new Command("ps", "List the processes that can be reached, or the calls of one of them")
        {
            CommonOptions.OptionalPid,
        };
        CommonOptions.AddSelectors(command);
        return command;
    }

    public static int Run(Invocation invocation)
    {
        if (!invocation.HasPid)
        {
            if (!CommonOptions.Selectors(invocation.Line).AreNone)
            {
                throw new ToolException(ExitCode.Usage, "usage",
                    "Calls are chosen of one process: name it, as in `sitters ps PID --method \"Shop.*\"`.");
            }

            return ProcessList.Show(invocation);
        }

        using var connection = invocation.Connect();
        var table = new CallTable(invocation.Terminal);
        return CallList.Show(invocation, connection, "ps", table.Add, table.Flush);
    }
}
