namespace Sitters.Runtime.Remote;

/// <summary>What can be asked for, and what may be said with it: one table for the reader and for whoever answers.</summary>
internal static class RequestKinds
{
    private static readonly string[] _always = ["id", "do", "until"];
    private static readonly string[] _calls = ["methods", "call", "state", "olderThan", "waitsAt"];
    private static readonly string[] _order = [.. _calls, "reason", "identity", "dryRun"];

    private static readonly Dictionary<string, string[]> _all = new()
    {
        ["ps"] = [.. _always, .. _calls, "limit"],
        ["tree"] = [.. _always, .. _calls, "limit"],
        ["pause"] = [.. _always, .. _order, "for"],
        ["resume"] = [.. _always, .. _order, "rate"],
        ["restart"] = [.. _always, .. _order],
        ["cancel"] = [.. _always, .. _order],
        ["log"] = _always,
        ["config"] = [.. _always, "methods"],
    };

    /// <summary>A property that means nothing is refused: left unread, a misspelt selector would act on every call.</summary>
    /// <exception cref="RemoteError">There is no such request, or it takes no such property.</exception>
    public static void Check(string kind, IEnumerable<string> properties)
    {
        if (kind.Length == 0)
        {
            throw RemoteError.Invalid("\"do\" is missing: it says what to do.");
        }

        if (!_all.TryGetValue(kind, out var known))
        {
            throw RemoteError.Unknown($"There is no \"{Shorten(kind)}\": \"do\" is one of {string.Join(", ", _all.Keys)}.");
        }

        foreach (var property in properties)
        {
            if (!known.Contains(property))
            {
                throw RemoteError.Invalid($"\"{kind}\" takes no \"{Shorten(property)}\", only {string.Join(", ", known)}.");
            }
        }
    }

    public static SitVerb? VerbOf(string kind) => kind switch
    {
        "pause" => SitVerb.Pause,
        "resume" => SitVerb.Resume,
        "restart" => SitVerb.Restart,
        "cancel" => SitVerb.Cancel,
        _ => null,
    };

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "...";
}
