using Sitters.Tool;

namespace Tests.Tool;

/// <summary>sitters ps without a process, config, log: lists of something else than calls.</summary>
internal sealed class ListTests
{
    private FakeProcess _process = null!;

    [SetUp]
    public void Begin() => _process = new FakeProcess { IsPaused = true };

    [TearDown]
    public void End() => _process.Dispose();

    [Test]
    public void every_process_that_is_reached_is_a_row()
    {
        var run = ToolRun.Of(_process.Folder, "ps");

        Assert.That(run.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "PID", "NAME", "CALLS", "PAUSED", "SINCE", "SITTERS" }));
        Assert.That(run.Lines[1], Does.StartWith($"{FakeProcess.Name}  Shop      2  yes").And.EndWith("0.1.0"));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public void processes_as_json()
    {
        var json = ToolRun.Of(_process.Folder, "ps", "--format", "json").Json;

        Assert.That(json.ToJsonString(), Is.EqualTo(
            $$"""{"processes":[{"pid":{{FakeProcess.Name}},"name":"Shop","calls":2,"paused":true,"started":"2026-11-26T02:00:00.000Z","version":"0.1.0","runtime":".NET 10.0.1"}],"notReached":[]}"""));
    }

    [Test]
    public void without_any_process_nothing_matched()
    {
        var empty = Directory.CreateTempSubdirectory("tool");

        var run = ToolRun.Of(empty.FullName, "ps");

        Assert.That(run, Is.EqualTo(new ToolRun(ExitCode.NothingMatched, "", "No process with sat calls is reached.\n")));
        empty.Delete();
    }

    [Test]
    public void selectors_need_a_process()
    {
        var run = ToolRun.Of(_process.Folder, "ps", "--method", "Shop.*");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Error, Does.Contain("sitters ps PID"));
    }

    [Test]
    public void each_setting_is_a_row_that_says_where_it_comes_from()
    {
        _process.Answer = _ => ["""{"method":{"name":"Shop.Jobs.Sync","settings":{"TimeoutSeconds":{"value":3,"from":"method"},"Retry":{"value":"Fast","from":"configuration"}}}}""", """{"done":true}"""];

        var run = ToolRun.Of(_process.Folder, "config", FakeProcess.Name);

        Assert.That(run.Output, Is.EqualTo(
            """
            METHOD          SETTING         VALUE  FROM
            Shop.Jobs.Sync  TimeoutSeconds  3      method
            Shop.Jobs.Sync  Retry           Fast   configuration

            """));
    }

    [Test]
    public void the_log_says_who_did_what_and_why()
    {
        _process.Answer = _ => ["""{"control":{"at":"2020-01-02T03:04:05Z","verb":"Pause","methods":"Shop.*","calls":17,"reason":"line\nbreak","identity":"ann","source":"Tool"}}""", """{"done":true}"""];

        var run = ToolRun.Of(_process.Folder, "log", FakeProcess.Name);

        Assert.That(run.Lines, Has.Length.EqualTo(2));
        Assert.That(run.Lines[1], Does.Match(@"^2020-01-0\d \d\d:\d4:05  Pause     17  Shop\.\*   ann  Tool    line break$"));
    }

    [Test]
    public void a_log_without_events_is_nothing_matched()
    {
        _process.Answer = _ => ["""{"done":true}"""];

        Assert.That(ToolRun.Of(_process.Folder, "log", FakeProcess.Name).ExitCode, Is.EqualTo(ExitCode.NothingMatched));
        Assert.That(ToolRun.Of(_process.Folder, "log", FakeProcess.Name, "--format", "json").Json["events"]!.AsArray(), Is.Empty);
    }
}
