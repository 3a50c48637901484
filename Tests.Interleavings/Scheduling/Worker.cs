namespace Tests.Interleavings.Scheduling;

/// <summary>A real thread that runs logical ones, one after another. It outlives a schedule: what a thread keeps for itself is kept.</summary>
internal sealed class Worker
{
    private readonly AutoResetEvent _turn = new(false);
    private readonly AutoResetEvent _begun = new(false);
    private Action? _work;

    public Worker(int number)
    {
        Number = number;
        using (ExecutionContext.SuppressFlow())
        {
            new Thread(Run) { IsBackground = true, Name = $"schedule, thread {number}" }.Start();
        }

        _turn.WaitOne();
        _begun.Set();
    }

    private ExecutionContext? _empty;

    /// <summary>What the code that runs on it takes for the id of its thread.</summary>
    public int Number { get; }

    /// <summary>Runs it, as soon as the worker has no other work.</summary>
    public void Begin(Action work)
    {
        _work = work;
        _turn.Set();
    }

    public void Go() => _turn.Set();

    /// <summary>Called on the worker.</summary>
    public void AwaitTurn() => _turn.WaitOne();

    /// <summary>A new item of the pool knows nothing of the one before. Called on the worker.</summary>
    public void Forget()
    {
        ExecutionContext.Restore(_empty!);
        SynchronizationContext.SetSynchronizationContext(null);
    }

    private void Run()
    {
        _empty = ExecutionContext.Capture();
        _turn.Set();
        _begun.WaitOne();
        while (true)
        {
            _turn.WaitOne();
            _work!();
        }
    }
}
