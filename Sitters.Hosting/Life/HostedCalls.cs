namespace Sitters.Hosting.Life;

/// <summary>The calls of a host: those of its scope and, for the host that was started first, those of no scope.</summary>
internal sealed class HostedCalls : CallHost
{
    /// <param name="given">The scope in which the host was set up; null for none, and the host gets one of its own.</param>
    /// <param name="name">The name of that.</param>
    public HostedCalls(SitterScope? given, string? name)
    {
        HasOwnScope = given is null;
        Scope = given ?? SitterScope.Create(name);
    }

    internal override SitterScope Scope { get; }

    public bool HasOwnScope { get; }

    /// <remarks>Who sets a host up in a scope of his own separates it from all others.</remarks>
    internal override bool TakesUnscopedCalls => HasOwnScope;

    /// <summary>Hears of signals to stop; set before the host is known.</summary>
    public Func<StopSignalEffect> StopSignal { get; set; } = static () => StopSignalEffect.Heard;

    /// <summary>Raised when another host was started or has stopped.</summary>
    public Action HostsChanged { get; set; } = static () => { };

    /// <summary>Whether it sees to the calls of no scope now.</summary>
    public bool HasUnscopedCalls => CallHosts.Of(null) == this;

    /// <summary>Whether the calls of its scope are those of another running host as well: they can't be told apart.</summary>
    public bool SharesScope => CallHosts.All.Any(host => host != this && host.Scope == Scope);

    /// <summary>Those that are active now.</summary>
    public List<SitContext> Active => [.. SitEngine.Instance.ActiveCalls(null).Where(call => Owns(call.Scope))];

    /// <summary>Whether none of its scope runs, also none that has not suspended yet, and all callers have their outcomes.</summary>
    public bool IsIdle => SitEngine.Instance.WhenIdle(Scope, new CancellationToken(true)).IsCompletedSuccessfully;

    public bool Owns(SitterScope? scope) => CallHosts.Of(scope) == this;

    /// <summary>Cancels all of them.</summary>
    public void Cancel(SitControl control)
    {
        // By the scope, so that those are reached which do not suspend, and calls that wait for the end of a pause do not come after it.
        SitEngine.Instance.Execute(new ControlOrder(SitVerb.Cancel, Scope, control));
        Cancel(Active.FindAll(call => call.Scope != Scope), control);
    }

    /// <summary>Cancels some of them.</summary>
    public void Cancel(IReadOnlyList<SitContext> calls, SitControl control)
    {
        if (calls.Count > 0)
        {
            SitEngine.Instance.ExecuteOn(new ControlOrder(SitVerb.Cancel, Scope, control), calls);
        }
    }

    /// <summary>Ends the scope, if it is the host's own.</summary>
    public void EndScope()
    {
        if (HasOwnScope)
        {
            Scope.Dispose();
        }
    }

    internal override StopSignalEffect OnStopSignal() => StopSignal();

    internal override void OnHostsChanged() => HostsChanged();
}
