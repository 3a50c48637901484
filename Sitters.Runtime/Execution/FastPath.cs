using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Telemetry;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Execution;

/// <summary>
/// The start of every call, and the whole call if its body completes without suspending and nothing else is to be done. Every other
/// call continues in <see cref="CallExecution{T}"/>.
/// </summary>
[StackTraceHidden]
internal static class FastPath
{
    public static TTask Start<TMethod, TTask, TAdapter, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        // Read before StartsSlowly: if a pause comes in between, the call learns of it from its epoch.
        var epoch = ControlEpoch.Current;
        var startsSlowly = Controller.StartsSlowly || Listeners.HearCalls;
        if (RuntimeFeature.IsDynamicCodeCompiled && plan.IsPlainUnflowed && !startsSlowly)
        {
            return StartUnflowed<TMethod, TTask, TAdapter, T>(plan, epoch, ref method);
        }

        if (!plan.StartsAtOnce || startsSlowly || (plan.TokenCount > 0 && CanBeCancelled<TMethod, TTask>(plan, ref method)))
        {
            return StartSlowly<TMethod, TTask, TAdapter, T>(plan, ref method);
        }

        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            // All of this is there once for each method in a native program, called or not: the one way that does for all of them is enough.
            return StartGuarded<TMethod, TTask, TAdapter, T>(plan, epoch, ref method);
        }

        return plan is { IsAsync: true, FlowContext: true } && ExecutionContext.Capture() is { } context
            ? StartFlowed<TMethod, TTask, TAdapter, T>(plan, epoch, context, ref method)
            : plan is { IsAsync: true, FlowContext: false }
                ? StartUnflowed<TMethod, TTask, TAdapter, T>(plan, epoch, ref method)
                : StartGuarded<TMethod, TTask, TAdapter, T>(plan, epoch, ref method);
    }

    /// <summary>A call for which more is to be done than to run its body; and any call of a method that is configured.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TTask StartSlowly<TMethod, TTask, TAdapter, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TAdapter : struct, IReturnAdapter<TTask, T> =>
        plan.IsDisabled ? UnsatCall.Run<TMethod, TTask>(plan, ref method)
        : plan.IsOverridden ? Start<TMethod, TTask, TAdapter, T>(plan.InForce, ref method)
        : plan.CallMaker is null ? StartFirst<TMethod, TTask, TAdapter, T>(plan, ref method)
        : TAdapter.FromTask(Create<TMethod, TTask, TAdapter, T>(plan, ref method).Start().ReturnTask());

    /// <summary>The first call of a method.</summary>
    private static TTask StartFirst<TMethod, TTask, TAdapter, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        plan.Make((Func<Scope, long, Call>)MethodExecution<TMethod, TTask, TAdapter, T>.Make);
        return Start<TMethod, TTask, TAdapter, T>(plan, ref method);
    }

    // An async body throws into its task, so the next two need no finally, which would be a good part of the cost of such a call.

    /// <summary>For an async body, when the call travels through woven code only.</summary>
    private static TTask StartUnflowed<TMethod, TTask, TAdapter, T>(Plan plan, int epoch, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        // Without flow, only a limit needs it.
        var startStamp = plan.NeedsStartStamp ? Clock.Now : 0;
        var slot = ThreadSlot.Mine;
        var outer = slot.Current;
        var scope = slot.RentScope(plan);
        scope.Epoch = epoch;
        scope.StartStamp = startStamp;
        ControlDomain.Enter(scope);
        if (outer is not null)
        {
            scope.Parent = outer;
        }

        slot.Current = scope;
        if (startStamp != 0)
        {
            TimeWatch.Begin();
        }

        ActiveCallHint.MarkActive();
        var task = method.Invoke(scope);
        var isCompleted = TryCompleteUnobserved<TTask, TAdapter, T>(scope, task);
        slot.Restore(outer);
        slot.Return(scope, isCompleted);
        return isCompleted ? NotifyIdle(task) : TAdapter.FromTask(ContinueOnSlowPath<TMethod, TTask, TAdapter, T>(scope, ref method, task));
    }

    /// <summary>For an async body, when the call travels with the ExecutionContext.</summary>
    private static TTask StartFlowed<TMethod, TTask, TAdapter, T>(Plan plan, int epoch, ExecutionContext context, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        var slot = ThreadSlot.Mine;
        var outer = slot.Current;
        var scope = new Scope(plan) { Epoch = epoch, StartStamp = Clock.Now };
        ControlDomain.Enter(scope);
        if (CurrentFrame.Find(slot) is { } parent)
        {
            scope.Parent = parent;
            if (!parent.Scope.Flows)
            {
                CurrentFrame.SettleParents(parent.Scope, CurrentFrame.Flowing);
            }
        }

        CurrentFrame.SetFlow(scope);
        slot.Current = scope;
        if (plan.HasLimits)
        {
            TimeWatch.Begin();
        }

        ActiveCallHint.MarkActive();
        var task = method.Invoke(scope);
        var isCompleted = TryCompleteUnobserved<TTask, TAdapter, T>(scope, task);
        slot.Restore(outer);
        ExecutionContext.Restore(context);
        return isCompleted
            ? NotifyIdle(task)
            : TAdapter.FromTask(ContinueOnSlowPath<TMethod, TTask, TAdapter, T>(scope, ref method, task));
    }

    /// <summary>For a body that may throw and may change the ExecutionContext, or whose flow is suppressed.</summary>
    private static TTask StartGuarded<TMethod, TTask, TAdapter, T>(Plan plan, int epoch, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        var start = new GuardedStart(plan, epoch);
        TTask task;
        try
        {
            try
            {
                task = method.Invoke(start.Scope);
            }
            catch (Exception exception) when (!plan.IsAsync)
            {
                task = default!;
                start.Thrown = exception;
            }

            start.End(start.Thrown is null ? EndsNow<TTask, TAdapter, T>(plan, task) : plan.FailsAtOnce);
        }
        finally
        {
            start.Dispose();
        }

        return start.IsOver() ? task
            : start.Thrown is { } thrown ? Throw<TMethod, TTask, TAdapter, T>(start.Scope, ref method, thrown)
            : TAdapter.FromTask(ContinueOnSlowPath<TMethod, TTask, TAdapter, T>(start.Scope, ref method, task));
    }

    /// <summary>A body that is not async threw before it returned, and something has to be awaited before the call does the same.</summary>
    private static TTask Throw<TMethod, TTask, TAdapter, T>(Scope scope, ref TMethod method, Exception thrown)
        where TMethod : struct, ISatMethod<TTask>
        where TAdapter : struct, IReturnAdapter<TTask, T>
    {
        var call = MethodExecution<TMethod, TTask, TAdapter, T>.Of(scope, ref method);
        return TAdapter.FromTask(call.Continue(scope, Task.FromException(thrown), threw: true).ReturnTask());
    }

    /// <summary>Ends a call whose body has completed, if nothing is left to do and only its caller needs to know.</summary>
    /// <returns>
    /// False if the call continues, and is registered from now on. The thread is still in it, so at no time is an active call in neither
    /// a thread's slot nor the registry.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCompleteUnobserved<TTask, TAdapter, T>(Scope scope, TTask task)
        where TAdapter : struct, IReturnAdapter<TTask, T> => TryCompleteUnobserved(scope, EndsNow<TTask, TAdapter, T>(scope.Plan, task));

    /// <summary>Whether nothing is left to do for a call, by what its body has returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EndsNow<TTask, TAdapter, T>(Plan plan, TTask task)
        where TAdapter : struct, IReturnAdapter<TTask, T> =>
        TAdapter.IsCompletedSuccessfully(task) ? plan.EndsAtOnce : plan.FailsAtOnce && TAdapter.IsCompleted(task);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCompleteUnobserved(Scope scope, bool endsNow)
    {
        if (endsNow && scope.TryEndUnobserved())
        {
            return true;
        }

        Call.Of(scope)!.Register(scope);
        return false;
    }

    /// <summary>A call has ended unobserved, and its thread has left it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TTask NotifyIdle<TTask>(TTask task)
    {
        if (IdleWaiters.IsAwaited)
        {
            IdleWaiters.CompleteIfIdle();
        }

        return task;
    }

    /// <summary>A call that cannot start at once.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CallExecution<T> Create<TMethod, TTask, TAdapter, T>(Plan plan, ref TMethod method, bool isShared = false)
        where TMethod : struct, ISatMethod<TTask>
        where TAdapter : struct, IReturnAdapter<TTask, T> => new MethodExecution<TMethod, TTask, TAdapter, T>(plan, ref method, isShared);

    /// <summary>A call whose first attempt has suspended or failed, or that has hooks to run at its end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<T> ContinueOnSlowPath<TMethod, TTask, TAdapter, T>(Scope scope, ref TMethod method, TTask task)
        where TMethod : struct, ISatMethod<TTask>
        where TAdapter : struct, IReturnAdapter<TTask, T> =>
        MethodExecution<TMethod, TTask, TAdapter, T>.Of(scope, ref method).Continue(scope, TAdapter.AsTask(task), threw: false).Task;

    private static bool CanBeCancelled<TMethod, TTask>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
    {
        for (var i = 0; i < plan.TokenCount; i++)
        {
            // The token of the call around this one says nothing new: that call passes its interrupts on.
            if (method.Token(i) is { CanBeCanceled: true } token && CurrentFrame.Find(ThreadSlot.Existing)?.Scope.IsOwn(token) != true)
            {
                return true;
            }
        }

        return false;
    }
}
