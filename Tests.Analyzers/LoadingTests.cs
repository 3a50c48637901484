using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sitters.Analyzers;
using Sitters.CodeFixes;

namespace Tests.Analyzers;

/// <summary>Where the analyzer can run, and where it has nothing to do.</summary>
internal sealed class LoadingTests
{
    [Test]
    public void these_tests_run_in_the_oldest_compiler() =>
        Assert.That(typeof(Compilation).Assembly.GetName().Version!.ToString(2), Is.EqualTo("4.8"));

    [Test]
    public void the_analyzer_refers_to_what_every_compiler_has_and_to_nothing_else() => Assert.That(
        References(typeof(SitAnalyzer)),
        Is.SubsetOf(new[] { "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable" }));

    [Test]
    public void the_fixes_refer_to_what_every_editor_has_and_to_nothing_else() => Assert.That(
        References(typeof(SitCodeFixProvider)),
        Is.SubsetOf(new[]
        {
            "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Workspaces",
            "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Collections.Immutable", "System.Composition.AttributedModel",
        }));

    [Test]
    public async Task nothing_is_done_in_a_project_without_the_library()
    {
        var compilation = Sources.Compile("public class Orders;", withSitters: false);
        var options = new AnalyzerOptions([new Untouchable()]);

        Assert.That(await compilation.WithAnalyzers([new SitAnalyzer()], options).GetAllDiagnosticsAsync(), Has.None.Matches<Diagnostic?>(IsOfAnalyzer));
    }

    [Test]
    public void each_rule_that_the_source_shows_is_supported_under_its_own_severity() => Assert.That(
        new SitAnalyzer().SupportedDiagnostics.Select(rule => $"{rule.Id} {rule.DefaultSeverity}"),
        Is.EqualTo(Sitters.Rules.KnownRules.All.Where(rule => rule.IsSeenInSource).Select(rule => $"{rule.Id} {rule.Severity}")));

    /// <summary>A failure of the analyzer is a warning of its own.</summary>
    private static bool IsOfAnalyzer(Diagnostic? diagnostic) =>
        diagnostic is not null && (diagnostic.Id.StartsWith("SIT", StringComparison.Ordinal) || diagnostic.Id.StartsWith("AD", StringComparison.Ordinal));

    private static ImmutableArray<string> References(Type type)
    {
        using var file = new PEReader(File.OpenRead(type.Assembly.Location));
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    /// <summary>A configuration that must not be read.</summary>
    private sealed class Untouchable : AdditionalText
    {
        public override string Path => "/shop/FodyWeavers.xml";

        public override Microsoft.CodeAnalysis.Text.SourceText? GetText(CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("The analyzer read a configuration.");
    }
}
