using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Sitters.Analyzers;
using Sitters.CodeFixes;

namespace Tests.Analyzers;

/// <summary>
/// What is mended everywhere at once. An editor asks with the key of a fix that was chosen; <c>dotnet format</c> with the key of whatever
/// was told first, be it of another code, or with none.
/// </summary>
internal sealed class FixAllTests
{
    private const string Source = """
        [Sit(CompletionHooks = ["OnDonne"])]
        public class Orders
        {
            [Sit(RetryDelaySeconds = 1)]
            public async Task Sync() => await Task.Yield();

            [Sit(StartupHooks = ["Prepare"], TimeoutSeconds = 1, AttemptTimeoutSeconds = 2)]
            public async Task Send() => await Task.Yield();

            [Sit(OnCancel = SitOutcome.ReturnDefault)]
            public async Task<int> Count() => await Task.FromResult(1);

            private void OnDone()
            {
            }
        }

        public class Log
        {
            [Sit(MaxAttempts = 0)]
            public async Task Write() => await Task.Yield();
        }
        """;

    private static readonly string _withHooks = Source
        .Replace("\"OnDonne\"", "\"OnDone\"")
        .Replace("\"Prepare\"", "nameof(Prepare)")
        .Replace(
            """
                [Sit(OnCancel
            """,
            """
                private void Prepare()
                {
                }

                [Sit(OnCancel
            """);

    [TestCase("SIT014.Remove")]
    [TestCase("SIT005.MakeNullable")]
    [TestCase("Remove")]
    [TestCase(null)]
    public async Task with_the_key_of_another_code_or_none_each_gets_its_best_fix(string? key) =>
        Assert.That(await FixAll(key, "SIT003"), Is.EqualTo(_withHooks));

    [Test]
    public async Task with_the_key_of_another_code_only_the_code_that_is_asked_for_is_mended() =>
        Assert.That(await FixAll("SIT003.CreateHook", "SIT014"), Is.EqualTo(Source.Replace("[Sit(RetryDelaySeconds = 1)]", "[Sit]")));

    [Test]
    public async Task the_best_of_several_fixes_does_not_depend_on_what_was_told_first() =>
        Assert.That(await FixAll("SIT014.Remove", "SIT005"), Is.EqualTo(Source.Replace("Task<int> Count", "Task<int?> Count")));

    [Test]
    public async Task the_fix_that_was_chosen_is_made_and_no_other_of_its_code() =>
        Assert.That(await FixAll("SIT003.TakeNearest", "SIT003"), Is.EqualTo(Source.Replace("\"OnDonne\"", "\"OnDone\"")));

    [Test]
    public async Task the_fix_that_was_chosen_may_be_the_second_best() =>
        Assert.That(await FixAll("SIT005.Remove", "SIT005"), Is.EqualTo(Source.Replace("[Sit(OnCancel = SitOutcome.ReturnDefault)]", "[Sit]")));

    [Test]
    public async Task where_nothing_has_a_fix_none_is_made() => Assert.That(await FixAll("SIT014.Remove", "SIT006"), Is.Null);

    /// <summary>The source after all diagnostics of a code have been fixed; null where there is no action.</summary>
    private static async Task<string?> FixAll(string? key, string id)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Shop",
            "Shop",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            parseOptions: CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest),
            metadataReferences: Sources.References));
        workspace.AddDocument(project.Id, "Usings.cs", SourceText.From(Sources.Usings));
        var document = workspace.AddDocument(project.Id, "Shop.cs", SourceText.From(Source));
        var provider = new SitCodeFixProvider();
        var context = new FixAllContext(
            document, provider, FixAllScope.Solution, key!, [id], new Told(await Diagnostics(document.Project)), CancellationToken.None);

        if (await provider.GetFixAllProvider().GetFixAsync(context) is not { } action)
        {
            return null;
        }

        var operation = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        return (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private static async Task<ImmutableArray<Diagnostic>> Diagnostics(Project project)
    {
        var compilation = (await project.GetCompilationAsync())!;
        Assert.That(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        var told = await compilation.WithAnalyzers([new SitAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        string[] expected = ["SIT003", "SIT005", "SIT006", "SIT013", "SIT014"];
        Assert.That(told.Select(diagnostic => diagnostic.Id).Distinct().Order(), Is.EqualTo(expected));
        return told;
    }

    private sealed class Told(ImmutableArray<Diagnostic> all) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(all);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return all.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
