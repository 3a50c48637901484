using System.Diagnostics;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>
/// One call as the controller sees it: it can be paused, resumed and interrupted from any thread, and passes that on to its running
/// scopes. What it does from beginning to end is the matter of what derives from it.
/// </summary>
/// <remarks>
/// It is its own lock, which saves an object for each: nobody else has a reference to lock on. A scope's lock may be taken inside.
/// What affects others (a scope is interrupted or resumed, a wait ends) is done after it is released.
/// </remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
internal partial class Call : SitCall, IScopeOwner
{
    private const sbyte Undecided = -1;

    // Guarded by the lock, as are the time and the end below.
    private RunningScopes _scopes;
    private RunningDeadlines _deadlines;
    private PauseState _pause;
    private InterruptState _interrupt;

    /// <summary>When it ended, in ticks of UTC; 0 while it has not, or where nobody could ask before it had.</summary>
    private long _stopTime;

    /// <summary>How it ended: a <see cref="SitState"/>, or <see cref="Undecided"/>. In a byte, since there are many calls.</summary>
    private sbyte _end = Undecided;

    /// <summary>A call has begun inside it, which may ask for this one's context at any time. Set once, and read without the lock.</summary>
    private volatile bool _hasInner;

    /// <summary>Null for a call inside no other. Set before any other thread can see the call.</summary>
    private readonly OuterCall? _outer;

    /// <summary>
    /// The <see cref="CallExtras"/> of a call that needs them; until then the last order that was given to it, if one was: very many calls
    /// may be paused at once. Changed by CAS, or before any other thread can see the call; of the two kinds only the former stay.
    /// </summary>
    private object? _notes;

    /// <summary>Written under the lock. Without it, true may be old.</summary>
    private volatile bool _isRegistered;

    /// <summary>Written under the lock, once, and read without it.</summary>
    private volatile bool _hasEnded;

    /// <summary>The call that a scope runs in, and that nobody has asked for yet.</summary>
    public Call(Scope scope, long startedAt)
        : this(scope.Plan, ControlDomain.Of(scope), startedAt, scope.SeenEpoch, ParentOf(scope))
    {
    }

    public Call(Plan plan, ControlDomain domain, long startedAt, int epoch, Frame? parent, bool isShared = false)
    {
        Plan = plan;
        _notes = CallExtras.For(domain);
        Epoch = epoch;
        StartStamp = startedAt;
        IsShared = isShared;
        _outer = OuterCall.Of(parent);
        if (_outer is { Call: { } outer })
        {
            outer._hasInner = true;
        }
    }

    /// <summary>Replaced where the call starts again: what runs by then has its own reference.</summary>
    public Plan Plan { get; private set; }

    /// <summary>Several callers wait for it, and it belongs to none of them.</summary>
    public bool IsShared { get; }

    /// <summary>It is an async stream, which is inside the call around it only while that call waits for an element.</summary>
    public bool IsStream { get; protected init; }

    /// <summary>When the call began, by <see cref="Clock"/>.</summary>
    public long StartStamp { get; }

    /// <summary>Events for all calls up to this one have been applied. Written under the lock, and read without it.</summary>
    public int Epoch { get; private set; }

    /// <summary>The calls that it is controlled together with.</summary>
    public ControlDomain Domain => ExtrasOrNull?.Domain ?? ControlDomain.Process;

    // The registry's links, and the number that it knows their list by, guarded by the lock of that list; 0 for none.
    public byte Stripe { get; set; }

    public Call? Next { get; set; }

    public Call? Previous { get; set; }

    /// <summary>The call that this one runs in.</summary>
    public Call? Outer => _outer?.ActiveCall;

    public bool IsOutermost => Outer is null;

    /// <summary>The scope that this one was started in.</summary>
    public Scope? OuterScope => _outer?.Scope;

    internal override bool HasEnded => _hasEnded;

    /// <summary>The scopes that run now: several where a pipeline hedges, none while the call waits between attempts.</summary>
    public ScopeList RunningScopes
    {
        get
        {
            lock (this)
            {
                return _scopes.Running;
            }
        }
    }

    /// <summary>A signal to cancel came while the call was active.</summary>
    public bool IsCancelledBySignal => ExtrasOrNull is { IsCancelledBySignal: true };

    private string DebuggerDisplay =>
        $"{Plan.Name}: {State}, attempt {Attempt}{(Pending == SitInterrupt.None ? "" : $", interrupted: {Pending}")}";

    internal override string Name => Plan.MethodName;

    internal override string MethodName => Plan.Name;

    internal override SitterScope? ControlScope => Domain.Scope;

    internal override SitControl? LastControl => LastOrder?.Control;

    internal override SitContext? Parent => _outer?.Call?.Context;

    internal override int Restarts => ExtrasOrNull?.Restarts ?? 0;

    internal override Exception? Exception
    {
        get => ExtrasOrNull?.Exception;
        set => Extras.Exception = value;
    }

    internal override SitInterrupt LastInterrupt => _interrupt.Last;

    /// <summary>Derived under the lock, so that no other thread sees it half changed.</summary>
    internal override SitState State
    {
        get
        {
            SitState state;
            lock (this)
            {
                state = StateLocked;
            }

            return state == SitState.Paused && !StandsStill() ? SitState.Pausing : state;
        }
    }

    /// <summary>The same, paused from the moment of the order.</summary>
    private SitState StateLocked => _end != Undecided ? (SitState)_end
        : (_interrupt.IsRestarting ? SitState.Restarting
        : !_pause.IsPaused ? SitState.Running
        : _scopes.Latest is null ? SitState.Pending
        : SitState.Paused);

    internal override DateTimeOffset? StoppedAt
    {
        get
        {
            lock (this)
            {
                if (_end == Undecided || _stopTime != 0)
                {
                    return _stopTime == 0 ? null : new DateTimeOffset(_stopTime, TimeSpan.Zero);
                }
            }

            // Who asks now got hold of the call at the moment of its end.
            var now = TimeOfDay;
            lock (this)
            {
                NoteStopLocked(now);
                return new DateTimeOffset(_stopTime, TimeSpan.Zero);
            }
        }
    }

    internal override object? Result => State == SitState.Completed ? Outcome : null;

    internal override CancellationToken Token
    {
        get
        {
            Scope? latest;
            lock (this)
            {
                latest = _scopes.Latest;
                if (latest is null)
                {
                    return ExtrasOrNull?.TokenOfLatest ?? default;
                }
            }

            return latest.Token;
        }
    }

    internal override DateTimeOffset StartedAt
    {
        get
        {
            // The clock is the user's, and is not read under the lock.
            var startTime = TimeOfDay - (Now - StartStamp);
            lock (this)
            {
                if (Extras.StartTime == 0)
                {
                    // Stamps are coarser than the time of day: a short call must not seem to have ended before it began.
                    Extras.StartTime = _stopTime == 0 ? startTime : Math.Min(startTime, _stopTime);
                }

                return new DateTimeOffset(Extras.StartTime, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Begins a scope that interrupts do not reach.</summary>
    public void Attach(Scope scope)
    {
        scope.Claim(this);
        scope.Epoch = ControlEpoch.Current;
        lock (this)
        {
            AttachLocked(scope);
        }
    }

    /// <summary>Begins a scope that can be interrupted, unless the call is paused.</summary>
    /// <returns>False if the call is paused: the caller waits until it is released, and makes a new scope.</returns>
    public bool TryAttach(Scope scope)
    {
        scope.Claim(this);
        scope.Epoch = ControlEpoch.Current;
        SitInterrupt pending;
        lock (this)
        {
            pending = _interrupt.Pending;
            if (_pause.IsHeld && pending == SitInterrupt.None)
            {
                return false;
            }

            AttachLocked(scope);
        }

        if (pending != SitInterrupt.None)
        {
            scope.Interrupt(InterruptState.Reason(pending));
        }

        return true;
    }

    public void Detach(Scope scope)
    {
        lock (this)
        {
            _scopes.Remove(scope);
        }

        End(scope);
    }

    private void End(Scope scope)
    {
        scope.End();
        if (scope.IsInterrupted)
        {
            Stop(Find(TimeLimit.Grace, scope));
        }

        scope.LetGo()?.ForEach(static node => node.Unpark());
    }

    private void AttachLocked(Scope scope)
    {
        AssertLocked();
        _scopes.Add(scope);
        if (_pause.IsHeld)
        {
            scope.Pause();
        }
    }

    [Conditional("DEBUG")]
    private void AssertLocked() => Debug.Assert(Monitor.IsEntered(this), "The call's parts are guarded by its lock.");
}
