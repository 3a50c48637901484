using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sitters;
using Sitters.Tool;
using Tests.Remote;
using Tests.Tool;

namespace Tests.Properties;

/// <summary>Whatever comes over the socket, on either side of it: an answer or a refusal.</summary>
internal sealed class ProtocolTests : ControllerFixture
{
    private static readonly Gen<byte[]> _requests = Json.Lines(
        ("id", "\"a\""), ("do", "\"ps\""), ("do", "\"tree\""), ("do", "\"resume\""), ("do", "\"pause\""), ("do", "\"cancel\""), ("do", "\"log\""), ("methods", "\"Shop.*\""),
        ("call", "[\"1f3a9c2e\"]"), ("call", "\"1f3a\""), ("state", "\"Running\""), ("olderThan", "1.5"), ("waitsAt", "\"Orders.cs:12\""), ("limit", "3"),
        ("reason", "\"why\""), ("identity", "\"ann\""), ("for", "60"), ("rate", "10"), ("dryRun", "true"), ("until", "\"2999-01-01T00:00:00Z\""));

    private static readonly Gen<byte[]> _answers = Json.Lines(
        ("id", "\"a\""), ("done", "true"), ("calls", "2"), ("paused", "false"), ("ids", "[\"1f3a9c2e-0000-0000-0000-000000000000\"]"), ("standing", "true"),
        ("stillPaused", "1"), ("repeated", "true"), ("error", "\"invalid\""), ("message", "\"no\""), ("call", Waiting), ("call", "{}"), ("control", Control),
        ("method", "{\"name\":\"Shop.Orders.Read\",\"settings\":{\"MaxAttempts\":{\"value\":3,\"from\":\"default\"}}}"), ("method", "{\"name\":1,\"settings\":[]}"));

    private const string Waiting =
        """
        {"id":"1f3a9c2e-0000-0000-0000-000000000000","method":"Shop.Jobs.Sync","state":"Running","attempt":1,"restarts":0,"age":1e400,"wait":{"file":"\ud800","line":1e99,"awaits":"x","more":-1},"tree":[{"method":"\udfff"}]}
        """;

    private const string Control = """{"at":"0000","verb":7,"source":"Tool","identity":"\ud800","reason":"x","calls":1e999}""";

    private static readonly Gen<byte[]> _greetings = Json.Lines(
        ("sitters", "1"), ("sitters", "1e99"), ("version", "\"0.1.0\""), ("pid", Environment.ProcessId.ToString()), ("name", "\"Shop\""), ("started", "\"2026-11-26T02:00:00Z\""),
        ("runtime", "\".NET 10.0.1\""), ("calls", "2"), ("error", "\"busy\""), ("message", "\"too many\""));

    [TearDown]
    public void EndPauses() => Sitter.Resume("*");

    [Test]
    public void a_request_of_any_bytes_is_answered_or_refused() => Property.Holds(
        _requests,
        request =>
        {
            var answer = Requests.Ask(request);

            Assert.That(answer[^1].Has("done") || answer[^1].Text("error") is "invalid" or "unknown" or "expired" or "ambiguous", answer[^1].GetRawText());
            Sitter.Resume();
        },
        cases: 1000);

    [Test]
    [Platform("Linux")]
    public void an_answer_of_any_bytes_is_shown_or_is_told_to_be_none([Values("ps", "tree", "pause", "log", "config")] string command) => Property.Holds(
        _answers.NonEmptyListOf(),
        answers =>
        {
            using var process = new FakeProcess { Bytes = [.. answers.SelectMany(answer => answer.Append((byte)'\n'))] };
            foreach (var format in new[] { "table", "json" })
            {
                Shows(ToolRun.Of(process.Folder, [command, FakeProcess.Name, "--format", format, .. command == "pause" ? new[] { "--yes" } : []]));
            }
        },
        cases: 20);

    [Test]
    [Platform("Linux")]
    public void a_greeting_of_any_bytes_is_understood_or_is_told_to_be_none() => Property.Holds(
        _greetings,
        greeting =>
        {
            using var process = new FakeProcess { Greeting = Encoding.Latin1.GetString(greeting), Encoding = Encoding.Latin1 };
            Shows(ToolRun.Of(process.Folder, "ps", FakeProcess.Name));
            Shows(ToolRun.Of(process.Folder, "ps"));
        },
        cases: 60);

    [TestCase("""{"done":true,"calls":1,"ids":[7,"\ud800"],"paused":false}""", "pause")]
    [TestCase("""{"done":true,"error":"\udc00"}""", "ps")]
    [TestCase("""{"done":true,"\ud800":1,"calls":1}""", "ps")]
    [Platform("Linux")]
    public void halves_of_characters_and_values_of_another_kind_are_no_fault_of_the_tool(string answer, string command)
    {
        using var process = new FakeProcess { Bytes = Encoding.UTF8.GetBytes(answer + "\n") };

        Shows(ToolRun.Of(process.Folder, [command, FakeProcess.Name, .. command == "pause" ? new[] { "--yes" } : []]));
    }

    private static void Shows(ToolRun run) =>
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Done).Or.EqualTo(ExitCode.NothingMatched).Or.EqualTo(ExitCode.NotReached).Or.EqualTo(ExitCode.NotInTime).Or.EqualTo(ExitCode.Usage), run.Error);
}
