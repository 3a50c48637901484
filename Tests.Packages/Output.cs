using System.Text.RegularExpressions;

namespace Tests.Packages;

/// <summary>What a command left behind.</summary>
internal sealed record Output(string Command, int ExitCode, string Text)
{
    public IReadOnlyList<string> Lines { get; } = Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The distinct warnings of a build; of one project where that is named.</summary>
    public IEnumerable<string> Warnings(string project = "") => Messages("warning", project);

    /// <summary>The distinct errors of a build; of one project where that is named.</summary>
    public IEnumerable<string> Errors(string project = "") => Messages("error", project);

    /// <summary>This, where the command succeeded; else the test fails with all that the command said.</summary>
    public Output Succeeded()
    {
        Assert.That(ExitCode, Is.Zero, ToString());
        return this;
    }

    public override string ToString() => $"{Command}: exit code {ExitCode}\n{Text}";

    /// <summary>Before its kind a message may say of what sort it is: "Trim analysis warning".</summary>
    private IEnumerable<string> Messages(string kind, string project) =>
        Lines.Where(line => Regex.IsMatch(line, $@": ([\w ]+ )?{kind} ") && line.Contains($"{project}.csproj]") | project.Length == 0).Distinct();
}
