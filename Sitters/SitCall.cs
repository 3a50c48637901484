namespace Sitters;

/// <summary>
/// One call: its state, and how it is controlled, as implemented in Sitters.Runtime. <see cref="SitContext"/> is its public face, and is
/// created when first asked for.
/// </summary>
internal abstract class SitCall
{
    /// <summary>Set once, by CAS.</summary>
    private SitContext? _context;

    internal SitContext Context => Volatile.Read(ref _context) ?? MakeContext();

    /// <summary>Somebody has asked for the context.</summary>
    internal bool HasContext => Volatile.Read(ref _context) is not null;

    internal abstract string Name { get; }

    internal abstract string MethodName { get; }

    /// <summary>The scope in which it began; null for none.</summary>
    internal abstract SitterScope? ControlScope { get; }

    internal abstract DateTimeOffset StartedAt { get; }

    internal abstract DateTimeOffset? StoppedAt { get; }

    /// <summary>It has ended, and its hooks have run; its caller may not have the outcome yet.</summary>
    internal abstract bool HasEnded { get; }

    internal abstract SitState State { get; }

    // Written by what drives the call, one step after the other, and read by any thread, which may see the value of just before.

    internal int Attempt { get; set; } = 1;

    internal abstract int Restarts { get; }

    internal abstract SitContext? Parent { get; }

    internal abstract Exception? Exception { get; set; }

    internal abstract object? Result { get; }

    internal abstract SitInterrupt LastInterrupt { get; }

    internal abstract CancellationToken Token { get; }

    internal abstract SitControl? LastControl { get; }

    private SitContext MakeContext()
    {
        var context = new SitContext(this);
        if (Interlocked.CompareExchange(ref _context, context, null) is { } other)
        {
            return other;
        }

        if (HasEnded)
        {
            // Nobody may have noted when. This is as near to it as anybody can tell, unlike the moment in which it is asked for.
            _ = StoppedAt;
        }

        return context;
    }
}
