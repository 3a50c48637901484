using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Diagnostics.NETCore.Client;
using Sitters.Tool;
using Sitters.Tool.Reaching;
using Tests.Signals;

namespace Tests.Tool;

/// <summary>A process with Sitters in it that was knocked at, and has opened nothing.</summary>
[Platform("Linux")]
internal sealed class ExplanationTests
{
    private static IEnumerable<TestCaseData> Failures =>
    [
        new(new ServerErrorException("Start failed - HRESULT: 0x80004005."), "sessions-taken"),
        new(new UnsupportedCommandException("no such command"), "runtime-too-old"),
        new(new OperationCanceledException(), "no-answer"),
        new(new SocketException((int)SocketError.AccessDenied), "other-user"),
        new(new ServerNotAvailableException("Connection refused."), "no-port"),
        new(new SocketException((int)SocketError.ConnectionRefused), "no-port"),
        new(new IOException("The pipe is broken."), "port-refused"),
    ];

    [TestCaseSource(nameof(Failures))]
    public void what_its_port_has_refused_is_told(Exception failure, string code) =>
        Assert.That(Explain(failure, isTaken: false).Code, Is.EqualTo(code));

    [Test]
    public void a_knock_that_was_taken_and_not_heard_has_found_no_sat_call() => Assert.That(Explain(null, isTaken: true).Code, Is.EqualTo("no-call-yet"));

    [TestCase("Sitters.Tool", "forbidden")]
    [TestCase("System.Diagnostics.Tracing.EventSource.IsSupported", "event-source-off")]
    public async Task an_option_that_keeps_it_shut_is_named(string option, string code)
    {
        var folder = Directory.CreateTempSubdirectory("tool").FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(SignalProgram.Path)!))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var config = Path.Combine(folder, "SignalProgram.runtimeconfig.json");
        var json = JsonNode.Parse(File.ReadAllText(config))!;
        json["runtimeOptions"]!["configProperties"]![option] = false;
        File.WriteAllText(config, json.ToJsonString());
        await using (var child = await Child.Start(Path.Combine(folder, "SignalProgram"), ["work:a", "wait=body"]))
        {
            var run = ToolRun.Of(Path.GetTempPath(), "ps", child.Id.ToString(), "--format", "json");

            Assert.That(run.ExitCode, Is.EqualTo(ExitCode.NotReached));
            Assert.That(run.Json["error"]!["code"]!.GetValue<string>(), Is.EqualTo(code), run.Error);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static ToolException Explain(Exception? failure, bool isTaken)
    {
        // Sitters is in the test's own process.
        Sitters.Sitter.Resume();
        return Explanation.AfterKnocking(new Place(Environment.ProcessId, Path.GetTempPath()), failure, isTaken, hadSocket: false);
    }
}
