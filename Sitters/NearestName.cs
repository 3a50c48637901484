namespace Sitters;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>The end of a sentence: "; did you mean 'X'?", or a full stop where no name is near.</summary>
    public static string End(string name, IEnumerable<string> known)
    {
        // There may be none: the smallest of no values is an exception, of no objects null.
        var nearest = known
            .Select(candidate => new { Name = candidate, Distance = Distance(name, candidate) })
            .MinBy(static near => near.Distance);
        return nearest is not null && nearest.Distance <= Math.Max(2, name.Length / 2) ? $"; did you mean '{nearest.Name}'?" : ".";
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
