using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Sitters.CodeFixes;

/// <summary>Applies fixes one after the other in one editor, so that two in one attribute don't get into each other's way.</summary>
internal sealed class SolutionFixAllProvider : FixAllProvider
{
    private SolutionFixAllProvider()
    {
    }

    public static SolutionFixAllProvider Instance { get; } = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var offered = new List<IReadOnlyList<Fix>>();
        foreach (var (document, diagnostics) in await DiagnosticsOf(fixAllContext).ConfigureAwait(false))
        {
            foreach (var diagnostic in diagnostics)
            {
                offered.Add(await Fixes.Of(document, diagnostic, fixAllContext.CancellationToken).ConfigureAwait(false));
            }
        }

        var fixes = Chosen(offered, fixAllContext.CodeActionEquivalenceKey).ToArray();
        return fixes.Length == 0
            ? null
            : CodeAction.Create(
                "Fix all", cancellation => Fix.ApplyAsync(fixAllContext.Solution, fixes, cancellation), fixAllContext.CodeActionEquivalenceKey);
    }

    /// <summary>
    /// An editor asks with the key of the fix that was chosen there. <c>dotnet format</c> chooses none: it asks with the key of whatever was
    /// told first, which may be of another code, or with none where that has no fix. Then the best of each is taken.
    /// </summary>
    private static IEnumerable<Fix> Chosen(IReadOnlyCollection<IReadOnlyList<Fix>> offered, string? key)
    {
        var ofKey = offered.SelectMany(fixes => fixes.Where(fix => fix.Key == key)).ToArray();
        return ofKey.Length > 0 ? ofKey : offered.SelectMany(fixes => fixes.Take(1));
    }

    private static async Task<List<(Document Document, ImmutableArray<Diagnostic> Diagnostics)>> DiagnosticsOf(FixAllContext context)
    {
        IEnumerable<Document> documents = context.Scope switch
        {
            FixAllScope.Document => [context.Document!],
            FixAllScope.Project => context.Project.Documents,
            _ => context.Solution.Projects.Where(project => project.Language == LanguageNames.CSharp).SelectMany(project => project.Documents),
        };
        var found = new List<(Document, ImmutableArray<Diagnostic>)>();
        foreach (var document in documents)
        {
            found.Add((document, await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)));
        }

        return found;
    }
}
