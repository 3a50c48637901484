namespace Sitters.Runtime.Gating;

/// <summary>The token of a scope, made when it is first asked for.</summary>
internal struct ScopeToken
{
    /// <summary>Set once, by CAS.</summary>
    private CancellationTokenSource? _source;

    // Set before the token is handed out, and never cleared.
    private volatile bool _isGiven;
    private volatile bool _isAsked;

    /// <summary>Somebody has the token: the user's code, or an operation that it was only forwarded to.</summary>
    public readonly bool IsGiven => _isGiven;

    /// <summary>The user's code has asked for the token, and may have met the interrupt through it.</summary>
    public readonly bool IsAsked => _isAsked;

    /// <summary>For the user's code.</summary>
    public static CancellationToken Ask(ref ScopeToken token, Scope scope)
    {
        token._isAsked = token._isGiven = true;
        return Get(ref token, scope);
    }

    /// <summary>For an operation that the user's code awaits, without its knowing.</summary>
    public static CancellationToken Forward(ref ScopeToken token, Scope scope)
    {
        token._isGiven = true;
        return Get(ref token, scope);
    }

    /// <summary>To be named by an exception.</summary>
    public static CancellationToken Get(ref ScopeToken token, Scope scope)
    {
        var source = Volatile.Read(ref token._source);
        if (source is null)
        {
            source = new CancellationTokenSource();
            source = Interlocked.CompareExchange(ref token._source, source, null) ?? source;
        }

        // Asked after the source is there: an interrupt sets its flag first and then looks for the source, so one of the two cancels it.
        if (scope.IsInterrupted && !source.IsCancellationRequested)
        {
            Cancel(ref token, scope.Owner);
        }

        return source.Token;
    }

    public readonly bool Is(CancellationToken other) => Volatile.Read(in _source) is { } source && source.Token == other;

    /// <summary>The token is cancelled on return; the callbacks run on the thread pool, since they are the user's.</summary>
    public static void Cancel(ref ScopeToken token, IScopeOwner? owner)
    {
        if (Volatile.Read(ref token._source) is { } source)
        {
            _ = CancelAsync(source, owner);
        }
    }

    /// <summary>Cancels, and reports what the callbacks throw.</summary>
    public static async Task CancelAsync(CancellationTokenSource source, IScopeOwner? owner)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException failures) when (owner is not null)
        {
            foreach (var failure in failures.InnerExceptions)
            {
                owner.OnUsersCodeFailed(failure);
            }
        }
    }
}
