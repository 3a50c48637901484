namespace Sitters.Rules;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
internal static class Nearest
{
    public static string? To(string name, IEnumerable<string> known)
    {
        var closest = known.OrderBy(candidate => Distance(name, candidate)).FirstOrDefault();
        return closest is not null && Distance(name, closest) <= Math.Max(2, name.Length / 2) ? closest : null;
    }

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
