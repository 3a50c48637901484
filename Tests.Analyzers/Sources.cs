using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sitters;
using Sitters.Analyzers;

namespace Tests.Analyzers;

/// <summary>Puts sources through the analyzer, in the compiler that this assembly refers to.</summary>
internal static class Sources
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading.Tasks;
        global using Sitters;
        """;

    private static readonly Lazy<IReadOnlyList<MetadataReference>> _framework = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(file) is "netstandard.dll" or "Polly.Core.dll" or "Microsoft.Extensions.Caching.Abstractions.dll")
            .Select(file => MetadataReference.CreateFromFile(file))]);

    private static readonly MetadataReference _sitters = MetadataReference.CreateFromFile(typeof(SitAttribute).Assembly.Location);

    public static IEnumerable<MetadataReference> References => _framework.Value.Append(_sitters);

    public static CSharpCompilation Compile(string source, bool withSitters = true) => CSharpCompilation.Create(
        "Shop",
        [.. new[] { withSitters ? Usings : Usings.Replace("global using Sitters;", ""), source }.Select((text, index) => CSharpSyntaxTree.ParseText(
            text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest), index == 0 ? "Usings.cs" : "Shop.cs"))],
        withSitters ? References : _framework.Value,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What the analyzer tells, as "SIT005: text". The compiler itself must find no fault with the source.</summary>
    public static async Task<IReadOnlyList<string>> Tell(string source, string? configuration = null) =>
        [.. (await Analyze(Compile(source), configuration)).Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage()}")];

    public static async Task<IReadOnlyList<Diagnostic>> Analyze(CSharpCompilation compilation, string? configuration = null, bool mayHaveErrors = false)
    {
        if (!mayHaveErrors)
        {
            Assert.That(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        }

        var files = configuration is null ? [] : new AdditionalText[] { new File("/shop/FodyWeavers.xml", configuration) };
        var analyzed = compilation.WithAnalyzers([new SitAnalyzer()], new AnalyzerOptions([.. files]));
        return await analyzed.GetAnalyzerDiagnosticsAsync();
    }

    private sealed class File(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) =>
            Microsoft.CodeAnalysis.Text.SourceText.From(text);
    }
}
