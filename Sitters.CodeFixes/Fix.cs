using Microsoft.CodeAnalysis.Editing;

namespace Sitters.CodeFixes;

/// <summary>One way to mend what a diagnostic tells.</summary>
/// <param name="Key">Fixes of one key are applied together.</param>
/// <param name="Title">What it does.</param>
/// <param name="Document">Where the diagnostic is.</param>
/// <param name="Apply">Does it; what others have done in the same editor stays.</param>
internal sealed record Fix(string Key, string Title, Document Document, Func<SolutionEditor, CancellationToken, Task> Apply)
{
    public static async Task<Solution> ApplyAsync(Solution solution, IEnumerable<Fix> fixes, CancellationToken cancellation)
    {
        var editor = new SolutionEditor(solution);
        foreach (var fix in fixes)
        {
            await fix.Apply(editor, cancellation).ConfigureAwait(false);
        }

        return editor.GetChangedSolution();
    }
}
