using Sitters.Tool;
using Tests.Signals;

namespace Tests.Tool;

/// <summary>The tool and a program with sat calls, which has opened nothing until it is knocked at.</summary>
[Platform("Linux")]
internal sealed class RealProcessTests
{
    private static readonly string _folder = Path.GetTempPath();

    private Child _child = null!;

    private string Pid => _child.Id.ToString();

    [SetUp]
    public async Task Begin() => _child = await Child.Start("work:a", "work:b", "wait=body");

    [TearDown]
    public async Task End() => await _child.DisposeAsync();

    [Test]
    public void its_calls_are_listed()
    {
        var run = Run("ps", Pid);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Done), run.Error);
        Assert.That(run.Lines, Has.Length.EqualTo(3));
        Assert.That(run.Lines[1], Does.Match(@"^[0-9a-f]{8}  SignalProgram\.Worker\.Work  Running    1 +\d.*  Worker\.cs:\d+ Gates\.Wait$"));
    }

    [Test]
    public void it_is_among_the_processes_that_are_reached()
    {
        // Knocked at before: the list waits for each process only so long, and the machine may be busy.
        Run("ps", Pid);

        var listed = Run("ps", "--format", "json").Json["processes"]!.AsArray();

        Assert.That(listed.Select(process => process!["pid"]!.GetValue<int>()), Does.Contain(_child.Id));
    }

    [Test]
    public void the_tree_has_the_methods_of_each_call()
    {
        var run = Run("tree", Pid);

        Assert.That(run.Lines.Where(line => line.StartsWith("└─ ")).ToArray(),
            Has.Length.EqualTo(2).And.All.Match(@"SignalProgram\.Worker\.Work  Worker\.cs:\d+ Gates\.Wait  \d"), run.Output);
    }

    [Test]
    public async Task a_pause_is_told_when_all_stand_and_is_in_the_log()
    {
        var run = Run("pause", Pid, "--method", "*Worker*", "--for", "10m", "--reason", "look", "--wait");

        Assert.That(run.Output, Is.EqualTo($"Paused 2 calls of SignalProgram ({Pid}), and those yet to begin, for 10m00s.\n"));
        await _child.Until("a pause", "b pause");
        Assert.That(Run("ps", Pid, "--state", "paused").Lines, Has.Length.EqualTo(3));
        Assert.That(Run("log", Pid).Lines[^1], Does.Match(@"Pause +2  \*Worker\*  ann +Tool +look$"));

        Run("resume", Pid, "--method", "*Worker*", "--wait");
        await _child.Until("a resume", "b resume");
    }

    [Test]
    public async Task one_call_is_cancelled_by_its_short_id_and_the_other_goes_on()
    {
        var id = Run("ps", Pid, "--format", "json").Json["calls"]![0]!["id"]!.GetValue<string>()[..8];

        var run = Run("cancel", Pid, "--call", id, "--wait");

        Assert.That(run.Output, Is.EqualTo($"Cancelled 1 call of SignalProgram ({Pid}).\n"), run.Error);
        Assert.That(Run("ps", Pid).Lines, Has.Length.EqualTo(2));
        await _child.Open("body");
    }

    [Test]
    public void calls_are_chosen_by_where_they_wait()
    {
        Assert.That(Run("ps", Pid, "--waits-at", "Worker.cs").Lines, Has.Length.EqualTo(3));
        Assert.That(Run("ps", Pid, "--waits-at", "Other.cs").ExitCode, Is.EqualTo(ExitCode.NothingMatched));
    }

    [Test]
    public void a_dry_run_leaves_them_as_they_are()
    {
        var run = Run("cancel", Pid, "--dry-run");

        Assert.That(run.Lines[0], Does.StartWith("This cancels 2 calls"));
        Assert.That(Run("ps", Pid, "--state", "running").Lines, Has.Length.EqualTo(3));
    }

    [Test]
    public void a_restart_starts_them_again()
    {
        var run = Run("restart", Pid, "--yes", "--wait", "--format", "json");

        Assert.That(run.Json["settled"]!.GetValue<bool>(), Is.True, run.Error);
        Assert.That(Run("ps", Pid, "--format", "json").Json["calls"]!.AsArray().Select(call => call!["restarts"]!.GetValue<int>()), Is.All.EqualTo(1));
    }

    [Test]
    public void its_settings_are_shown() => Assert.That(
        Run("config", Pid, "--method", "*Worker*").Output, Does.Match(@"(?m)^SignalProgram\.Worker\.Work +StartupHooks +\[""OnStartup""\] +\[Sit\] on SignalProgram\.Worker\.Work$"));

    [Test]
    public void what_it_does_not_understand_it_says()
    {
        var run = Run("ps", Pid, "--call", "xyz");

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((ExitCode.Usage, "")));
        Assert.That(run.Error, Does.Contain("call"));
    }

    [Test]
    public async Task with_another_temporary_folder_it_is_found_all_the_same()
    {
        var theirs = Directory.CreateTempSubdirectory("tool");
        await using (var child = await Child.Start("/usr/bin/env", [$"TMPDIR={theirs.FullName}", SignalProgram.Path, "work:a", "wait=body"]))
        {
            var run = Run("ps", child.Id.ToString());

            Assert.That(run.Lines, Has.Length.EqualTo(2), run.Error);
        }

        theirs.Delete(recursive: true);
    }

    [Test]
    public async Task with_diagnostics_off_it_says_so()
    {
        await using var child = await Child.Start("/usr/bin/env", ["DOTNET_EnableDiagnostics=0", SignalProgram.Path, "work:a", "wait=body"]);

        var run = Run("ps", child.Id.ToString(), "--format", "json");

        Assert.That(run.Json["error"]!["code"]!.GetValue<string>(), Is.EqualTo("diagnostics-off"));
        Assert.That(run.Error, Does.Contain("DOTNET_EnableDiagnostics=0").And.Contain("Sitter.ListenForTool()"));
    }

    [Test]
    public async Task so_it_does_where_a_killed_process_of_the_same_number_has_left_its_port_behind()
    {
        await using var child = await Child.Start("/usr/bin/env", ["DOTNET_EnableDiagnostics=0", SignalProgram.Path, "work:a", "wait=body"]);
        var port = AbandonedSocket.At(Path.Combine(_folder, $"dotnet-diagnostic-{child.Id}-1-socket"));

        var run = Run("ps", child.Id.ToString(), "--format", "json");

        File.Delete(port);
        Assert.That(run.Json["error"]!["code"]!.GetValue<string>(), Is.EqualTo("diagnostics-off"));
    }

    [Test]
    public void a_dotnet_program_that_is_not_woven_is_told_from_one_that_has_made_no_call()
    {
        using var watched = new FakeProcess();
        using var without = Installed.Start(Installed.Assembly, watched.Folder, "watch", FakeProcess.Name, "--interval", "1h");
        using var beside = Installed.Start(Installed.BesideSitters, watched.Folder, "watch", FakeProcess.Name, "--interval", "1h");

        Assert.That(CodeOf(without), Is.EqualTo("not-woven"));
        Assert.That(CodeOf(beside), Is.EqualTo("no-call-yet"));
    }

    [Test]
    public async Task one_that_is_stopped_is_told_from_one_that_is_busy()
    {
        Run("ps", Pid);
        using var stop = System.Diagnostics.Process.Start("kill", ["-STOP", Pid]);
        await stop.WaitForExitAsync();

        var run = Run("ps", Pid);
        using var go = System.Diagnostics.Process.Start("kill", ["-CONT", Pid]);
        await go.WaitForExitAsync();

        Assert.That(run.Error, Does.Contain("is stopped").And.Contain($"kill -CONT {Pid}"));
    }

    [Test]
    public async Task the_end_of_the_program_ends_a_watch()
    {
        var watch = Task.Run(() => Run("watch", Pid, "--interval", "100ms", "--format", "json"));
        var seen = await Task.Run(() => Run("ps", Pid));
        Assert.That(seen.Lines, Has.Length.EqualTo(3));

        using var process = System.Diagnostics.Process.GetProcessById(_child.Id);
        process.Kill();
        var run = await watch.InTime();

        Assert.That(run.ExitCode, Is.AnyOf(ExitCode.Done, ExitCode.NotReached), run.Error);
        Assert.That(run.Error, Does.Contain("ended").Or.Contain("no process"));
    }

    private static string? CodeOf(ProcessGuard process) =>
        Run("ps", process.Id.ToString(), "--format", "json").Json["error"]?["code"]?.GetValue<string>();

    private static ToolRun Run(params string[] args) => ToolRun.Of(_folder, args);
}
