using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using Sitters.Analyzers;
using Tests.Weaving;

namespace Tests.Analyzers;

/// <summary>The sources with every fault there is, through the compiler of this SDK and through the weaver.</summary>
internal sealed partial class CorpusTests
{
    private IReadOnlyList<Message> _ofCompiler = [];
    private IReadOnlyList<Message> _ofWeaver = [];

    [OneTimeSetUp]
    public async Task Tell()
    {
        var folder = Repository.PathOf("TestAssets", Subject.Faulty.Name);
        var usings = Directory.EnumerateFiles(Path.Combine(folder, "obj"), "*.GlobalUsings.g.cs", SearchOption.AllDirectories).First();
        var output = Path.Combine(Directory.CreateTempSubdirectory("sitters-").FullName, "Faulty.dll");
        string[] arguments =
        [
            Path.Combine(Sdk(), "Roslyn", "bincore", "csc.dll"), "-nologo", "-noconfig", "-nostdlib", "-unsafe", "-nullable:enable", "-langversion:latest",
            "-target:library", $"-out:{output}", "-fullpaths", "-nowarn:CS1998,CS1701", $"-analyzer:{typeof(SitAnalyzer).Assembly.Location}", usings,
            .. Subject.Faulty.References.Select(reference => $"-r:{reference}"),
            .. Directory.EnumerateFiles(folder, "*.cs"),
        ];
        var compiled = await Cli.Wrap("dotnet").WithArguments(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        _ofCompiler = [.. compiled.StandardOutput.Split('\n').Select(line => Line().Match(line)).Select(Read)];
        _ofWeaver = Weaver.Weave(Subject.Faulty).Messages;

        static Message Read(Match line) => line.Success
            ? new Message(
                line.Groups["severity"].Value, $"{line.Groups["code"].Value}: {line.Groups["text"].Value.Trim()}", line.Groups["file"].Value,
                int.Parse(line.Groups["line"].Value))
            : new Message("other", line.Value, null, 0);
    }

    [Test]
    public void the_compiler_tells_of_each_where_its_comment_stands_and_of_nothing_else() => Assert.That(
        _ofCompiler.Where(message => message.Severity != "other").Select(message => $"{message.Code} at {Path.GetFileName(message.File)}:{message.Line}").Order(),
        Is.EqualTo(ExpectedMessages.ReadAll().Where(expected => !expected.StartsWith("SIT017")).Order()));

    [Test]
    public void the_compiler_and_the_weaver_say_the_same_of_it() => Assert.That(
        _ofCompiler.Where(message => message.Severity != "other").Select(message => $"{message.Severity} {message.Text}").Order(),
        Is.EqualTo(_ofWeaver.Where(message => message.Severity is "error" or "warning" && message.Code != "SIT017")
            .Select(message => $"{message.Severity} {message.Text}").Order()));

    private static string Sdk()
    {
        var version = Directory.EnumerateDirectories(Path.Combine(Root(), "sdk")).Order().Last();
        return version;
    }

    private static string Root() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    [GeneratedRegex(@"^(?<file>.+)\((?<line>\d+),\d+\): (?<severity>error|warning) (?<code>SIT\d+): (?<text>.*)$")]
    private static partial Regex Line();
}
