using System.Runtime.CompilerServices;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>
/// The calls that are controlled together: those of one <see cref="SitterScope"/>, or those of the process, which include all others.
/// </summary>
/// <remarks>It owns the scopes of its calls until somebody asks about one: the first to ask makes the call.</remarks>
internal sealed class ControlDomain(SitterScope? scope) : IScopeOwner
{
    private volatile ControlState _state = new();
    private volatile bool _hasHeldCalls;

    public static ControlDomain Process { get; } = new(null);

    /// <summary>That of the running code.</summary>
    public static ControlDomain Current => SitterScope.Current is { } scope ? Of(scope) : Process;

    bool IScopeOwner.IsUnclaimed => true;

    public SitterScope? Scope => scope;

    public TimeProvider TimeProvider => scope is null ? Sitter.ProcessTimeProvider : scope.TimeProvider;

    /// <summary>Replaced under the controller's lock, and read without it.</summary>
    public ControlState State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>Single calls were paused from here: stays true, so that only who never did is spared the search for them.</summary>
    public bool HasHeldCalls
    {
        get => _hasHeldCalls;
        set => _hasHeldCalls = value;
    }

    public static ControlDomain Of(SitterScope? scope) => scope?.Domain(static scope => new ControlDomain(scope)) ?? Process;

    /// <summary>The domain of what a scope of calls runs in.</summary>
    public static ControlDomain Of(Scope scope) => scope.Owner switch
    {
        Call call => call.Domain,
        ControlDomain domain => domain,
        _ => Process,
    };

    /// <summary>A call begins: notes in which scope, if it is in one. Nothing but a static test while none was ever used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter(Scope scope)
    {
        if (SitterScope.Current is { } current)
        {
            scope.Claim(Of(current));
        }
    }

    /// <summary>Whether what is done to this one is done to the calls of another.</summary>
    public bool Includes(ControlDomain other) => this == Process || this == other;

    void IScopeOwner.CatchUp(Scope scope) => Call.Of(scope)?.CatchUp(scope);

    void IScopeOwner.CheckTime(Scope scope) => Call.Of(scope)?.CheckTime(scope);

    void IScopeOwner.OnInterrupted(Scope scope) => Call.Of(scope)?.OnInterrupted(scope);

    void IScopeOwner.OnBodyEnded(Scope scope)
    {
        // Its thread is about to make the call, and looks for itself.
    }

    void IScopeOwner.OnLeft(Scope scope)
    {
        // As above.
    }

    void IScopeOwner.OnUsersCodeFailed(Exception exception) =>
        throw new InvalidOperationException("Nothing of the user's runs for a scope without a call.", exception);
}
