using Sitters.Tool.Commands;

namespace Sitters.Tool;

internal static class Program
{
    private static int Main(string[] args)
    {
        var terminal = Terminal.OfThisProcess();
        try
        {
            return CommandLine.Run(args, terminal);
        }
        finally
        {
            terminal.Output.Flush();
        }
    }
}
