using Spectre.Console;

namespace Samples.Tour;

/// <summary>
/// Lays the tour out: sections, and lines in three columns (when, what was sent, what the example said). Plain where it is not a terminal.
/// </summary>
internal static class Screen
{
    private const int SentWidth = 22;
    private const int PlainWidth = 120;

    private static bool IsPlain => Console.IsOutputRedirected;

    public static void Begin(int scenes)
    {
        if (IsPlain)
        {
            AnsiConsole.Profile.Width = PlainWidth;
        }

        Section("Sitters: the tour");
        Say($"{scenes} scenes, each a process of its own: dotnet run --project Samples -- NAME runs one by itself.");
        Say(
            "Each line bears the seconds since the example's first one. "
            + "What the tour sends stands on the left, what the example says on the right.");
        if (!Signal.AreReal)
        {
            Say("Windows has no signals to send, so the examples call the API (Sitter.Pause, ...) when the tour tells them to.");
        }
    }

    public static void Open(Scene scene, int number, int scenes)
    {
        AnsiConsole.WriteLine();
        Section($"{number}/{scenes}  {scene.Title}", scene.Example);
    }

    public static void Show(Moment moment)
    {
        var time = $"{moment.At.TotalSeconds,7:0.00} s";
        if (moment.Answer is { } answer)
        {
            foreach (var line in answer)
            {
                AnsiConsole.MarkupLine($"           [blue]{Markup.Escape(line)}[/]");
            }

            return;
        }

        AnsiConsole.MarkupLine(moment.IsLine
            ? $"[grey]{time}[/]  {new string(' ', SentWidth)}  {Markup.Escape(moment.Text)}"
            : $"[grey]{time}[/]  [yellow]{Markup.Escape(moment.Text)}[/]");
    }

    public static void Close(Verdict verdict, int exitCode, string errors)
    {
        AnsiConsole.MarkupLine(verdict.IsGood
            ? $"[green]       ok[/]  [grey]as promised, exit code {exitCode}[/]"
            : $"[red]   failed[/]  {Markup.Escape(verdict.Problem!)}");
        if (!verdict.IsGood && errors.Length > 0)
        {
            AnsiConsole.MarkupLine($"[grey]{Markup.Escape(errors.TrimEnd())}[/]");
        }
    }

    public static void End(IReadOnlyList<Verdict> verdicts, TimeSpan duration)
    {
        AnsiConsole.WriteLine();
        Section("Summary");
        var table = new Table { Border = IsPlain ? TableBorder.None : TableBorder.Rounded };
        table.AddColumn("scene");
        table.AddColumn(new TableColumn("seconds").RightAligned());
        table.AddColumn("as promised");
        foreach (var verdict in verdicts)
        {
            table.AddRow(
                Markup.Escape(verdict.Scene.Title),
                $"{verdict.Duration.TotalSeconds:0.0}",
                verdict.IsGood ? "[green]yes[/]" : $"[red]no: {Markup.Escape(verdict.Problem!)}[/]");
        }

        AnsiConsole.Write(table);
        var good = verdicts.Count(verdict => verdict.IsGood);
        var colour = good == verdicts.Count ? "green" : "red";
        AnsiConsole.MarkupLine($"[{colour}]{good} of {verdicts.Count} scenes showed what they promise[/], in {duration.TotalSeconds:0} s.");
    }

    private static void Section(string title, string? name = null)
    {
        if (IsPlain)
        {
            AnsiConsole.WriteLine(name is null ? $"== {title}" : $"== {title} ({name})");
            return;
        }

        var rest = name is null ? "" : $" [grey]{Markup.Escape(name)}[/]";
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(title)}[/]{rest}").LeftJustified());
    }

    private static void Say(string text) => AnsiConsole.MarkupLine($"[grey]{Markup.Escape(text)}[/]");
}
