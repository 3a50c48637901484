using Sitters.Tool;

namespace Tests.Tool;

/// <summary>sitters ps PID: the calls of a process.</summary>
internal sealed class PsTests
{
    private const string Where = ""","wait":{"method":"Shop.Orders.Load","file":"/src/Orders.cs","line":12,"awaits":"HttpClient.GetStringAsync","for":3.2}""";

    private FakeProcess _process = null!;

    [SetUp]
    public void Begin() => _process = new FakeProcess();

    [TearDown]
    public void End() => _process.Dispose();

    [Test]
    public void each_call_is_a_row_and_the_oldest_is_first()
    {
        _process.Calls = [FakeProcess.Call("1f3a9c2e", more: Where), FakeProcess.Call("2b3a9c2e", "Shop.Jobs.Clean", "Paused", age: 4000)];

        var run = ToolRun.Of(_process.Folder, "ps", FakeProcess.Name);

        Assert.That(run.Output, Is.EqualTo(
            """
            ID        METHOD           STATE    TRY    AGE  WAITS AT
            2b3a9c2e  Shop.Jobs.Clean  Paused     1  1h06m  -
            1f3a9c2e  Shop.Jobs.Sync   Running    1   1.5s  Orders.cs:12 HttpClient.GetStringAsync

            """));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public void each_copy_of_the_runtime_in_the_process_is_asked()
    {
        using var plugin = new FakeProcess(_process.Folder) { Calls = [FakeProcess.Call("cccccccc")] };
        _process.Calls = [FakeProcess.Call("1f3a9c2e")];

        var json = ToolRun.Of(_process.Folder, "ps", FakeProcess.Name, "--format", "json").Json;

        Assert.That(json["calls"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(json["count"]!.GetValue<int>(), Is.EqualTo(2));
    }

    [Test]
    public void no_line_is_wider_than_the_terminal_and_what_says_most_of_a_name_stays([Values(40, 80, 100)] int width)
    {
        _process.Calls =
            [FakeProcess.Call("1f3a9c2e", "Company.Product.Shop.Synchronization.Jobs.SynchronizeOrders", "Restarting", age: 5000000, more: Where)];

        var run = ToolRun.Of(_process.Folder, width, null, "ps", FakeProcess.Name);

        Assert.That(run.Lines, Has.Length.EqualTo(2).And.All.Length.AtMost(width));
        if (width >= 80)
        {
            Assert.That(run.Lines[1], Does.Contain("SynchronizeOrders  Restarting").And.Contain("Orders.cs:12"));
        }
    }

    [Test]
    public void nothing_is_cut_or_coloured_for_a_program()
    {
        var method = new string('m', 300);
        _process.Calls = [FakeProcess.Call("1f3a9c2e", method, more: Where)];

        var run = ToolRun.Of(_process.Folder, "ps", FakeProcess.Name);

        Assert.That(run.Output, Does.Contain(method).And.Contain("HttpClient.GetStringAsync"));
        Assert.That(run.Output.Contains('\e'), Is.False);
    }

    [Test]
    public void other_branches_of_a_wait_are_counted()
    {
        _process.Calls = [FakeProcess.Call("1f3a9c2e", more: ""","wait":{"method":"M","file":"C:\\src\\A.cs","line":3,"awaits":"Task.Delay","more":4}""")];

        Assert.That(ToolRun.Of(_process.Folder, "ps", FakeProcess.Name).Output, Does.Contain("A.cs:3 Task.Delay (+4)"));
    }

    [Test]
    public void a_process_without_calls_is_nothing_matched_and_says_so_beside_the_data()
    {
        var run = ToolRun.Of(_process.Folder, "ps", FakeProcess.Name, "--method", "No.*");

        Assert.That(run, Is.EqualTo(new ToolRun(ExitCode.NothingMatched, "", $"Shop ({FakeProcess.Name}) has no sat call under way that matches.\n")));
    }

    [Test]
    public void selectors_are_the_processs_to_apply()
    {
        ToolRun.Of(_process.Folder, "ps", FakeProcess.Name, "--method", "Shop.*", "--call", "1f3a", "--call", "2b3a", "--state", "paused", "--older-than", "1h30m", "--waits-at", "Orders.cs:12");

        Assert.That(Without("id"), Is.EqualTo(
            """{"do":"ps","methods":"Shop.*","call":["1f3a","2b3a"],"state":"paused","olderThan":5400,"waitsAt":"Orders.cs:12"}"""));
    }

    [Test]
    public void json_has_the_calls_as_the_process_tells_them()
    {
        var call = FakeProcess.Call("1f3a9c2e", more: Where);
        (_process.Calls, _process.IsPaused) = ([call], true);

        var json = ToolRun.Of(_process.Folder, "ps", FakeProcess.Name, "--format", "json").Json;

        Assert.That(json.ToJsonString(), Is.EqualTo(
            $$"""{"pid":{{FakeProcess.Name}},"name":"Shop","calls":[{{call}}],"count":1,"paused":true}"""));
    }

    [Test]
    public void json_of_an_answer_that_breaks_off_can_be_parsed_and_has_the_error()
    {
        _process.Answer = _ => [$$"""{"call":{{FakeProcess.Call("1f3a9c2e")}}}""", FakeProcess.Hangup];

        var run = ToolRun.Of(_process.Folder, "ps", FakeProcess.Name, "--format", "json");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.NotReached));
        Assert.That(run.Json["calls"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(run.Json["error"]!["code"]!.GetValue<string>(), Is.EqualTo("ended"));
        Assert.That(run.Error, Does.Contain("has ended"));
    }

    [Test]
    public void what_a_terminal_would_obey_is_shown_instead()
    {
        _process.Calls = [FakeProcess.Call("1f3a9c2e", """Evil\u001b[2J\nname\u202e""")];

        var run = ToolRun.Of(_process.Folder, "ps", FakeProcess.Name);

        Assert.That(run.Lines, Has.Length.EqualTo(2));
        Assert.That(run.Lines[1], Does.Contain("Evil?[2J name?"));
    }

    [Test]
    public void more_calls_than_are_held_are_written_as_they_come()
    {
        const int Count = 100_000;
        var call = FakeProcess.Call("1f3a9c2e", more: Where);
        var line = $$"""{"call":{{call}}}""";
        _process.Answer = _ => Enumerable.Repeat(line, Count).Append($$"""{"done":true,"calls":{{Count}}}""");

        var run = ToolRun.Of(_process.Folder, 80, null, "ps", FakeProcess.Name);

        Assert.That(run.Lines, Has.Length.EqualTo(Count + 1));
    }

    private string Without(string member)
    {
        var request = _process.Request;
        request.Remove(member);
        return request.ToJsonString();
    }
}
