namespace Sitters.Testing.Moving;

/// <summary>What a test waits for: code that may not even have returned its task yet.</summary>
internal sealed class Awaited
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Task? _running;

    /// <summary>The movement of the clock meanwhile; ends with whether the code was done.</summary>
    public Task<bool> Moving { get; set; } = Task.FromResult(true);

    /// <summary>Whether the code is done. Known at once, so that the clock makes no step more.</summary>
    public bool IsDone => _running is { IsCompleted: true };

    /// <summary>Completes soon after.</summary>
    public Task Ended => _ended.Task;

    public static Awaited Of(Task running)
    {
        var awaited = new Awaited();
        awaited.Follow(running);
        return awaited;
    }

    /// <param name="running">The code's task.</param>
    public void Follow(Task running)
    {
        _running = running;
        running.ContinueWith(
            static (_, ended) => ((TaskCompletionSource)ended!).TrySetResult(),
            _ended,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
