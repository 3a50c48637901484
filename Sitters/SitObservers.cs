namespace Sitters;

/// <summary>Those that watch sat calls. Their code is the user's: it is called under no lock, and what it throws harms nobody.</summary>
internal static class SitObservers
{
    private static readonly object _lock = new();

    /// <summary>Replaced under the lock, never changed.</summary>
    private static volatile SitObserver[] _all = [];
    private static volatile bool _any;

    /// <summary>All that a call looks at while there is none.</summary>
    public static bool Any => _any;

    /// <summary>Raised when the first observer comes and the last one goes: calls look at nothing else before they begin.</summary>
    public static event Action? Changed;

    public static IDisposable Add(SitObserver observer)
    {
        lock (_lock)
        {
            _all = [.. _all, observer];
            _any = true;
        }

        Changed?.Invoke();
        return new Subscription(observer);
    }

    /// <summary>Tells all of them, in the order in which they came.</summary>
    public static void Notify<T>(T what, Action<SitObserver, T> tell)
    {
        foreach (var observer in _all)
        {
            try
            {
                tell(observer, what);
            }
            catch (Exception failure)
            {
                // The call must not suffer from its observers, and only the trace is left to report this to.
                FailureTrace.Write($"{observer.GetType()}, an observer of sat calls,", failure);
            }
        }
    }

    private static void Remove(SitObserver observer)
    {
        lock (_lock)
        {
            var all = _all.ToList();
            all.Remove(observer);
            _all = [.. all];
            _any = all.Count > 0;
        }

        Changed?.Invoke();
    }

    private sealed class Subscription(SitObserver observer) : IDisposable
    {
        private SitObserver? _observer = observer;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _observer, null) is { } left)
            {
                Remove(left);
            }
        }
    }
}
