using System.Collections.Immutable;
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
        if (!compilation.ReferencedAssemblyNames.Any(reference => reference.Name == "Sitters"))
        {
            return;
        }

        // Where no file names the attribute, and no Apply could stand for it, nothing else is asked: such a build must not notice.
        var mentions = new Mentions(
            compilation.SyntaxTrees, file => context.TryGetValue(file, Mentions.Known, out var known) ? known : Mentions.Look(file));
        var files = context.Options.AdditionalFiles;
        if ((!mentions.Any && !ConfigurationSource.MayApply(files))
            || ConfigurationSource.Read(compilation, files) is not { } configuration)
        {
            return;
        }

        // The package's build files say where the pages are.
        context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.SittersErrorPages", out var pages);
        var reader = new SubjectReader(compilation, configuration, mentions);
        context.RegisterSymbolAction(
            symbol =>
            {
                if (reader.MayHaveSat((INamedTypeSymbol)symbol.Symbol))
                {
                    Tell(OfType((INamedTypeSymbol)symbol.Symbol, reader), pages, symbol.ReportDiagnostic);
                }
            },
            SymbolKind.NamedType);
        if (mentions.Any)
        {
            // Not an action for syntax nodes, for which the compiler would walk through all files.
            context.RegisterSemanticModelAction(
                file =>
                {
                    if (mentions.In(file.SemanticModel.SyntaxTree))
                    {
                        Tell(OfInner(file.SemanticModel, reader), pages, file.ReportDiagnostic);
                    }
                });
        }

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
            : found.Concat(LayerChecks.Of(layer, reader.Configuration)).Concat(EffectChecks.Of([.. methods, .. reader.ReadInner(type, layer)], [layer]));
    }

    private static IEnumerable<Finding> OfInner(SemanticModel model, SubjectReader reader)
    {
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes().Where(SubjectReader.IsInner))
        {
            var (layer, method) = reader.ReadInner(node, model);
            var ofLayer = layer is null ? [] : LayerChecks.Of(layer, reader.Configuration);
            foreach (var finding in method is null
                ? ofLayer
                : ofLayer.Concat(MethodChecks.Of(method)).Concat(EffectChecks.Of([method], [layer!])))
            {
                yield return finding;
            }
        }
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
