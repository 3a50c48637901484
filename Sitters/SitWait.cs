using System.Diagnostics;
using System.Globalization;

namespace Sitters;

/// <summary>Where one method of a call stands: the await that it is suspended at, and what runs inside it.</summary>
/// <remarks>
/// A snapshot. Files, lines and names were written down when the assembly was woven, so that neither symbols nor metadata are needed.
/// </remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed class SitWait
{
    internal SitWait(string methodName) => MethodName = methodName;

    /// <summary>
    /// The method's full name, as in <c>Shop.Jobs.Sync</c>; of a local function or a lambda with that of the method around it. Of one that has never
    /// suspended yet only the call is known, and it has the name of the call's own method.
    /// </summary>
    public string MethodName { get; }

    /// <summary>
    /// The source file of the await, as the symbols have it; null where the assembly was woven without symbols, and while the method runs code.
    /// </summary>
    public string? FilePath { get; internal init; }

    /// <summary>The line of the await, counted from 1; null where it is not known, and while the method runs code.</summary>
    public int? Line { get; internal init; }

    /// <summary>
    /// What is awaited, as in <c>HttpClient.GetStringAsync</c>: the method or property that gave the task, or the variable that holds it; null
    /// where it is not known, and while the method runs code. Before the call's code begins, "the end of the pause" or "the next attempt".
    /// </summary>
    public string? Awaits { get; internal init; }

    /// <summary>
    /// For how long it has been suspended there, by the clock of the call and exact to some 30 ms; zero while the method runs code.
    /// </summary>
    public TimeSpan For { get; internal init; }

    /// <summary>
    /// What runs inside: helpers that it has started, on whatever thread, and the methods of sat calls that run in this one. Empty at the
    /// innermost.
    /// </summary>
    public IReadOnlyList<SitWait> Children { get; internal init; } = [];

    private string DebuggerDisplay => Children.Count == 0 ? ToString() : $"{this}, {Children.Count} inside";

    /// <summary>The method, the place and what is awaited.</summary>
    /// <returns>A line for a log.</returns>
    public override string ToString()
    {
        var file = FilePath is null ? null : FilePath[(FilePath.LastIndexOfAny(['/', '\\']) + 1)..];
        var place = file is null ? "" : Line is { } line ? string.Create(CultureInfo.InvariantCulture, $" at {file}:{line}") : $" in {file}";
        return $"{MethodName}{place}{(Awaits is null ? "" : $": {Awaits}")}";
    }
}
