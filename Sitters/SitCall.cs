namespace Sitters;

/// <summary>
/// One sat call: where it stands, and how it is controlled, which Sitters.Runtime knows. <see cref="SitContext"/> is what others get
/// to see of it, and is made when the first of them asks.
/// </summary>
internal abstract class SitCall
{
    private SitContext? _context;

    internal SitContext Context => Volatile.Read(ref _context) ?? MakeContext();

    internal abstract string Name { get; }

    internal abstract DateTimeOffset StartedAt { get; }

    internal abstract DateTimeOffset? StoppedAt { get; }

    internal abstract SitState State { get; }

    internal int Attempt { get; set; } = 1;

    internal int Restarts { get; set; }

    internal abstract SitContext? Parent { get; }

    internal Exception? Exception { get; set; }

    internal abstract object? Result { get; }

    internal SitInterrupt LastInterrupt { get; set; }

    internal abstract CancellationToken Token { get; }

    internal abstract void Pause();

    internal abstract void Resume();

    internal abstract void Restart();

    internal abstract void Cancel();

    private SitContext MakeContext()
    {
        var context = new SitContext(this);
        return Interlocked.CompareExchange(ref _context, context, null) ?? context;
    }
}
