using Sitters.Tool.Commands;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;
using Sitters.Tool.Watching;

namespace Tests.Tool;

/// <summary>The screen of sitters watch: what it shows, and what the keys do.</summary>
internal sealed class WatchTests
{
    private const int Height = 8;

    private WatchState _state = null!;

    [SetUp]
    public void Begin()
    {
        _state = new WatchState();
        _state.Show(Snapshot("aaaa", "bbbb", "cccc"));
    }

    [Test]
    public void it_shows_the_process_its_calls_the_last_event_and_the_keys() => Assert.That(Draw(), Is.EqualTo(
        """
        Shop (1234)  3 calls
           ID    METHOD          STATE    TRY   AGE  WAITS AT
           aaaa  Shop.Jobs.Sync  Running    1  1.5s  Sync.cs:3 Task.Delay
           bbbb  Shop.Jobs.Sync  Running    1  1.5s  Sync.cs:3 Task.Delay
           cccc  Shop.Jobs.Sync  Running    1  1.5s  Sync.cs:3 Task.Delay

        Last: 03:04:05 pause 3 calls by ann (Tool): "deploying"
        space mark  p pause  r resume  t restart  c cancel  / filter  q quit
        """));

    [Test]
    public void it_says_who_has_paused_and_why()
    {
        _state.Show(Snapshot("aaaa") with { IsPaused = true, PausedBy = "by ann (Tool): \"deploying\"" });

        Assert.That(Draw().Split('\n')[0], Is.EqualTo("Shop (1234)  1 call  paused by ann (Tool): \"deploying\""));
    }

    [Test]
    public void no_line_is_wider_or_lower_than_the_screen([Values(20, 40, 80)] int width, [Values(3, 5, 30)] int height)
    {
        _state.Show(Snapshot([.. Enumerable.Range(0, 100).Select(id => $"{id:x8}")]) with { IsPaused = true });

        var lines = View().Draw(_state, width, height);

        Assert.That(lines, Has.Count.AtMost(height).And.All.Length.AtMost(width));
    }

    [Test]
    public void the_rows_follow_the_cursor()
    {
        var view = View();
        _state.Show(Snapshot([.. Enumerable.Range(0, 100).Select(id => $"{id:x8}")]));
        Press("jjjjjj");

        Assert.That(string.Join('\n', view.Draw(_state, 80, Height)), Does.Contain("00000006").And.Contain("00000003").And.Not.Contain("00000002"));
    }

    [Test]
    public void the_cursor_stays_at_its_call()
    {
        Press("j");

        _state.Show(Snapshot("bbbb", "cccc", "dddd"));

        Assert.That(_state.Cursor, Is.Zero);
    }

    [Test]
    public void a_call_that_has_ended_is_marked_no_more()
    {
        Press("  ");

        _state.Show(Snapshot("bbbb", "cccc"));

        Assert.That(_state.Marked, Is.EquivalentTo(new[] { "bbbb" }));
    }

    [Test]
    public void a_pause_asks_for_a_reason_and_takes_what_is_marked()
    {
        Press("  p");
        Assert.That(_state.Question, Does.StartWith("Why?").And.Contain("pause 2 calls"));

        var order = Press("too slow\r");

        Assert.That((order?.Verb, order?.Reason), Is.EqualTo((Verb.Pause, "too slow")));
        Assert.That(order?.Calls, Is.EquivalentTo(new[] { "aaaa", "bbbb" }));
        Assert.That(_state.Marked, Is.Empty);
    }

    [Test]
    public void without_a_mark_it_is_the_call_under_the_cursor_and_the_reason_may_be_empty()
    {
        var order = Press("jr\r");

        Assert.That((order?.Verb, order?.Reason, order?.Calls.Single()), Is.EqualTo((Verb.Resume, (string?)null, "bbbb")));
    }

    [TestCase("c", "cancels")]
    [TestCase("t", "restarts")]
    public void what_can_not_be_taken_back_is_asked_for(string key, string verb)
    {
        Assert.That(Press(key + "\r"), Is.Null);
        Assert.That(_state.Question, Is.EqualTo($"This {verb} 1 call. Go on? y/n"));

        Assert.That(Press("y"), Is.Not.Null);
    }

    [Test]
    public void no_does_nothing()
    {
        Assert.That(Press("c\rny"), Is.Null);
        Assert.That(_state.Mode, Is.EqualTo(WatchMode.Browsing));
    }

    [Test]
    public void escape_leaves_a_question()
    {
        Assert.That(Press("p\e\r"), Is.Null);
        Assert.That(_state.Mode, Is.EqualTo(WatchMode.Browsing));
    }

    [Test]
    public void a_filter_is_a_part_of_the_name_or_a_pattern()
    {
        Press("/Jobs\r");
        Assert.That(_state.Methods, Is.EqualTo("*Jobs*"));

        Press("/\b\b\b\b\bShop.*\r");
        Assert.That(_state.Methods, Is.EqualTo("Shop.*"));
    }

    [Test]
    public void letters_of_a_filter_are_no_commands()
    {
        Press("/qcrt");

        Assert.That((_state.IsOver, _state.Typed), Is.EqualTo((false, "qcrt")));
    }

    [Test]
    public void q_and_control_c_end_it()
    {
        Press("q");
        Assert.That(_state.IsOver, Is.True);

        Begin();
        _state.Press(new ConsoleKeyInfo('\x03', ConsoleKey.C, false, false, control: true), Height);
        Assert.That(_state.IsOver, Is.True);
    }

    [Test]
    public void only_lines_that_have_changed_are_drawn_again()
    {
        var output = new StringWriter();
        using var screen = new Screen(output);
        screen.Draw(["one", "two"], 80, 2);
        output.GetStringBuilder().Clear();

        screen.Draw(["one", "TWO"], 80, 2);
        Assert.That(output.ToString(), Does.Contain("\e[2;1HTWO").And.Not.Contain("one"));

        output.GetStringBuilder().Clear();
        screen.Draw(["one", "TWO"], 80, 2);
        Assert.That(output.ToString(), Is.Empty);
    }

    [Test]
    public void the_terminal_is_given_back_once()
    {
        var output = new StringWriter();
        var screen = new Screen(output);
        screen.Dispose();
        screen.Dispose();
        screen.Draw(["one"], 80, 1);

        Assert.That(output.ToString().Split("\e[?1049l"), Has.Length.EqualTo(2));
        Assert.That(output.ToString(), Does.EndWith("\e[?1049l"));
    }

    [Test]
    public void the_process_is_looked_at_again_and_orders_are_carried_out()
    {
        using var process = new FakeProcess { Calls = [FakeProcess.Call("1f3a9c2e")] };
        using var feed = new WatchFeed(Reach.Open(FakeProcess.Pid, process.Folder, Stage.Patience), new Selectors(), "ann", TimeSpan.FromMilliseconds(1));
        Wait(() => feed.Snapshots.Count > 2);

        feed.Give(new WatchOrder(Verb.Cancel, ["1f3a9c2e"], "enough"));
        Wait(() => !feed.Messages.IsEmpty);

        var order = process.Requests.Single(request => request["do"]!.GetValue<string>() == "cancel");
        Assert.That((order["reason"]!.GetValue<string>(), order["identity"]!.GetValue<string>()), Is.EqualTo(("enough", "ann")));
        Assert.That(feed.Messages, Is.EqualTo(new[] { "Cancelled 1 call." }));
    }

    [Test]
    public void the_end_of_the_process_ends_the_feed()
    {
        using var process = new FakeProcess { Answer = _ => [FakeProcess.Hangup] };
        using var feed = new WatchFeed(Reach.Open(FakeProcess.Pid, process.Folder, Stage.Patience), new Selectors(), "ann", TimeSpan.FromMilliseconds(1));

        Wait(() => feed.HasEnded);

        Assert.That(feed.End?.Code, Is.EqualTo(Refusals.EndedCode));
    }

    [Test]
    public void in_a_pipe_each_look_is_a_line_of_json_until_the_process_ends()
    {
        using var process = new FakeProcess { Calls = [FakeProcess.Call("1f3a9c2e")] };
        var looks = 0;
        process.Answer = _ => ++looks > 2 ? [FakeProcess.Hangup] : null;

        var run = ToolRun.Of(process.Folder, "watch", FakeProcess.Name, "--interval", "1ms", "--format", "json");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Lines, Has.Length.EqualTo(3));
        Assert.That(run.Lines.Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!["count"]?.GetValue<int>()), Is.EqualTo(new int?[] { 1, 1, null }));
        Assert.That(run.Error, Does.Contain("has ended"));
    }

    [Test]
    public void once_is_one_table()
    {
        using var process = new FakeProcess { Calls = [FakeProcess.Call("1f3a9c2e")] };

        var run = ToolRun.Of(process.Folder, "watch", FakeProcess.Name, "--once");

        Assert.That(run.Lines, Has.Length.EqualTo(4));
        Assert.That(run.Lines[2], Does.StartWith("1f3a9c2e  Shop.Jobs.Sync"));
    }

    private static Snapshot Snapshot(params string[] ids) => new(
        [.. ids.Select(id => new CallRow(id, "Shop.Jobs.Sync", "Running", 1, 1.5, "Sync.cs:3 Task.Delay"))],
        ids.Length, false, "03:04:05 pause 3 calls by ann (Tool): \"deploying\"", "");

    private static WatchView View() => new(new Greeting(1234, "Shop", 1, 3, null, null, null), '…', hasColours: false);

    private static void Wait(Func<bool> condition) => Assert.That(SpinWait.SpinUntil(condition, Stage.Patience), Is.True);

    private string Draw() => string.Join('\n', View().Draw(_state, 80, Height).Select(line => line.TrimEnd()));

    private WatchOrder? Press(string keys)
    {
        WatchOrder? order = null;
        foreach (var key in keys)
        {
            var name = key switch { '\r' => ConsoleKey.Enter, '\e' => ConsoleKey.Escape, '\b' => ConsoleKey.Backspace, _ => ConsoleKey.None };
            order = _state.Press(new ConsoleKeyInfo(key, name, false, false, false), Height) ?? order;
        }

        return order;
    }
}
