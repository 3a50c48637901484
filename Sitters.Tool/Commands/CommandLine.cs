using System.CommandLine;
using System.CommandLine.Invocation;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>The whole command line.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, Terminal terminal)
    {
        // A reason may begin with @, which names no file here.
        var line = Build(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (line.Action is ParseErrorAction mistake)
        {
            mistake.ShowHelp = false;
        }

        var code = line.Invoke(new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
        return line.Action is ParseErrorAction ? ExitCode.Usage : code;
    }

    private static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("Shows the sat calls of a running .NET process, where each of them waits, and steers them.")
        {
            HelpName = "sitters",
        };

        root.Add(CommonOptions.Format);
        foreach (var (command, run) in All())
        {
            command.SetAction(line => Run(new Invocation(line, terminal), run));
            root.Add(command);
        }

        root.Add(CompletionCommand.Create(terminal));
        return root;
    }

    private static IEnumerable<(Command Command, Func<Invocation, int> Run)> All()
    {
        yield return (PsCommand.Create(), PsCommand.Run);
        yield return (TreeCommand.Create(), TreeCommand.Run);
        yield return (WatchCommand.Create(), WatchCommand.Run);
        yield return (VerbCommand.Create(Verb.Pause), invocation => VerbCommand.Run(invocation, Verb.Pause));
        yield return (VerbCommand.Create(Verb.Resume), invocation => VerbCommand.Run(invocation, Verb.Resume));
        yield return (VerbCommand.Create(Verb.Restart), invocation => VerbCommand.Run(invocation, Verb.Restart));
        yield return (VerbCommand.Create(Verb.Cancel), invocation => VerbCommand.Run(invocation, Verb.Cancel));
        yield return (ConfigCommand.Create(), ConfigCommand.Run);
        yield return (LogCommand.Create(), LogCommand.Run);
    }

    private static int Run(Invocation invocation, Func<Invocation, int> run)
    {
        try
        {
            return run(invocation);
        }
        catch (ToolException failure)
        {
            invocation.Json?.Fail(failure);
            invocation.Terminal.Output.Flush();
            invocation.Terminal.Error.WriteLine(Fit.Harmless(failure.Message));
            return failure.ExitCode;
        }
        catch (Exception fault)
        {
            // With all that helps to find it, and a code that no script takes for an answer.
            invocation.Json?.Fail(new ToolException(ExitCode.Fault, "fault", fault.Message));
            invocation.Terminal.Output.Flush();
            invocation.Terminal.Error.WriteLine($"A fault in sitters itself, which is to be reported: {Fit.Harmless(fault.ToString())}");
            return ExitCode.Fault;
        }
    }
}
