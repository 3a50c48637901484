using Sitters;

namespace Etl;

/// <summary>
/// The job: reads blocks of orders, prices four of them at a time, and writes each into the target's folder; the target itself comes into
/// being in one step, once it is complete.
/// </summary>
internal sealed class Import(OrderFile source, string target, Board board)
{
    private string Working => target + ".parts";

    [Sit(
        TimeoutSeconds = 600,
        MaxAttempts = 3,
        RetryDelaySeconds = 1,
        RetryOn = [typeof(IOException)],
        StartupHooks = [nameof(TellStart)],
        PauseHooks = [nameof(TellPause)],
        ResumeHooks = [nameof(TellResume)],
        RestartHooks = [nameof(TellRestart)],
        CancellationHooks = [nameof(Discard)],
        ExceptionHooks = [nameof(Discard)],
        TimeoutHooks = [nameof(Discard)])]
    public async Task<Summary?> Run()
    {
        var progress = Progress.OfThisCall;
        Directory.CreateDirectory(Working);
        await Parallel.ForEachAsync(source.Blocks(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (block, _) =>
        {
            if (!progress.Contains(block))
            {
                board.Show(progress.Add(block, await Load(block, Price(block))));
            }
        });

        await Join(progress.Blocks);
        return new Summary(progress.Blocks, progress.Turnover);
    }

    /// <summary>Code between two awaits is never torn apart, so work of the processor alone asks from time to time whether it may go on.</summary>
    private static decimal[] Price(Block block)
    {
        var prices = new decimal[block.Orders.Count];
        for (var i = 0; i < prices.Length; i++)
        {
            Sitter.Checkpoint();
            prices[i] = Rebate.Of(block.Orders[i]);
        }

        return prices;
    }

    private async Task<decimal> Load(Block block, decimal[] prices)
    {
        // Written under another name first: a part that is there is whole.
        var part = PartOf(block.Number);
        await File.WriteAllLinesAsync(
            part + ".new", block.Orders.Zip(prices, static (order, price) => string.Create(CultureInfo.InvariantCulture, $"{order};{price:0.00}")));
        File.Move(part + ".new", part, overwrite: true);
        return prices.Sum();
    }

    private async Task Join(int blocks)
    {
        await using (var joined = File.Create(target + ".new"))
        {
            for (var number = 0; number < blocks; number++)
            {
                await using var part = File.OpenRead(PartOf(number));
                await part.CopyToAsync(joined);
            }
        }

        File.Move(target + ".new", target, overwrite: true);
        Directory.Delete(Working, recursive: true);
    }

    private string PartOf(int number) => Path.Combine(Working, number.ToString("D6", CultureInfo.InvariantCulture));

    private void TellStart() => board.Say($"from block {Progress.OfThisCall.Blocks}");

    private void TellPause(SitContext call) => board.Say($"paused{(call.LastControl?.Reason is { } reason ? $": {reason}" : "")}");

    private void TellResume() => board.Say("goes on");

    private void TellRestart() => board.Say("starts again");

    /// <summary>Nothing half is left behind.</summary>
    private void Discard(SitContext call)
    {
        if (Directory.Exists(Working))
        {
            Directory.Delete(Working, recursive: true);
        }

        File.Delete(target + ".new");
        board.Say($"{call.State}: nothing was imported");
    }
}

internal sealed record Summary(int Blocks, decimal Turnover);
