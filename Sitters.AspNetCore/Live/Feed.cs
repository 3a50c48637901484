namespace Sitters.AspNetCore.Live;

/// <summary>One watch for all who look at a page, from the first who comes to the last who goes.</summary>
internal sealed class Feed(TimeSpan interval)
{
    private readonly object _lock = new();
    private Watch? _watch;
    private int _viewers;

    public int Viewers
    {
        get
        {
            lock (_lock)
            {
                return _viewers;
            }
        }
    }

    /// <summary>Each has to leave again.</summary>
    public Watch Join()
    {
        lock (_lock)
        {
            if (_watch is null || _watch.HasEnded)
            {
                _watch = Watch.Start(interval);
            }

            _viewers++;
            return _watch;
        }
    }

    public void Leave()
    {
        Watch? alone = null;
        lock (_lock)
        {
            if (--_viewers == 0)
            {
                alone = _watch;
                _watch = null;
            }
        }

        alone?.End();
    }
}
