using System.Diagnostics;
using System.Threading.Channels;

namespace Samples.Tour;

/// <summary>A line of an example, something sent to it, or the tool's answer, and when.</summary>
internal readonly record struct Moment(TimeSpan At, string Text, Act? Act)
{
    /// <summary>The command that was typed; null where the moment is none of the tool's.</summary>
    public ToolCommand? Command { get; init; }

    /// <summary>What the tool answered to it; null where it was typed.</summary>
    public IReadOnlyList<string>? Answer { get; init; }

    /// <summary>With what the tool ended.</summary>
    public int ExitCode { get; init; }

    /// <summary>The example itself said it.</summary>
    public bool IsLine => Act is null && Command is null;
}

/// <summary>A scene as a process of its own: its lines and what is sent to it, in the order in which they happen.</summary>
internal sealed class Performance(Scene scene)
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    private readonly Channel<Moment> _moments = Channel.CreateUnbounded<Moment>();
    private readonly TaskCompletionSource _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stopwatch _watch = new();

    public int ExitCode { get; private set; }

    public string Errors { get; private set; } = "";

    public IAsyncEnumerable<Moment> Run()
    {
        _ = Perform();
        return _moments.Reader.ReadAllAsync();
    }

    private async Task Perform()
    {
        try
        {
            using var process = Start();
            using var limit = new CancellationTokenSource(_longest);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var acts = Play(process);
            try
            {
                await foreach (var line in process.StandardOutput.ReadAllLinesAsync(limit.Token))
                {
                    Tell(line);
                }

                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                Tell($"(stopped by the tour after {_longest.TotalSeconds} s)");
                await process.WaitForExitAsync();
            }

            _firstLine.TrySetCanceled(CancellationToken.None);
            await acts;
            ExitCode = process.ExitCode;
            Errors = await errors;
            _moments.Writer.Complete();
        }
        catch (Exception exception)
        {
            _moments.Writer.Complete(exception);
        }
    }

    private Process Start()
    {
        var (program, arguments) = Itself();
        var start = new ProcessStartInfo(program, [.. arguments, scene.Example])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!Signal.AreReal)
        {
            start.ArgumentList.Add(Remote.Option);
            start.RedirectStandardInput = true;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>This program, be it run by its own executable or by dotnet.</summary>
    private static (string Program, string[] Arguments) Itself()
    {
        var program = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? (program, [typeof(Performance).Assembly.Location])
            : (program, []);
    }

    private void Tell(string line)
    {
        if (!_watch.IsRunning)
        {
            _watch.Start();
            _firstLine.TrySetResult();
        }

        _moments.Writer.TryWrite(new Moment(_watch.Elapsed, line, null));
    }

    private async Task Play(Process process)
    {
        await ((Task)_firstLine.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (at, act) in scene.Acts)
        {
            var wait = TimeSpan.FromSeconds(at) - _watch.Elapsed;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            if (process.HasExited)
            {
                return;
            }

            _moments.Writer.TryWrite(new Moment(_watch.Elapsed, Signal.Describe(act, process.Id), act));
            Signal.Send(act, process);
        }

        foreach (var command in scene.Commands)
        {
            if (process.HasExited)
            {
                return;
            }

            _moments.Writer.TryWrite(new Moment(_watch.Elapsed, command.Describe(process.Id), null) { Command = command });
            var (answer, exitCode) = await command.Run(process.Id);
            _moments.Writer.TryWrite(new Moment(_watch.Elapsed, "", null) { Command = command, Answer = answer, ExitCode = exitCode });
        }
    }
}
