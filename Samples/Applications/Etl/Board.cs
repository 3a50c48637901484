using Spectre.Console;

namespace Etl;

/// <summary>What the user sees: a bar in a terminal, lines where the output goes into a file.</summary>
internal sealed class Board(IAnsiConsole console, int blocks)
{
    private readonly Lock _lock = new();
    private ProgressTask? _bar;

    public async Task<Summary?> During(Func<Task<Summary?>> work)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            return await work();
        }

        return await console.Progress().StartAsync(async progress =>
        {
            _bar = progress.AddTask("orders", maxValue: blocks);
            return await work();
        });
    }

    public void Show(int done)
    {
        if (_bar is { } bar)
        {
            bar.Value = done;
        }
        else if (done % Math.Max(1, blocks / 10) == 0)
        {
            Say($"{done} of {blocks} blocks");
        }
    }

    public void Say(string line)
    {
        lock (_lock)
        {
            console.WriteLine(line);
        }
    }
}
