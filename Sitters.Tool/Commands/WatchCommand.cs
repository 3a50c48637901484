using System.CommandLine;
using System.Runtime.InteropServices;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;
using Sitters.Tool.Watching;

namespace Sitters.Tool.Commands;

/// <summary>sitters watch: the calls of a process, live.</summary>
internal static class WatchCommand
{
    private static readonly Option<TimeSpan?> _interval = CommonOptions.Duration("--interval", "How often it looks (1s by default)");

    private static readonly Option<bool> _once = new("--once") { Description = "Look once, as a table" };

    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan _breath = TimeSpan.FromMilliseconds(25);

    static WatchCommand() => _interval.Validators.Add(static result =>
    {
        if (result.GetValueOrDefault<TimeSpan?>() > _longest)
        {
            result.AddError("A screen that looks less often than once a day shows nothing of today: --interval is one day at most.");
        }
    });

    public static Command Create()
    {
        var command = new Command("watch", "Watch the calls of a process, and steer those that are marked") { CommonOptions.Pid };
        CommonOptions.AddSelectors(command);
        command.Add(VerbOptions.As);
        command.Add(_interval);
        command.Add(_once);
        return command;
    }

    public static int Run(Invocation invocation)
    {
        var interval = invocation.Line.GetValue(_interval) ?? _usual;
        interval = interval < _shortest ? _shortest : interval;
        var terminal = invocation.Terminal;
        var isOnce = invocation.Line.GetValue(_once);
        if (isOnce || invocation.IsJson || !terminal.IsInteractive || !terminal.CanAsk)
        {
            return WatchTables.Run(invocation, interval, isOnce);
        }

        var connection = invocation.Reach();
        var selectors = CommonOptions.Selectors(invocation.Line);
        var identity = invocation.Line.GetValue(VerbOptions.As) ?? terminal.User;
        using var feed = new WatchFeed(connection, selectors, identity, interval);
        Show(terminal, connection.Greeting, feed, selectors);
        if (feed.End is { } end)
        {
            terminal.Error.WriteLine(Fit.Harmless(end.Message));
            return end.Code == Refusals.EndedCode ? ExitCode.Done : end.ExitCode;
        }

        return ExitCode.Done;
    }

    private static void Show(Terminal terminal, Greeting greeting, WatchFeed feed, Selectors selectors)
    {
        Console.TreatControlCAsInput = true;
        using var screen = new Screen(terminal.Output);
        using var whenEnded = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => screen.Dispose());
        var view = new WatchView(greeting, terminal.Ellipsis, terminal.HasColours);
        var state = new WatchState();
        while (!state.IsOver && !feed.HasEnded)
        {
            while (feed.Snapshots.TryDequeue(out var snapshot))
            {
                state.Show(snapshot);
            }

            while (feed.Messages.TryDequeue(out var message))
            {
                state.Message = message;
            }

            var (width, height) = (Console.WindowWidth, Console.WindowHeight);
            screen.Draw(view.Draw(state, width, height), width, height);
            while (Console.KeyAvailable)
            {
                var before = state.Methods;
                if (state.Press(Console.ReadKey(intercept: true), WatchView.Page(height)) is { } order)
                {
                    feed.Give(order);
                }

                if (state.Methods != before)
                {
                    feed.Choose(selectors with { Methods = state.Methods ?? selectors.Methods });
                }
            }

            Thread.Sleep(_breath);
        }
    }
}
