using System.Numerics;

namespace Tests.Interleavings.Scheduling;

/// <summary>Where threads meet in one run: a field of an object, or a lock.</summary>
internal sealed class Place(int number)
{
    private readonly List<Deed> _readers = [];
    private Deed? _writer;

    /// <summary>What happened before, and by, the last write; all that were read since then.</summary>
    private Clock _written = new();
    private Clock? _read;
    private ulong _lastWrite;
    private ulong _reads;

    /// <summary>The number of its name.</summary>
    public int Number => number;

    /// <summary>Notes what a thread does here.</summary>
    /// <param name="writes">Whether it may change.</param>
    /// <param name="before">A number made of all that has happened before what the thread has done last.</param>
    /// <returns>The same for what it does now: what other threads did here is part of it.</returns>
    public ulong Order(bool writes, ulong before)
    {
        var now = Mix(before + (ulong)number + 1, writes ? _lastWrite + _reads : _lastWrite);
        (_lastWrite, _reads) = writes ? (now, 0) : (_lastWrite, _reads + now);
        return now;
    }

    /// <summary>Notes when a thread does something here.</summary>
    /// <param name="thread">The thread, whose clock is set.</param>
    /// <param name="operation">What it does.</param>
    /// <param name="race">Is told what another thread did here that might as well come after it.</param>
    public void Order(LogicalThread thread, Operation operation, Action<Deed> race)
    {
        var clock = thread.Clock;
        if (_readers.Count == 0 || !operation.Writes)
        {
            Compare(_writer, thread, race);
        }

        if (operation.Writes)
        {
            foreach (var reader in _readers)
            {
                Compare(reader, thread, race);
            }
        }

        clock.Join(_written);
        if (operation.Writes && _read is not null)
        {
            clock.Join(_read);
        }

        var deed = new Deed(thread.Id, clock.Count(thread.Id), thread.Choice, thread.Turn);
        if (operation.Writes)
        {
            _readers.Clear();
            _read = null;
            _writer = deed;
            // A lock orders by its being left.
            _written = operation.Kind == OperationKind.Lock ? _written : clock.Copy();
        }
        else
        {
            _readers.Add(deed);
            (_read ??= new Clock()).Join(clock);
        }
    }

    /// <summary>The thread has left the lock: what it has done comes before whatever the next one does that takes it.</summary>
    public void Leave(LogicalThread thread) => _written = thread.Clock.Copy();

    public static ulong Mix(ulong one, ulong other)
    {
        var mixed = (one ^ BitOperations.RotateLeft(other, 29)) * 0x9E3779B97F4A7C15;
        return (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
    }

    private static void Compare(Deed? earlier, LogicalThread thread, Action<Deed> race)
    {
        if (earlier is { } deed && deed.Thread != thread.Id && thread.Clock[deed.Thread] < deed.Number)
        {
            race(deed);
        }
    }
}

/// <summary>Something that a thread has done.</summary>
/// <param name="Thread">The id of the thread.</param>
/// <param name="Number">So many things it had done then.</param>
/// <param name="Choice">The choice that let it do so; -1 for none.</param>
/// <param name="Turn">The choice that gave it its turn; -1 for none.</param>
internal readonly record struct Deed(int Thread, int Number, int Choice, int Turn);
