using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Execution;

/// <summary>
/// The start of a call whose body may throw and may change the ExecutionContext, but for the body itself: code that all methods share.
/// </summary>
[StackTraceHidden]
internal ref struct GuardedStart
{
    private readonly ThreadSlot _slot;
    private readonly ScopeEntry _entry;
    private bool _isCompleted;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public GuardedStart(Plan plan, int epoch)
    {
        _slot = ThreadSlot.Mine;
        Scope = plan.FlowContext ? new Scope(plan) : _slot.RentScope(plan);
        Scope.Epoch = epoch;
        Scope.StartStamp = plan.NeedsStartStamp ? Clock.Now : 0;
        ControlDomain.Enter(Scope);
        _entry = new ScopeEntry(Scope, _slot);
        if (plan.HasLimits)
        {
            TimeWatch.Begin();
        }

        ActiveCallHint.MarkActive();
    }

    public Scope Scope { get; }

    /// <summary>What the body threw before it returned.</summary>
    public Exception? Thrown { get; set; }

    /// <summary>The body has returned, or thrown: the call ends, or is known from here on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void End(bool endsNow) => _isCompleted = FastPath.TryCompleteUnobserved(Scope, endsNow);

    /// <summary>The thread goes back to what it was in before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly void Dispose()
    {
        _entry.Dispose();
        if (!Scope.Plan!.FlowContext)
        {
            _slot.Return(Scope, _isCompleted);
        }
    }

    /// <summary>Whether the call is over, after its thread has left it. Throws what the body has thrown, if that is what it ends with.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly bool IsOver()
    {
        if (_isCompleted)
        {
            FastPath.NotifyIdle(Scope);
            if (Thrown is not null)
            {
                ExceptionDispatchInfo.Throw(Thrown);
            }
        }

        return _isCompleted;
    }
}
