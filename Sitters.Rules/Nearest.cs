namespace Sitters.Rules;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>
    /// What begins with the name goes before what is as near, as <c>TimeoutSeconds</c> does for <c>Timeout</c>. Of several that are far
    /// longer, it is the first.
    /// </summary>
    public static string? To(string name, IEnumerable<string> known) => known
        .Select(candidate => (Candidate: candidate, Begins: Begins(candidate, name), Distance: Distance(name, candidate)))
        .Where(found => found.Begins || found.Distance <= Furthest(name))
        .OrderByDescending(found => found.Begins)
        .ThenBy(found => Math.Min(found.Distance, Furthest(name) + 1))
        .Select(found => found.Candidate)
        .FirstOrDefault();

    /// <summary>The same for a full name, <c>Namespace.Type.Method</c>, of which the beginning may have been left out.</summary>
    public static string? ToFull(string name, IReadOnlyCollection<string> known)
    {
        var parts = name.Split('.').Length;
        return known.FirstOrDefault(candidate => candidate.EndsWith("." + name, StringComparison.OrdinalIgnoreCase))
            ?? To(name, known)
            ?? (To(name, known.Select(candidate => LastParts(candidate, parts))) is { } end ? known.First(candidate => LastParts(candidate, parts) == end) : null);
    }

    /// <summary>"; did you mean 'X'?", or nothing where no name is near.</summary>
    public static string Hint(string name, IEnumerable<string> known) => Hint(To(name, known));

    /// <summary>The end of a sentence: the same, or a full stop.</summary>
    public static string End(string name, IEnumerable<string> known) => EndWith(To(name, known));

    /// <summary>The same for a nearest name that is known already.</summary>
    public static string EndWith(string? nearest) => nearest is null ? "." : Hint(nearest);

    public static string Hint(string? nearest) => nearest is null ? "" : $"; did you mean '{nearest}'?";

    private static string LastParts(string name, int count)
    {
        var parts = name.Split('.');
        return string.Join(".", parts.Skip(Math.Max(0, parts.Length - count)));
    }

    /// <summary>Whether only the end of a name was left out, and no further parts. One letter would begin too many.</summary>
    private static bool Begins(string candidate, string name) =>
        name.Length > 1 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase) && candidate.IndexOf('.', name.Length) < 0;

    /// <summary>Short of the whole name, of which nothing would be left.</summary>
    private static int Furthest(string name) => Math.Min(name.Length - 1, Math.Max(2, name.Length / 2));

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var cost = char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]) ? 0 : 1;
                var next = Math.Min(diagonal + cost, Math.Min(row[j], row[j + 1]) + 1);
                diagonal = row[j + 1];
                row[j + 1] = next;
            }
        }

        return row[right.Length];
    }
}
