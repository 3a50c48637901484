using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AssemblyToProcess.Life;
using Sitters;
using Sitters.Runtime.Remote;

namespace Tests.Remote;

/// <summary>The examples of the page about the protocol are what is really answered, but for ids, times and places.</summary>
internal sealed partial class ProtocolPageTests : ControllerFixture
{
    [Test]
    public async Task each_example_is_answered_as_the_page_says()
    {
        // As a host's appsettings.json.
        using var settings = SitEngine.Instance.OpenConfiguration(null, "Sitters", endsWithScope: false);
        settings.Replace(new SitterConfiguration { Defaults = new SitSettings { GraceSeconds = 10 } }, []);
        var call = Set<Steered>().Sync();
        var id = Call("Sync").Id.ToString();
        var blocks = JsonBlock().Matches(Documentation.Page.Get("docs/internals/protocol.md").Text).Select(match => match.Groups["lines"].Value.TrimEnd()).ToArray();
        Assert.That(blocks, Has.Length.GreaterThan(12));
        Assert.That(Shapes(GreetingOfThisProcess()), Is.EqualTo(Shapes(blocks[0])), "the greeting");

        for (var i = 1; i < blocks.Length; i += 2)
        {
            // The log also has what other tests have done.
            var request = blocks[i].Replace("1f3a9c2e", id[..8]).Replace("0c8f5a2e", TestContext.CurrentContext.Test.ID);
            var answer = Requests.Ask(request).Select(line => line.GetRawText()).TakeLast(blocks[i + 1].Split('\n').Length);

            Assert.That(Shapes(string.Join('\n', answer)), Is.EqualTo(Shapes(blocks[i + 1])), request);
        }

        Sitter.Resume("*.Sync");
        Stage.OpenForGood("sync");
        await call.InTime();
    }

    private static string GreetingOfThisProcess()
    {
        using var output = new MemoryStream();
        Greeting.WriteTo(output);
        return Encoding.UTF8.GetString(output.ToArray()).TrimEnd();
    }

    private static IEnumerable<string> Shapes(string lines) => lines.Split('\n').Select(line => Shape(Requests.Parse(line)));

    /// <summary>The names in their order, and the kind of each value; words that never differ as they are.</summary>
    private static string Shape(JsonElement value, string name = "") => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(' ', value.EnumerateObject().Select(member => $"{member.Name}:{Shape(member.Value, member.Name)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(' ', value.EnumerateArray().Select(item => Shape(item)))}]",
        JsonValueKind.String when name is "state" or "verb" or "source" or "identity" or "reason" or "error" or "message" or "from" or "value" =>
            value.GetString()!,
        _ => value.ValueKind.ToString(),
    };

    [GeneratedRegex(@"^```json\n(?<lines>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex JsonBlock();
}
