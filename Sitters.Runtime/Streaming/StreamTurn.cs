namespace Sitters.Runtime.Streaming;

/// <summary>Whose turn it is: that of the consumer, which has an element or none yet, or that of the stream.</summary>
internal sealed class StreamTurn
{
    private const int ConsumersTurn = 0;
    private const int StreamsTurn = 1;
    private const int EndingAlone = 2;
    private const int Over = 3;

    private int _turn;
    private TaskCompletionSource? _endedAlone;

    public bool IsStreamsTurn => Volatile.Read(ref _turn) == StreamsTurn;

    /// <summary>The stream ends while its consumer does something else.</summary>
    public bool IsEndingAlone => Volatile.Read(ref _turn) == EndingAlone;

    public bool IsOver => Volatile.Read(ref _turn) == Over;

    /// <summary>Completes when the stream has ended alone, where it is about to.</summary>
    public Task WhenEndedAlone => IsOver ? Task.CompletedTask : Ended.Task;

    private TaskCompletionSource Ended => Volatile.Read(ref _endedAlone)
        ?? Interlocked.CompareExchange(ref _endedAlone, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null)
        ?? _endedAlone;

    /// <summary>The consumer asks for something.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _turn, StreamsTurn, ConsumersTurn) == ConsumersTurn;

    public bool TryEndAlone() => Interlocked.CompareExchange(ref _turn, EndingAlone, ConsumersTurn) == ConsumersTurn;

    public void GiveBack() => Volatile.Write(ref _turn, ConsumersTurn);

    public void End()
    {
        if (Interlocked.Exchange(ref _turn, Over) == EndingAlone)
        {
            Ended.TrySetResult();
        }
    }
}
