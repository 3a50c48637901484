namespace Interleaved;

/// <summary>Something that takes a token, and some time to end when that has fired.</summary>
internal sealed class Operation
{
    private readonly TaskCompletionSource<int> _end = new();
    private bool _mayEnd;
    private CancellationToken _fired;

    public bool WasStarted { get; private set; }

    public bool HasFired => _fired.IsCancellationRequested;

    public bool HasEnded => _end.Task.IsCompleted;

    /// <summary>It has ended with an item, which is not to be lost.</summary>
    public bool HasBrought { get; private set; }

    public Task<int> Start(CancellationToken token)
    {
        WasStarted = true;
        token.Register(() =>
        {
            _fired = token;
            EndIfDue();
        });
        return _end.Task;
    }

    public void Bring(int item)
    {
        // Noted before: what waits for it goes on inside.
        HasBrought = !_end.Task.IsCompleted;
        _end.TrySetResult(item);
    }

    public void Fail(Exception failure) => _end.TrySetException(failure);

    /// <summary>From now on it ends when its token has fired.</summary>
    public void Settle()
    {
        _mayEnd = true;
        EndIfDue();
    }

    private void EndIfDue()
    {
        if (_mayEnd && _fired.IsCancellationRequested)
        {
            _end.TrySetCanceled(_fired);
        }
    }
}
