using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Sitters.CodeFixes;

/// <summary>Offers the fixes to the editor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SitCodeFixProvider))]
public sealed class SitCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create("SIT002", "SIT003", "SIT005", "SIT006", "SIT007", "SIT008", "SIT013", "SIT014");

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => SolutionFixAllProvider.Instance;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var fix in await Fixes.Of(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                var solution = context.Document.Project.Solution;
                context.RegisterCodeFix(
                    CodeAction.Create(fix.Title, cancellation => Fix.ApplyAsync(solution, [fix], cancellation), fix.Key), diagnostic);
            }
        }
    }
}
