using System.Collections.Concurrent;

namespace Tests.Harness;

/// <summary>A SynchronizationContext with one thread, as a user interface has it.</summary>
internal sealed class SingleThread : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];
    private readonly Thread _thread;

    public SingleThread()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "single" };
        _thread.Start();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!_queue.IsAddingCompleted)
        {
            _queue.Add((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    public Task<T> Run<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(
            _ =>
            {
                try
                {
                    result.SetResult(work());
                }
#pragma warning disable CA1031 // It goes to the caller.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    result.SetException(exception);
                }
            },
            null);
        return result.Task;
    }

    /// <summary>Completes when all that was posted so far has run.</summary>
    public Task Idle() => Run(() => true);

    public void Dispose() => _queue.CompleteAdding();

    private void Work()
    {
        SetSynchronizationContext(this);
        foreach (var (callback, state) in _queue.GetConsumingEnumerable())
        {
            callback(state);
        }
    }
}
