using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sitters.Rules.Checking;

namespace Sitters.Analyzers;

/// <summary>Tells of <c>[Sit]</c> what the weaver would tell: the same rules, texts and lines.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SitAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();

        // What is generated is woven like everything else.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var compilation = context.Compilation;
        if (compilation.GetTypesByMetadataName("Sitters.SitAttribute").IsEmpty
            || ConfigurationSource.Read(compilation, context.Options.AdditionalFiles) is not { } configuration)
        {
            return;
        }

        // The package's build files say where the pages are.
        context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.SittersErrorPages", out var pages);
        var reader = new SubjectReader(compilation, configuration);
        context.RegisterSymbolAction(
            symbol => Tell(OfType((INamedTypeSymbol)symbol.Symbol, reader), pages, symbol.ReportDiagnostic), SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (SubjectReader.IsInner(node.Node))
                {
                    Tell(OfInner(node, reader), pages, node.ReportDiagnostic);
                }
            },
            SyntaxKind.LocalFunctionStatement,
            SyntaxKind.ParenthesizedLambdaExpression);
        if (reader.Assembly is { } assembly)
        {
            context.RegisterCompilationEndAction(end => Tell(OfAssembly(assembly, reader), pages, end.ReportDiagnostic));
        }
    }

    private static IEnumerable<Finding> OfType(INamedTypeSymbol type, SubjectReader reader)
    {
        var (layer, layers, methods) = reader.Read(type);
        var found = layers.SelectMany(own => LayerChecks.Of(own, reader.Configuration))
            .Concat(methods.SelectMany(MethodChecks.Of))
            .Concat(EffectChecks.Of(methods, layers));
        return layer is null
            ? found
            : found.Concat(LayerChecks.Of(layer, reader.Configuration)).Concat(EffectChecks.Of([.. methods, .. reader.ReadInner(type)], [layer]));
    }

    private static IEnumerable<Finding> OfInner(SyntaxNodeAnalysisContext context, SubjectReader reader)
    {
        var (layer, method) = reader.ReadInner(context.Node, context.SemanticModel);
        var ofLayer = layer is null ? [] : LayerChecks.Of(layer, reader.Configuration);
        return method is null ? ofLayer : ofLayer.Concat(MethodChecks.Of(method)).Concat(EffectChecks.Of([method], [layer!]));
    }

    private static IEnumerable<Finding> OfAssembly(Layer assembly, SubjectReader reader) =>
        LayerChecks.Of(assembly, reader.Configuration).Concat(EffectChecks.Of([.. reader.ReadEverything()], [assembly]));

    private static void Tell(IEnumerable<Finding> findings, string? pages, Action<Diagnostic> report)
    {
        foreach (var finding in findings)
        {
            var properties = ImmutableDictionary<string, string?>.Empty
                .Add(FixProperties.Settings, string.Join(",", finding.Settings))
                .Add(FixProperties.Level, finding.Sat?.Level.ToString())
                .Add(FixProperties.Name, finding.Missing?.Name)
                .Add(FixProperties.Nearest, finding.Missing?.Nearest);
            if (finding.Missing is { CanBeAdded: true })
            {
                properties = properties.Add(FixProperties.CanBeAdded, "");
            }

            var page = string.IsNullOrEmpty(pages) ? "" : $" See {pages}{finding.Rule.Id}.md";
            report(Diagnostic.Create(Descriptors.For(finding.Rule), finding.Location, properties, finding.Text + page));
        }
    }
}
