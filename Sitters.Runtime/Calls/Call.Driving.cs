using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

// What takes a call from its beginning to its end derives from it, in the layers above.
internal partial class Call
{
    /// <summary>Written once, before the call goes on by itself, and read by any thread.</summary>
    private volatile bool _isDriven;

    /// <summary>A call that begins now, where the running code is.</summary>
    protected Call(Plan plan, bool isShared = false)
        : this(plan, ControlDomain.Current, Clock.Now, ControlEpoch.Current, CurrentFrame.Find(ThreadSlot.Existing), isShared)
    {
    }

    /// <summary>The caller has its outcome; what it does with it may still be running.</summary>
    public bool IsDelivered => _hasEnded && IsHandedOver;

    /// <summary>The task of the caller; null if the caller holds none, as the consumer of a stream does.</summary>
    public virtual Task? Delivery => null;

    /// <summary>What the caller gets, once the call has completed.</summary>
    protected virtual object? Outcome => null;

    /// <summary>The caller's task has ended.</summary>
    protected virtual bool IsHandedOver => false;

    /// <summary>
    /// The call is past its first, synchronous stretch, and an interrupt has something to wait for. One that does not see it yet is found by
    /// <c>CallExecution.WaitForFirst</c>, which fences.
    /// </summary>
    private bool IsDriven => _isDriven;

    /// <inheritdoc/>
    public virtual void OnBodyEnded(Scope scope)
    {
        // Who waits for its task need not know.
    }

    /// <inheritdoc/>
    public void OnLeft(Scope scope) => GiveUp(scope);

    /// <summary>The grace is over: what runs in the scope is left behind.</summary>
    public virtual void GiveUp(Scope scope)
    {
        // A call that nothing drives has nothing to leave.
    }

    protected void MarkDriven() => _isDriven = true;
}
