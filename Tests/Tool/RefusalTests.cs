using System.Diagnostics;
using Sitters.Tool;

namespace Tests.Tool;

/// <summary>A process that is not reached: the exit code, and the sentence that says why and what to do.</summary>
[Platform("Linux")]
internal sealed class RefusalTests
{
    private const int NoProcess = 99_999_999;

    private string _folder = "";

    [SetUp]
    public void Begin() => _folder = Directory.CreateTempSubdirectory("tool").FullName;

    [TearDown]
    public void End() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void no_such_process() => Refuses("no-such-process", $"There is no process {NoProcess}.", NoProcess);

    [Test]
    public void not_a_dotnet_process()
    {
        using var sleeper = Start("sleep", "60");

        Refuses("not-dotnet", $"Process {sleeper.Id} (sleep) is not a .NET process.", sleeper.Id);
    }

    [Test]
    public void a_name_that_no_process_has()
    {
        var run = ToolRun.Of(_folder, "ps", "NoSuchProgram");

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((ExitCode.NotReached, "No .NET process is named 'NoSuchProgram'. `sitters ps` lists those that can be reached.\n")));
    }

    [Test]
    public void a_name_that_two_processes_have()
    {
        using var first = Start("sleep", "60");
        using var second = Start("sleep", "60");
        foreach (var process in new[] { first, second })
        {
            File.WriteAllText(Path.Combine(_folder, $"dotnet-diagnostic-{process.Id}-1-socket"), "");
        }

        var run = ToolRun.Of(_folder, "ps", "sleep");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.NotReached));
        Assert.That(run.Error, Does.Contain(Math.Min(first.Id, second.Id) + ", " + Math.Max(first.Id, second.Id)));
    }

    [Test]
    public void the_socket_of_a_process_that_has_ended_is_deleted()
    {
        var path = Abandoned(NoProcess);

        Refuses("no-such-process", "There is no process", NoProcess);

        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void so_it_is_by_the_list_of_all_processes()
    {
        var path = Abandoned(NoProcess);

        var run = ToolRun.Of(_folder, "ps");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.NothingMatched));
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void the_number_of_a_process_that_has_ended_is_anothers()
    {
        using var sleeper = Start("sleep", "60");
        Abandoned(sleeper.Id);

        Refuses("pid-reused", $"its number now belongs to another one (sleep)", sleeper.Id);
    }

    [Test]
    public void so_it_is_where_that_process_has_left_its_port_behind_too()
    {
        using var sleeper = Start("sleep", "60");
        Abandoned(sleeper.Id);
        AbandonedSocket.At(Path.Combine(_folder, $"dotnet-diagnostic-{sleeper.Id}-1-socket"));

        Refuses("pid-reused", $"its number now belongs to another one (sleep)", sleeper.Id);
    }

    [Test]
    public void a_file_that_another_process_has_put_there_is_not_believed()
    {
        using var sleeper = Start("sleep", "60");
        using var impostor = new FakeProcess();
        var path = Path.Combine(_folder, $"sitters-{sleeper.Id}-0000000000000001.socket");
        File.CreateSymbolicLink(path, impostor.SocketPath);

        Refuses("not-its-socket", path, sleeper.Id);

        Assert.That(impostor.Requests, Is.Empty);
    }

    [Test]
    public void nor_does_it_keep_anybody_from_the_real_one()
    {
        using var real = new FakeProcess(_folder) { Calls = [FakeProcess.Call("1f3a9c2e")] };
        using var other = new FakeProcess { Greeting = "not of the protocol" };
        File.CreateSymbolicLink(Path.Combine(_folder, $"sitters-{FakeProcess.Name}-0000000000000000.socket"), other.SocketPath);

        Assert.That(ToolRun.Of(_folder, "ps", FakeProcess.Name).ExitCode, Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public void another_version_of_the_protocol()
    {
        using var process = new FakeProcess(_folder) { Greeting = $$"""{"sitters":7,"version":"9.1.0","pid":{{FakeProcess.Name}},"name":"Shop"}""" };

        Refuses("other-protocol", "--version 9.1.0", FakeProcess.Pid);
    }

    [Test]
    public void a_process_that_listens_and_says_nothing_in_time()
    {
        using var process = new FakeProcess(_folder) { Answer = _ => Silence() };

        Refuses("no-answer", "gives no answer in time", FakeProcess.Pid);
    }

    [Test]
    public void what_the_process_refuses_is_said_in_its_own_words()
    {
        using var process = new FakeProcess(_folder) { Answer = _ => ["""{"error":"invalid","message":"'Shop.[' is no pattern."}"""] };

        var run = ToolRun.Of(_folder, "ps", FakeProcess.Name, "--method", "Shop.[");

        Assert.That(run, Is.EqualTo(new ToolRun(ExitCode.Usage, "", "'Shop.[' is no pattern.\n")));
    }

    private static IEnumerable<string> Silence()
    {
        Thread.Sleep(Timeout.Infinite);
        yield break;
    }

    private static ProcessGuard Start(string program, params string[] arguments) => new(Process.Start(program, arguments));

    /// <summary>A socket at which nobody listens any more.</summary>
    private string Abandoned(int pid) => AbandonedSocket.At(Path.Combine(_folder, $"sitters-{pid}-0000000000000001.socket"));

    private void Refuses(string code, string sentence, int pid)
    {
        var run = ToolRun.Of(_folder, "ps", pid.ToString(), "--format", "json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(ExitCode.NotReached));
            Assert.That(run.Json["error"]?["code"]?.GetValue<string>(), Is.EqualTo(code));
            Assert.That(run.Error, Does.Contain(sentence).And.EndsWith(".\n"));
        }
    }
}
