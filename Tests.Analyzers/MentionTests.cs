using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sitters.Analyzers;

namespace Tests.Analyzers;

/// <summary>A file that does not name the attribute is not read any further, and none is passed over that means it.</summary>
internal sealed class MentionTests
{
    private const string Method = "public partial class Orders { [Sit(CacheSize = 1)] public async Task Sync() => await Task.Yield(); }";

    [Test]
    public async Task every_way_to_write_the_attribute_is_seen(
        [Values("Sit", "SitAttribute", "@SitAttribute", "Sitters.Sit", "global::Sitters.SitAttribute", "Obsolete, Sit", @"S\u0069t")] string written) => Assert.That(
        await Told(Method.Replace("[Sit(", $"[{written}(")),
        Has.One.EqualTo("SIT004"));

    [Test]
    public async Task an_alias_in_the_file_is_seen() =>
        Assert.That(await Told("using Watched = Sitters.SitAttribute; " + Method.Replace("[Sit(", "[Watched(")), Has.One.EqualTo("SIT004"));

    [Test]
    public async Task an_alias_for_all_files_is_seen() => Assert.That(
        await Told("global using Watched = Sitters.SitAttribute;", Method.Replace("[Sit(", "[Watched(")),
        Has.One.EqualTo("SIT004"));

    [Test]
    public async Task an_attribute_of_one_part_of_a_class_counts_in_the_others() => Assert.That(
        await Told("[Sit(OnCancel = SitOutcome.ReturnDefault)] public partial class Orders;", """
            public partial class Orders
            {
                public async Task<int> Sync()
                {
                    await Task.Yield();
                    return 1;
                }
            }
            """),
        Has.One.EqualTo("SIT005"));

    [Test]
    public async Task a_lambda_with_an_attribute_is_seen() => Assert.That(
        await Told("public class Orders { public Func<Task> Sync = [Sit(CacheSize = 1)] async () => await Task.Yield(); }"),
        Has.One.EqualTo("SIT004"));

    [Test]
    public async Task where_no_file_names_it_nothing_is_asked_after_the_start()
    {
        var actions = await Actions("public class Site { public Func<Task> Visit = async () => await Task.Yield(); }");

        Assert.That(actions, Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task where_one_names_it_no_syntax_node_is_asked_for()
    {
        var actions = await Actions(Method);

        Assert.That(actions, Is.EqualTo((1, 1, 0)));
    }

    private static async Task<IReadOnlyList<string>> Told(params string[] files) =>
        [.. (await Sources.Analyze(With(files))).Select(diagnostic => diagnostic.Id)];

    private static async Task<(int OfSymbols, int OfFiles, int OfNodes)> Actions(string file)
    {
        var analyzer = new SitAnalyzer();
        var result = await With([file]).WithAnalyzers([analyzer], new AnalyzerOptions([])).GetAnalysisResultAsync(default);
        var counts = result.AnalyzerTelemetryInfo[analyzer];
        return (counts.SymbolActionsCount, counts.SemanticModelActionsCount, counts.SyntaxNodeActionsCount);
    }

    private static CSharpCompilation With(string[] files) => Sources.Compile("").AddSyntaxTrees(
        files.Select((file, index) => CSharpSyntaxTree.ParseText(
            file, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest), $"File{index}.cs")));
}
