namespace Tests.Harness;

/// <summary>Two actions at the same moment, on two threads, again and again: now the one comes first and now the other.</summary>
internal sealed class Duel : IDisposable
{
    private readonly Thread _other;
    private readonly Random _random = new(7);
    private volatile Action? _action;
    private volatile bool _isOver;
    private volatile Exception? _failure;

    public Duel()
    {
        _other = new Thread(Serve) { IsBackground = true };
        _other.Start();
    }

    /// <summary>Returns when both are over.</summary>
    public void Fight(Action mine, Action others)
    {
        // A lead of up to some microseconds for either, so that the moments at which the two meet are spread.
        var lead = _random.Next(-200, 200);
        _action = () =>
        {
            Thread.SpinWait(Math.Max(0, lead));
            others();
        };
        Thread.SpinWait(Math.Max(0, -lead));
        mine();
        SpinWait.SpinUntil(() => _action is null);
        if (_failure is { } failure)
        {
            throw new InvalidOperationException("The other thread has failed.", failure);
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _other.Join();
    }

    private void Serve()
    {
        while (!_isOver)
        {
            if (_action is { } action)
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    _failure = exception;
                }

                _action = null;
            }
            else
            {
                Thread.SpinWait(1);
            }
        }
    }
}
