using System.Globalization;

namespace Sitters.Runtime.Remote;

/// <summary>Ids of calls, whole or by their beginning, found without trying all of them for each call.</summary>
internal sealed class CallIdSet
{
    private const int Shortest = 4;
    private const int Whole = 32;

    /// <summary>By their first digits, which all of them have.</summary>
    private readonly Dictionary<int, List<string>> _beginnings = [];

    /// <exception cref="RemoteError">It is no beginning of an id.</exception>
    public void Add(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        if (digits.Length is < Shortest or > Whole || !digits.All(char.IsAsciiHexDigitLower))
        {
            throw RemoteError.Invalid($"\"call\" is the id of a call, or its beginning of at least {Shortest} digits of 0-9 and a-f.");
        }

        var key = KeyOf(digits);
        if (!_beginnings.TryGetValue(key, out var list))
        {
            _beginnings.Add(key, list = []);
        }

        list.Add(digits);
    }

    public bool Contains(Guid id)
    {
        Span<char> digits = stackalloc char[Whole];
        id.TryFormat(digits, out _, "N");
        if (!_beginnings.TryGetValue(KeyOf(digits), out var list))
        {
            return false;
        }

        foreach (var beginning in list)
        {
            if (digits.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whoever acts on a call means one.</summary>
    /// <exception cref="RemoteError">A beginning stands for several of these.</exception>
    public void CheckUnambiguous(IEnumerable<Guid> ids)
    {
        var met = new HashSet<string>();
        foreach (var id in ids)
        {
            var digits = id.ToString("N");
            foreach (var beginning in _beginnings[KeyOf(digits)])
            {
                if (digits.StartsWith(beginning, StringComparison.Ordinal) && !met.Add(beginning))
                {
                    throw RemoteError.Ambiguous(beginning);
                }
            }
        }
    }

    private static int KeyOf(ReadOnlySpan<char> digits) =>
        int.Parse(digits[..Shortest], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
