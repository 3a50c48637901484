using System.ComponentModel;
using System.Diagnostics;

namespace Tests.Signals;

/// <summary>A program in a terminal of its own, which closes.</summary>
[TestFixture]
[Platform("Linux", Reason = "script, which makes the terminal, takes other arguments elsewhere.")]
internal sealed class ClosedTerminalTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("sitters-terminal-").FullName;

    private string Output => Path.Combine(_folder, "output");

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task a_terminal_that_closes_cancels_and_then_ends_the_program()
    {
        using var terminal = Open();
        await Until("body");

        terminal.Kill();

        await Until("cancellation");
        await UntilEnded();
        Assert.That(Said().Take(4), Is.EqualTo(new[] { "startup", "body", "finally", "cancellation" }));
        Assert.That(Said(), Has.No.Member("restart"));
    }

    [Test]
    public async Task a_hup_that_somebody_sends_restarts_a_program_in_a_terminal()
    {
        using var terminal = Open();
        await Until("body");

        Signal.HUP.Send(ProcessId);

        await Until("body", times: 2);
        Assert.That(Said(), Is.EqualTo(new[] { "startup", "body", "finally", "restart", "startup", "body" }));
        terminal.Kill();
        await UntilEnded();
    }

    private int ProcessId => int.Parse(File.ReadAllText(Path.Combine(_folder, "id")), null);

    /// <summary>Runs the program in a terminal, which closes when the process that this returns is killed.</summary>
    private Process Open()
    {
        File.Delete(Output);
        var command = $"echo $$ >'{_folder}/id'; exec '{SignalProgram.Path}' work >'{Output}' 2>&1 </dev/null";
        var start = new ProcessStartInfo("script", ["--quiet", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SHELL"] = "/bin/sh";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("There is no script, which makes the terminal: apt-get install bsdutils.");
            throw;
        }
    }

    private string[] Said() => File.Exists(Output)
        ? [.. File.ReadAllLines(Output).Where(line => !line.StartsWith(". ", StringComparison.Ordinal))]
        : [];

    private Task Until(string line, int times = 1) => Until(() => Said().Count(said => said == line) >= times, line);

    private Task UntilEnded()
    {
        var id = ProcessId;
        return Until(() => HasEnded(id), "its end");
    }

    private static bool HasEnded(int id)
    {
        try
        {
            // A zombie has ended, and waits for its parent to notice.
            return File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task Until(Func<bool> isSo, string what)
    {
        for (var since = Stopwatch.StartNew(); !isSo(); await Task.Delay(20))
        {
            Assert.That(since.Elapsed, Is.LessThan(_patience), $"The program has not come to {what}. It said:\n{string.Join('\n', Said())}");
        }
    }
}
