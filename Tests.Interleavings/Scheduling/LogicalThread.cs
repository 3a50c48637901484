namespace Tests.Interleavings.Scheduling;

/// <summary>
/// A thread, or an item of the thread pool, as a schedule sees it. It runs on a real one, and only while no other runs.
/// </summary>
/// <param name="scheduler">Whose turns it waits for.</param>
/// <param name="id">In the order in which they were made: the name of the thread in a schedule.</param>
/// <param name="name">For messages.</param>
/// <param name="body">What it does.</param>
/// <param name="key">Names it in all runs in which the same thread makes it after having done the same.</param>
internal sealed class LogicalThread(Scheduler scheduler, int id, string name, Action body, ulong key)
{
    public Scheduler Scheduler => scheduler;

    public int Id => id;

    public string Name => name;

    public Action Body => body;

    public ulong Key { get; } = key;

    /// <summary>A number made of all that has happened before what it has done last.</summary>
    public ulong Past { get; set; } = key;

    /// <summary>What has happened before what it does next.</summary>
    public Clock Clock { get; init; } = new();

    /// <summary>What it does next, or does now.</summary>
    public Operation Next { get; set; }

    /// <summary>The number of the choice that let it do what it does now; -1 for none.</summary>
    public int Choice { get; set; } = -1;

    /// <summary>The number of the choice that gave it its turn; -1 for none.</summary>
    public int Turn { get; set; } = -1;

    /// <summary>It was preempted, and unless something changes what it does next, it should have gone on.</summary>
    public Step Sleep { get; set; } = new();

    /// <summary>The real thread; null until it has begun.</summary>
    public Worker? Worker { get; set; }

    /// <summary>It can go on only when this lets it; null where nothing keeps it.</summary>
    public Func<bool>? MayGoOn { get; set; }

    /// <summary>What it waits for, for who reads of a deadlock.</summary>
    public Func<string>? WaitsFor { get; set; }

    /// <summary>So many threads were made by it.</summary>
    public int Made { get; set; }

    /// <summary>So many locks are held.</summary>
    public int Locks { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>While it is above zero no other thread gets its turn: it is in a static constructor, which would block others for real.</summary>
    public int Undivided { get; set; }

    /// <summary>Who gets the turn at the thread's first scheduling point: what made it go at once.</summary>
    public LogicalThread? ReturnTo { get; set; }

    public bool IsReady => !HasEnded && (MayGoOn is null || MayGoOn());

    public override string ToString() => $"{Id} ({Name})";
}
