using Tests.Interleavings.Shims;

namespace Tests.Interleavings.Scheduling;

// Locks, which are models: no real one is ever taken.
internal sealed partial class Scheduler
{
    private readonly Dictionary<object, Lock> _locks = new(ReferenceEqualityComparer.Instance);

    public void Enter(object guard, int place)
    {
        var running = _current!;
        var entered = LockOf(guard);
        running.MayGoOn = () => entered.Holder is null || entered.Holder == running;
        running.WaitsFor = () => $"{Registry.Name(place)}, which {entered.Holder} holds";
        running.Next = new Operation(Find(guard, Registry.Lock), Writes: true, OperationKind.Lock);
        Stop(running);
        while (!running.IsReady)
        {
            _chooser.OnBlocked(running);
            Decide(running);
        }

        running.MayGoOn = null;
        running.WaitsFor = null;
        Do(running, running.Next);
        entered.Holder = running;
        running.Locks += entered.Depth++ == 0 ? 1 : 0;
    }

    public void Exit(object guard)
    {
        var left = LockOf(guard);
        if (left.Holder != _current)
        {
            throw new SynchronizationLockException("The lock is not held.");
        }

        if (--left.Depth == 0)
        {
            left.Holder = null;
            _current!.Locks--;
            _chooser.OnLeft(_current, Find(guard, Registry.Lock));
        }
    }

    public bool IsEntered(object guard) => LockOf(guard).Holder == _current;

    private Lock LockOf(object guard)
    {
        if (!_locks.TryGetValue(guard, out var found))
        {
            _locks.Add(guard, found = new Lock());
        }

        return found;
    }

    private sealed class Lock
    {
        public LogicalThread? Holder { get; set; }

        public int Depth { get; set; }
    }
}
