namespace Sitters.Testing.Moving;

/// <summary>
/// Which threads run code of the test: known from the ExecutionContext, which tells each thread that comes and goes. Nobody else learns of
/// it, so any number of tests may run at once.
/// </summary>
internal sealed class Presence
{
    private readonly AsyncLocal<Presence?> _flow;
    private readonly Dictionary<int, Thread> _threads = [];
    private long _movements;
    private long _entries;

    public Presence() => _flow = new(OnChanged);

    /// <summary>Grows with everything that the test does.</summary>
    public long Movements => Interlocked.Read(ref _movements);

    /// <summary>How often a thread has begun to run code of the test.</summary>
    public long Entries => Interlocked.Read(ref _entries);

    /// <summary>Whether a thread runs code of the test. One that is blocked does not.</summary>
    public bool IsAnyRunning
    {
        get
        {
            lock (_threads)
            {
                return _threads.Values.Any(static thread => thread.IsAlive && (thread.ThreadState & ThreadState.WaitSleepJoin) == 0);
            }
        }
    }

    /// <summary>The code from here on belongs to the test, and all that it starts.</summary>
    public void Enter() => _flow.Value = this;

    public void Leave() => _flow.Value = null;

    public void Note() => Interlocked.Increment(ref _movements);

    private void OnChanged(AsyncLocalValueChangedArgs<Presence?> change)
    {
        Note();
        var thread = Thread.CurrentThread;
        lock (_threads)
        {
            if (change.CurrentValue is null)
            {
                _threads.Remove(thread.ManagedThreadId);
            }
            else
            {
                _entries++;
                _threads[thread.ManagedThreadId] = thread;
            }
        }
    }
}
