using System.Text.Json.Nodes;
using Sitters.Tool;

namespace Tests.Tool;

/// <summary>sitters pause, resume, restart, cancel.</summary>
internal sealed class VerbTests
{
    private FakeProcess _process = null!;

    [SetUp]
    public void Begin() => _process = new FakeProcess { Calls = [FakeProcess.Call("1f3a9c2e"), FakeProcess.Call("2b3a9c2e")] };

    [TearDown]
    public void End() => _process.Dispose();

    [Test]
    public void an_order_has_who_and_why_and_when_it_is_too_late()
    {
        var run = Run("pause", FakeProcess.Name, "--method", "Shop.*", "--reason", "@deploying", "--for", "10m");

        var request = _process.Request;
        var until = request["until"]!.GetValue<DateTimeOffset>();
        Assert.That(until - DateTimeOffset.UtcNow, Is.GreaterThan(TimeSpan.Zero).And.LessThan(TimeSpan.FromMinutes(1)));
        Assert.That(Without(request, "id", "until"), Is.EqualTo("""{"do":"pause","methods":"Shop.*","reason":"@deploying","identity":"ann","for":600}"""));
        Assert.That(run, Is.EqualTo(new ToolRun(ExitCode.Done, $"Paused 2 calls of Shop ({FakeProcess.Name}), for 10m00s.\n", "")));
    }

    [Test]
    public void an_order_can_be_given_in_the_name_of_somebody_and_calls_resumed_at_a_rate()
    {
        Run("resume", FakeProcess.Name, "--call", "1f3a", "--as", "bob", "--rate", "2.5");

        Assert.That(Without(_process.Request, "id", "until"), Is.EqualTo("""{"do":"resume","call":["1f3a"],"identity":"bob","rate":2.5}"""));
    }

    [Test]
    public void without_a_selector_it_asks_and_tells_how_many_calls_it_is_about([Values("y", "Yes")] string reply)
    {
        var run = ToolRun.Of(_process.Folder, 80, reply, "cancel", FakeProcess.Name);

        Assert.That(run.Error, Is.EqualTo($"This cancels 2 calls of Shop ({FakeProcess.Name}). Go on? [y/N] "));
        Assert.That(run.Output, Is.EqualTo($"Cancelled 2 calls of Shop ({FakeProcess.Name}).\n"));
        Assert.That(_process.Requests.Select(request => request["dryRun"]?.GetValue<bool>()), Is.EqualTo(new bool?[] { true, null }));
    }

    [Test]
    public void any_other_answer_is_a_no([Values("", "n", "what")] string reply)
    {
        var run = ToolRun.Of(_process.Folder, 80, reply, "cancel", FakeProcess.Name);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((ExitCode.NothingMatched, "")));
        Assert.That(_process.Request["dryRun"]!.GetValue<bool>(), Is.True);
    }

    [Test]
    public void where_nobody_can_be_asked_it_refuses_and_says_what_to_say()
    {
        var run = Run("restart", FakeProcess.Name);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Error, Does.Contain("--yes").And.Contain("restarts every call"));
        Assert.That(_process.Requests, Is.Empty);
    }

    [Test]
    public void yes_is_not_asked_again()
    {
        var run = Run("restart", FakeProcess.Name, "--yes");

        Assert.That(run.Output, Is.EqualTo($"Restarted 2 calls of Shop ({FakeProcess.Name}).\n"));
    }

    [Test]
    public void a_dry_run_shows_the_calls_and_does_nothing()
    {
        var run = Run("cancel", FakeProcess.Name, "--dry-run");

        Assert.That(run.Lines[0], Is.EqualTo($"This cancels 2 calls of Shop ({FakeProcess.Name}). Nothing was done (--dry-run)."));
        Assert.That(run.Lines, Has.Length.EqualTo(4));
        Assert.That(_process.Requests.Where(request => request["do"]!.GetValue<string>() == "cancel").Select(request => request.ContainsKey("dryRun")), Is.EqualTo(new[] { true }));
    }

    [Test]
    public void nothing_matched_is_another_exit_code()
    {
        _process.Calls = [];

        var run = Run("cancel", FakeProcess.Name, "--call", "ffff");

        Assert.That(run, Is.EqualTo(new ToolRun(ExitCode.NothingMatched, $"No call of Shop ({FakeProcess.Name}) matches. Nothing was done.\n", "")));
    }

    [Test]
    public void a_standing_pause_is_done_though_no_call_is_under_way()
    {
        _process.Answer = _ => ["""{"done":true,"calls":0,"ids":[],"standing":true}"""];

        var run = Run("pause", FakeProcess.Name, "--method", "Shop.*");

        Assert.That(run.Output, Is.EqualTo($"Paused 0 calls of Shop ({FakeProcess.Name}), and those yet to begin, until they are resumed.\n"));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public void json_has_what_the_process_answered()
    {
        var json = Run("cancel", FakeProcess.Name, "--yes", "--format", "json").Json;

        Assert.That(json["verb"]!.GetValue<string>(), Is.EqualTo("cancel"));
        Assert.That(json["calls"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(json["ids"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public void a_broken_connection_is_made_anew_and_the_same_order_sent_again()
    {
        var count = 0;
        _process.Answer = _ => count++ == 0 ? [FakeProcess.Hangup] : null;

        var run = Run("cancel", FakeProcess.Name, "--yes");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Done), run.Error);
        Assert.That(_process.Requests, Has.Count.EqualTo(2));
        Assert.That(_process.Requests.Select(request => request["id"]!.GetValue<string>()).Distinct(), Has.One.Items);
    }

    [Test]
    public void an_order_that_came_too_late_is_not_in_time()
    {
        _process.Answer = _ => ["""{"error":"expired","message":"It came too late, and nothing was done."}"""];

        var run = Run("cancel", FakeProcess.Name, "--yes", "--format", "json");

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((ExitCode.NotInTime, "It came too late, and nothing was done.\n")));
        Assert.That(run.Json["error"]!["code"]!.GetValue<string>(), Is.EqualTo("expired"));
    }

    [Test]
    public void waiting_for_a_pause_asks_until_none_of_its_calls_is_on_its_way()
    {
        var looks = new Queue<int>([2, 1, 0]);
        _process.Answer = request => IsLook(request) ? [$$"""{"done":true,"calls":{{looks.Dequeue()}}}"""] : null;

        var run = Run("pause", FakeProcess.Name, "--yes", "--wait");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Done));
        Assert.That(looks, Is.Empty);
        Assert.That(_process.Requests.Where(IsLook).Select(look => look["call"]!.AsArray().Count), Is.All.EqualTo(2));

        static bool IsLook(JsonObject request) => request["state"]?.GetValue<string>() == "Pausing";
    }

    [Test]
    public void waiting_for_a_pause_names_what_goes_on_as_nobody_controls_it([Values] bool isInTime)
    {
        const string Unwoven = ""","wait":{"method":"Shop.Jobs.Sync","file":"/src/Jobs.cs","line":7,"awaits":"Legacy.Loop","unwoven":true}""";
        _process.Calls = [FakeProcess.Call("1f3a9c2e", more: Unwoven), FakeProcess.Call("2b3a9c2e", "Shop.Jobs.Crunch", "Pausing")];
        _process.Answer = request => isInTime && request["state"] is not null ? ["""{"done":true,"calls":0}"""] : null;

        var run = Run("pause", FakeProcess.Name, "--yes", "--wait", "--timeout", "20ms");

        Assert.That(run.ExitCode, Is.EqualTo(isInTime ? ExitCode.Done : ExitCode.NotInTime));
        Assert.That(run.Error, Does.Contain("1f3a9c2e Shop.Jobs.Sync stands at Jobs.cs:7 Legacy.Loop (not woven): that goes on"));
        Assert.That(run.Error.Contains("2b3a9c2e Shop.Jobs.Crunch runs code", StringComparison.Ordinal), Is.Not.EqualTo(isInTime));
    }

    [Test]
    public void waiting_for_a_cancel_asks_until_its_calls_are_gone()
    {
        var looks = new Queue<int>([1, 0]);
        _process.Answer = request => request["do"]!.GetValue<string>() == "ps" ? [$$"""{"done":true,"calls":{{looks.Dequeue()}}}"""] : null;

        Run("cancel", FakeProcess.Name, "--yes", "--wait");

        Assert.That(_process.Requests[^1]["state"], Is.Null);
        Assert.That(looks, Is.Empty);
    }

    [Test]
    public void what_is_not_done_in_time_is_named()
    {
        var run = Run("pause", FakeProcess.Name, "--yes", "--wait", "--timeout", "20ms");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.NotInTime));
        Assert.That(run.Error, Does.Contain("1f3a9c2e Shop.Jobs.Sync").And.Contain("2b3a9c2e").And.Contain("2 calls").And.Contain("still pausing"));
    }

    [Test]
    public void json_of_what_is_not_done_in_time_can_be_parsed()
    {
        var json = Run("pause", FakeProcess.Name, "--yes", "--wait", "--timeout", "20ms", "--format", "json").Json;

        Assert.That(json["settled"]!.GetValue<bool>(), Is.False);
        Assert.That(json["error"]!["code"]!.GetValue<string>(), Is.EqualTo("not-in-time"));
    }

    private static string Without(JsonObject request, params string[] members)
    {
        foreach (var member in members)
        {
            request.Remove(member);
        }

        return request.ToJsonString();
    }

    private ToolRun Run(params string[] args) => ToolRun.Of(_process.Folder, args);
}
