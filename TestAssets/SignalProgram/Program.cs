using Sitters;

namespace SignalProgram;

/// <summary>Runs the calls that its arguments name, and ends with them.</summary>
internal static class Program
{
    public static readonly AsyncLocal<string?> Caller = new();

    public static async Task Run(string[] args)
    {
        Settings.Read(args);
        Commands.Listen();
        Environment.ExitCode = Settings.Number("exit");
        Sitter.HookFailed += (_, failure) =>
        {
            Events.Say($"hook failed: {failure.Message}");
            if (Settings.Has("fail", "observer"))
            {
                throw new InvalidOperationException("the observer failed");
            }
        };

        Sitter.ControlExecuted += executed =>
        {
            if (Settings.Has("hang-after", executed.Verb.ToString()))
            {
                Events.Mark($"hangs after {executed.Verb}");
                Thread.Sleep(Timeout.Infinite);
            }
        };

        Handlers.Register("before");
        if (Settings.Has("listen"))
        {
            Sitter.ListenToSignals();
        }

        if (Settings.Has("forbid", "tool"))
        {
            // As the application's project does, before anything asks.
            AppContext.SetSwitch("Sitters.Tool", false);
        }

        if (Settings.Has("forbid", "events"))
        {
            AppContext.SetSwitch("System.Diagnostics.Tracing.EventSource.IsSupported", false);
        }

        if (Settings.Has("tool"))
        {
            ListenForTool();
        }

        Caller.Value = "its caller";
        var calls = Task.WhenAll(Settings.Calls.Select(Calls.Run));
        Handlers.Register("after");
        Events.Mark("ready");
        await calls;
        if (Settings.Has("stay"))
        {
            await Gates.Wait("end");
        }

        if (Settings.Number("exit-at-end") is var code and > 0)
        {
            Environment.ExitCode = code;
        }

        Events.Mark("end");
    }

    private static void ListenForTool()
    {
        try
        {
            Sitter.ListenForTool();
            Events.Say("can be reached");
        }
        catch (Exception refusal)
        {
            Events.Say($"{refusal.GetType().Name}: {refusal.Message}");
        }
    }

    // Without a number of its own, so that Environment.ExitCode says how the program ended.
    private static Task Main(string[] args) => Run(args);
}
