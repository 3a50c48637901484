using Sitters.Runtime.Calls;

namespace Sitters.Runtime.Gating;

/// <summary>What a scope needs beyond its first suspension: the frames that run in it, and its token.</summary>
internal sealed class FrameTree
{
    private CancellationTokenSource? _source;
    private HashSet<Frame>? _live;

    /// <summary>The methods that run in the scope and have suspended, beside its root; guarded by the scope's lock.</summary>
    public HashSet<Frame> Live => _live ??= [];

    /// <summary>How many of them were not started by a method of the scope itself, but by code that its context flowed to.</summary>
    public int FlowEntries { get; set; }

    /// <summary>The awaits that completed while the scope was paused; guarded by the scope's lock.</summary>
    public List<AwaitNode>? Parked { get; set; }

    /// <summary>Why the scope was interrupted.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Who waits for what runs in the scope.</summary>
    public BodyWait? Wait { get; set; }

    public bool WasDelivered { get; set; }

    /// <summary>The time of this attempt was over.</summary>
    public bool HasTimedOut { get; set; }

    public bool HasToken => Volatile.Read(ref _source) is not null;

    public CancellationToken Token(bool isInterrupted)
    {
        var source = Volatile.Read(ref _source);
        if (source is null)
        {
            source = new CancellationTokenSource();
            source = Interlocked.CompareExchange(ref _source, source, null) ?? source;
        }

        if (isInterrupted && !source.IsCancellationRequested)
        {
            source.Cancel();
        }

        return source.Token;
    }

    /// <summary>Fires the token, on the thread pool: what was registered on it is the user's.</summary>
    public void CancelToken(Call? call)
    {
        if (Volatile.Read(ref _source) is { } source)
        {
            _ = CancelAsync(source, call);
        }
    }

    private static async Task CancelAsync(CancellationTokenSource source, Call? call)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException failures) when (call is not null)
        {
            foreach (var failure in failures.InnerExceptions)
            {
                Sitter.RaiseHookFailed(call.Context, failure);
            }
        }
    }
}
