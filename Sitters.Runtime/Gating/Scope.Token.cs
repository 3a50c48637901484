namespace Sitters.Runtime.Gating;

// The token of a scope, by which an interrupt reaches what its methods await, and what tells whether it has reached the body.
internal sealed partial class Scope
{
    /// <summary>
    /// The interrupt has reached the body: one of its methods met it, or the body has asked for the token. A token that was only forwarded
    /// is no news to the body.
    /// </summary>
    public bool InterruptWasSeen => IsInterrupted && _tree is { } tree && (tree.WasDelivered || tree.Token.IsAsked);

    /// <summary>One of its methods met the interrupt.</summary>
    public bool WasDelivered => Volatile.Read(ref _tree) is { WasDelivered: true };

    /// <summary>For the user's code.</summary>
    public CancellationToken Token => ScopeToken.Ask(ref Tree.Token, this);

    /// <summary>What is awaited is given the token. Of the hooks, only those that an interrupt reaches.</summary>
    public bool AllowsForwarding => IsInterruptible && !HasEnded && Plan.ForwardToken;

    /// <summary>For an operation that is awaited.</summary>
    public CancellationToken TokenToForward => ScopeToken.Forward(ref Tree.Token, this);

    /// <summary>To be named by an exception.</summary>
    public CancellationToken NamedToken => ScopeToken.Get(ref Tree.Token, this);

    /// <summary>To be asked for when what runs here is over: as it is, without making one.</summary>
    public CancellationToken TokenAfterEnd => HasGivenToken ? NamedToken : new CancellationToken(IsInterrupted);

    public bool HasGivenToken => Volatile.Read(ref _tree) is { Token.IsGiven: true };

    /// <summary>Whether what the body has failed with is the interrupt.</summary>
    public bool IsInterrupt(Exception failure) =>
        IsInterrupted
        && _tree is { } tree
        && (tree.WasDelivered || tree.Token.IsGiven)
        && tree.IsInterrupt(failure, hasSettled: Phase == InterruptPhase.Settling);

    /// <summary>The body, which is about to be given the token, was passed one that is cancelled already.</summary>
    public void CancelToken()
    {
        _ = NamedToken;
        ScopeToken.Cancel(ref Tree.Token, Owner);
    }

    /// <summary>Whether a token is this scope's own.</summary>
    public bool IsOwn(CancellationToken token) => Volatile.Read(ref _tree)?.Token.Is(token) == true;

    public OperationCanceledException MakeInterruptException()
    {
        Tree.WasDelivered = true;
        return new OperationCanceledException(Plan.Messages.Interrupted(Tree.Reason), NamedToken);
    }
}
