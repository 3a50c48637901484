namespace Sitters;

/// <summary>The hosts that run, in the order in which they were started. None of them owns anything here: each comes and goes.</summary>
internal static class CallHosts
{
    private static readonly object _lock = new();

    /// <summary>Replaced under the lock, never changed.</summary>
    private static volatile CallHost[] _all = [];

    public static IReadOnlyList<CallHost> All => _all;

    public static void Add(CallHost host)
    {
        lock (_lock)
        {
            _all = [.. _all, host];
            TellLocked();
        }
    }

    public static void Remove(CallHost host)
    {
        lock (_lock)
        {
            _all = [.. _all.Where(other => other != host)];
            TellLocked();
        }
    }

    /// <summary>The host that sees to the calls of a scope; null if none does.</summary>
    /// <param name="scope">The scope; null for none.</param>
    public static CallHost? Of(SitterScope? scope)
    {
        var all = _all;
        if (scope is null)
        {
            return Array.Find(all, static host => host.TakesUnscopedCalls);
        }

        for (var outer = scope; outer is not null; outer = outer.Outer)
        {
            if (Array.Find(all, host => host.Scope == outer) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Of one change after the other: what follows from the last one is to stay. Hosts run nothing of the user's then.</summary>
    private static void TellLocked() => Array.ForEach(_all, static host => host.OnHostsChanged());
}
