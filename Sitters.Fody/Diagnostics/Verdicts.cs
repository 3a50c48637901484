namespace Sitters.Fody.Diagnostics;

/// <summary>
/// Decides what becomes of a diagnostic, in the compiler's own order: what the source suppresses, then the project's lists, then
/// .editorconfig, then whether all warnings are errors. Errors stay errors.
/// </summary>
internal sealed class Verdicts(BuildOptions options, ModuleDefinition module)
{
    private readonly SourceDirectives _directives = new();

    /// <returns>Null where nothing is to be told.</returns>
    public Severity? Of(Diagnostic diagnostic)
    {
        var rule = diagnostic.Rule;
        if (diagnostic.IsError)
        {
            return Severity.Error;
        }

        if (IsSuppressed(diagnostic) || options.IsNoWarn(rule))
        {
            return null;
        }

        if (options.IsWarningAsError(rule))
        {
            return Severity.Error;
        }

        return options.EditorConfig.Severity(rule, SourceFile(diagnostic)) switch
        {
            "none" or "silent" or "refactoring" or "suggestion" => null,
            "error" => Severity.Error,
            _ => options.TreatWarningsAsErrors && !options.IsWarningNotAsError(rule) ? Severity.Error : Severity.Warning,
        };
    }

    private string? SourceFile(Diagnostic diagnostic) =>
        diagnostic.Location is { } location ? options.SourceFile(location.Document.Url) : null;

    private bool IsSuppressed(Diagnostic diagnostic) =>
        (SourceFile(diagnostic) is { } file && _directives.Disable(diagnostic.Rule, file, diagnostic.Location!.StartLine))
        || SuppressedMessages.Suppress(diagnostic.Rule, diagnostic.Member, module);
}
