namespace Sitters.Fody.Diagnostics;

/// <summary>
/// Decides what becomes of a diagnostic, in the compiler's own order: what the source suppresses, then the project's lists, then
/// .editorconfig, then whether all warnings are errors. Errors stay errors.
/// </summary>
internal sealed class Verdicts(BuildOptions options, ModuleDefinition module)
{
    private readonly SourceDirectives _directives = new();

    /// <returns>Null where nothing is to be told.</returns>
    public Severity? Of(Finding finding)
    {
        var rule = finding.Rule;
        if (finding.IsError)
        {
            return Severity.Error;
        }

        if (options.AnalyzerTells && rule.IsSeenInSource && !finding.IsOfFile)
        {
            return null;
        }

        if (IsSuppressed(finding) || options.IsNoWarn(rule))
        {
            return null;
        }

        if (options.IsWarningAsError(rule))
        {
            return Severity.Error;
        }

        return options.EditorConfig.Severity(rule, SourceFile(finding)) switch
        {
            "none" or "silent" or "refactoring" or "suggestion" => null,
            "error" => Severity.Error,
            _ => options.TreatWarningsAsErrors && !options.IsWarningNotAsError(rule) ? Severity.Error : Severity.Warning,
        };
    }

    private string? SourceFile(Finding finding) =>
        finding.Location is { } location ? options.SourceFile(location.Document.Url) : null;

    private bool IsSuppressed(Finding finding) =>
        (SourceFile(finding) is { } file && _directives.Disable(finding.Rule, file, finding.Location!.StartLine))
        || SuppressedMessages.Suppress(finding.Rule, (finding.Sat as SatMethod)?.Method, module);
}
