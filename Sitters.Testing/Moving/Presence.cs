using System.Diagnostics;

namespace Sitters.Testing.Moving;

/// <summary>
/// Which threads run code of the test: known from the ExecutionContext, which tells each thread that comes and goes. Nobody else learns of
/// it, so any number of tests may run at once.
/// </summary>
internal sealed class Presence
{
    private readonly AsyncLocal<Presence?> _flow;
    private readonly Dictionary<int, Visit> _threads = [];
    private long _movements;
    private long _entries;

    public Presence() => _flow = new(OnChanged);

    /// <summary>Grows with everything that the test does.</summary>
    public long Movements => Interlocked.Read(ref _movements);

    /// <summary>How often a thread has begun to run code of the test.</summary>
    public long Entries => Interlocked.Read(ref _entries);

    /// <summary>
    /// Whether a thread runs code of the test. One that is blocked does not, and neither does one that something in the test has started for
    /// itself and that has been in it ever since: a watcher of files waits in the operating system, which can't be told from work.
    /// </summary>
    public bool IsAnyRunning
    {
        get
        {
            lock (_threads)
            {
                return _threads.Values.Any(static visit => visit.IsRunning);
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
                var isOwn = change.ThreadContextChanged && !thread.IsThreadPoolThread;
                _threads[thread.ManagedThreadId] = new Visit(thread, isOwn ? Stopwatch.GetTimestamp() : null);
            }
        }
    }

    /// <summary>A thread in code of the test.</summary>
    /// <param name="Thread">The thread.</param>
    /// <param name="StartedAt">If it was started in the test and is none of the pool's: when it has come.</param>
    private sealed record Visit(Thread Thread, long? StartedAt)
    {
        private static readonly TimeSpan _longestStay = TimeSpan.FromSeconds(1);

        public bool IsRunning => Thread.IsAlive
            && (Thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) == 0
            && !(StartedAt is { } start && Stopwatch.GetElapsedTime(start) > _longestStay);
    }
}
