using System.Collections.Concurrent;
using Sitters;

namespace Storm;

/// <summary>What is written down of the storm: what has begun and what has ended, by name, and whatever should not have been.</summary>
internal static class Books
{
    private const int MostSurprises = 100;

    private static readonly ConcurrentDictionary<string, Account> _accounts = new();
    private static readonly ConcurrentDictionary<SitContext, Life> _lives = new();
    private static readonly ConcurrentQueue<string> _surprises = new();

    public static IReadOnlyCollection<string> Surprises => _surprises;

    /// <summary>How often something was noted, by name.</summary>
    public static ConcurrentDictionary<string, long> Counts { get; } = new();

    /// <summary>What has begun and not ended.</summary>
    public static IReadOnlyList<string> Open =>
    [
        .. _accounts.Where(account => account.Value.Begun != account.Value.Ended)
            .Select(account => $"{account.Key}: {account.Value.Begun} begun, {account.Value.Ended} ended").Order(),
        .. _lives.Values.Select(life => $"call {life}"),
    ];

    /// <summary>All that has begun, and all that has ended.</summary>
    public static (long Begun, long Ended) Sum(string kind) => (
        _accounts.Where(account => account.Key.StartsWith(kind, StringComparison.Ordinal)).Sum(account => account.Value.Begun),
        _accounts.Where(account => account.Key.StartsWith(kind, StringComparison.Ordinal)).Sum(account => account.Value.Ended));

    /// <summary>Writes down that something begins, until the stay is disposed of.</summary>
    public static Stay Enter(string name)
    {
        var account = _accounts.GetOrAdd(name, static _ => new Account());
        account.Begin();
        return new Stay(account);
    }

    public static void Count(string what) => Counts.AddOrUpdate(what, 1, static (_, count) => count + 1);

    public static long CountOf(string what) => Counts.GetValueOrDefault(what);

    public static void Surprise(string what)
    {
        Count("surprises");
        if (_surprises.Count < MostSurprises)
        {
            _surprises.Enqueue(what);
        }
    }

    public static void Expect(bool holds, string what)
    {
        if (!holds)
        {
            Surprise(what);
        }
    }

    /// <summary>A call begins: what happens to it is written down from now on.</summary>
    public static void Begin(SitContext call) => Expect(_lives.TryAdd(call, new Life(call)), $"{call} begins twice");

    /// <summary>What is written down of a call that has begun and not ended.</summary>
    public static Life? LifeOf(SitContext call, string toNote)
    {
        if (_lives.TryGetValue(call, out var life))
        {
            return life;
        }

        Surprise($"{toNote} for {call}, which has not begun or is over");
        return null;
    }

    public static void End(SitContext call)
    {
        if (_lives.TryRemove(call, out var life))
        {
            life.End();
        }
        else
        {
            Surprise($"{call} ends twice, or never began");
        }
    }

    public sealed class Account
    {
        private long _begun;
        private long _ended;

        public long Begun => Volatile.Read(ref _begun);

        public long Ended => Volatile.Read(ref _ended);

        public void Begin() => Interlocked.Increment(ref _begun);

        public void End() => Interlocked.Increment(ref _ended);
    }

    public readonly struct Stay(Account account) : IDisposable
    {
        public void Dispose() => account.End();
    }
}
