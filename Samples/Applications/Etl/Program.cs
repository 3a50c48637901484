using Etl;
using Spectre.Console;

// dotnet run --project Samples/Applications/Etl [-- ORDERS [FOLDER]]
var orders = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var folder = Directory.CreateDirectory(args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "sitters-etl"));
var source = await OrderFile.Create(Path.Combine(folder.FullName, "orders.csv"), orders);
var target = Path.Combine(folder.FullName, "priced.csv");

if (!AnsiConsole.Profile.Out.IsTerminal)
{
    AnsiConsole.Profile.Width = int.MaxValue;
}

var board = new Board(AnsiConsole.Console, await source.CountBlocks());
board.Say($"process {Environment.ProcessId} imports {orders} orders into {target}");
board.Say("pause: kill -USR1, go on: -USR2, start again: -HUP, cancel: Ctrl+C; or use the command sitters");
if (await board.During(new Import(source, target, board).Run) is not { } summary)
{
    return 1;
}

board.Say(string.Create(CultureInfo.InvariantCulture, $"done: {summary.Blocks} blocks, turnover {summary.Turnover:0.00}"));
return 0;
