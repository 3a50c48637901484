namespace Sitters.Runtime.Streaming;

/// <summary>Whose turn it is: the consumer's, which has an element or none yet, or the stream's.</summary>
internal sealed class StreamTurn
{
    // Legal values of _turn, and every transition.
    //
    //   ConsumersTurn -> StreamsTurn    TryTake: a CAS; the consumer asks for an element, or disposes
    //   ConsumersTurn -> EndingAlone    TryEndAlone: a CAS; the call ends while the consumer works on an element
    //   StreamsTurn   -> ConsumersTurn  GiveBack: a plain store by the holder of the turn
    //   StreamsTurn   -> Over           End: an exchange
    //   EndingAlone   -> Over           End: an exchange, which completes WhenEndedAlone
    private const int ConsumersTurn = 0;
    private const int StreamsTurn = 1;
    private const int EndingAlone = 2;
    private const int Over = 3;

    private int _turn;

    /// <summary>Set once, by CAS.</summary>
    private TaskCompletionSource? _endedAlone;

    public bool IsStreamsTurn => Volatile.Read(ref _turn) == StreamsTurn;

    /// <summary>The stream ends while its consumer works on an element.</summary>
    public bool IsEndingAlone => Volatile.Read(ref _turn) == EndingAlone;

    public bool IsOver => Volatile.Read(ref _turn) == Over;

    /// <summary>Completes when a stream that is ending alone has ended.</summary>
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
