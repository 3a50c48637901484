using System.CommandLine;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>sitters tree: the calls of a process, and the methods that each of them is in.</summary>
internal static class TreeCommand
{
    public static Command Create()
    {
        var command = new Command("tree", "Show the calls of a process, the helpers in them, and where each of them waits")
        {
            CommonOptions.Pid,
        };
        CommonOptions.AddSelectors(command);
        return command;
    }

    public static int Run(Invocation invocation)
    {
        using var connection = invocation.Connect();
        var tree = new CallTree(invocation.Terminal);
        return CallList.Show(invocation, connection, "tree", tree.Add, () => { });
    }
}
