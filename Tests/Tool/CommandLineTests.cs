using Sitters.Tool;
using Sitters.Tool.Commands;

namespace Tests.Tool;

internal sealed class CommandLineTests
{
    private static string Help => Repository.PathOf("Tests", "Tool", "Help");

    [TestCase("90", 90)]
    [TestCase("90s", 90)]
    [TestCase("5m", 300)]
    [TestCase("1h30m", 5400)]
    [TestCase("1.5h", 5400)]
    [TestCase("2d1s", 172801)]
    [TestCase("500ms", 0.5)]
    [TestCase("00:05:00", 300)]
    public void a_time_is_read_as_people_write_it(string text, double seconds)
    {
        Assert.That(Durations.TryParse(text, out var duration), Is.True);
        Assert.That(duration.TotalSeconds, Is.EqualTo(seconds));
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("-5")]
    [TestCase("5m3h")]
    [TestCase("5mm")]
    [TestCase("1h30")]
    [TestCase("9999999999999999d")]
    [TestCase("-00:05:00")]
    public void what_is_no_time_is_refused(string text) => Assert.That(Durations.TryParse(text, out _), Is.False);

    [TestCase("pause", "1", "--for", "soon")]
    [TestCase("resume", "1", "--rate", "0")]
    [TestCase("cancel", "1", "--for", "5m")]
    [TestCase("ps", "1", "--state", "Sleeping")]
    [TestCase("ps", "1", "--format", "xml")]
    [TestCase("cancel")]
    [TestCase("watch", "1", "--interval", "100d")]
    [TestCase("stop", "1")]
    [TestCase("completion", "fish")]
    [TestCase]
    public void a_wrong_command_line_has_an_exit_code_of_its_own(params string[] args)
    {
        var run = ToolRun.Of(Path.GetTempPath(), args);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Error, Is.Not.Empty);
    }

    /// <summary>The kept text is accepted by moving what a failing test has written over it.</summary>
    [TestCase("sitters", "--help")]
    [TestCase("ps", "ps", "--help")]
    [TestCase("tree", "tree", "--help")]
    [TestCase("watch", "watch", "--help")]
    [TestCase("pause", "pause", "--help")]
    [TestCase("resume", "resume", "--help")]
    [TestCase("cancel", "cancel", "--help")]
    public void help(string name, params string[] args)
    {
        var run = ToolRun.Of(Path.GetTempPath(), args);

        var text = string.Join('\n', run.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim() + "\n";
        var kept = Path.Combine(Help, $"{name}.txt");
        var received = Path.Combine(Help, $"{name}.received.txt");
        if (!File.Exists(kept) || File.ReadAllText(kept) != text)
        {
            Directory.CreateDirectory(Help);
            File.WriteAllText(received, text);
        }

        Assert.That(text, Is.EqualTo(File.Exists(kept) ? File.ReadAllText(kept) : ""), $"mv {received} {kept}");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Done));
    }
}
