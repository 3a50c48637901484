using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime;

/// <summary>
/// The life of a sat call, from top to bottom. Here is its fast path, for a body that completes without suspending and with nothing
/// to do beside it; <see cref="Life{T}"/> is the rest of it.
/// </summary>
[StackTraceHidden]
internal static class Life
{
    public static TTask Start<TMethod, TTask, TShape, T>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TShape : struct, IShape<TTask, T>
    {
        // Read before the pause is: should one come in between, the call finds out by its epoch.
        var epoch = Controller.Epoch;
        if (plan.IsPlainUnflowed && !Controller.IsPaused)
        {
            return StartUnflowed<TMethod, TTask, TShape, T>(plan, epoch, ref method);
        }

        if (!plan.StartsAtOnce || Controller.IsPaused || (plan.TokenCount > 0 && CanBeCancelled<TMethod, TTask>(plan, ref method)))
        {
            return TShape.FromTask(Begin<TMethod, TTask, TShape, T>(plan, ref method).Live());
        }

        return plan is { IsAsync: true, FlowContext: true } && ExecutionContext.Capture() is { } context
            ? StartFlowed<TMethod, TTask, TShape, T>(plan, epoch, context, ref method)
            : plan is { IsAsync: true, FlowContext: false }
                ? StartUnflowed<TMethod, TTask, TShape, T>(plan, epoch, ref method)
                : StartGuarded<TMethod, TTask, TShape, T>(plan, epoch, ref method);
    }

    // What an async body throws is in its task, so the next two need no finally, which is a good part of what such a call costs.

    /// <summary>An async body, and the call travels through woven code only.</summary>
    private static TTask StartUnflowed<TMethod, TTask, TShape, T>(Plan plan, int epoch, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TShape : struct, IShape<TTask, T>
    {
        var slot = ThreadSlot.Mine;
        var outer = slot.Current;
        var scope = slot.RentScope(plan);
        scope.Epoch = epoch;
        scope.StartedAt = plan.NeedsStartStamp ? Clock.Now : 0;
        if (outer is not null)
        {
            scope.Parent = outer;
        }

        slot.Current = scope;
        Presence.Note();
        var task = method.Invoke(scope);
        var endsUnseen = EndsUnseen<TTask, TShape, T>(scope, task);
        slot.Restore(outer);
        slot.Return(scope, endsUnseen);
        return endsUnseen ? Ended(task) : TShape.FromTask(GoOn<TMethod, TTask, TShape, T>(scope, ref method, task));
    }

    /// <summary>An async body, and the call travels with the ExecutionContext.</summary>
    private static TTask StartFlowed<TMethod, TTask, TShape, T>(Plan plan, int epoch, ExecutionContext context, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TShape : struct, IShape<TTask, T>
    {
        var slot = ThreadSlot.Mine;
        var outer = slot.Current;
        var scope = new Scope(plan) { Epoch = epoch, StartedAt = Clock.Now };
        if (Ambient.Find(slot) is { } parent)
        {
            scope.Parent = parent;
        }

        Ambient.SetFlow(scope);
        slot.Current = scope;
        Presence.Note();
        var task = method.Invoke(scope);
        var endsUnseen = EndsUnseen<TTask, TShape, T>(scope, task);
        slot.Restore(outer);
        ExecutionContext.Restore(context);
        return endsUnseen
            ? Ended(task)
            : TShape.FromTask(GoOn<TMethod, TTask, TShape, T>(scope, ref method, task));
    }

    /// <summary>A body that may throw, and may change the ExecutionContext; or one whose flow is suppressed.</summary>
    private static TTask StartGuarded<TMethod, TTask, TShape, T>(Plan plan, int epoch, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
        where TShape : struct, IShape<TTask, T>
    {
        var slot = ThreadSlot.Mine;
        var scope = plan.FlowContext ? new Scope(plan) : slot.RentScope(plan);
        scope.Epoch = epoch;
        scope.StartedAt = plan.NeedsStartStamp ? Clock.Now : 0;
        TTask task;
        bool endsUnseen;
        using (new Inside(scope, slot))
        {
            Presence.Note();
            try
            {
                task = method.Invoke(scope);
            }
            catch (Exception exception) when (!plan.IsAsync)
            {
                task = TShape.FromTask(Task.FromException<T>(exception));
            }

            endsUnseen = EndsUnseen<TTask, TShape, T>(scope, task);
        }

        if (!plan.FlowContext)
        {
            slot.Return(scope, endsUnseen);
        }

        return endsUnseen ? Ended(task) : TShape.FromTask(GoOn<TMethod, TTask, TShape, T>(scope, ref method, task));
    }

    /// <summary>Ends a call whose body has completed, where there is nothing to do and nobody to tell but its caller.</summary>
    /// <returns>
    /// False where the call goes on, and is known from then on. The thread is still in it: at no time is an active call neither in a
    /// thread's slot nor in the registry.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EndsUnseen<TTask, TShape, T>(Scope scope, TTask task)
        where TShape : struct, IShape<TTask, T>
    {
        var plan = scope.Plan;
        var endsNow = TShape.IsCompletedSuccessfully(task) ? plan.EndsAtOnce : plan.FailsAtOnce && TShape.IsCompleted(task);
        if (endsNow && scope.TryEndUnseen())
        {
            return true;
        }

        scope.EnsureCall().Join(scope);
        return false;
    }

    /// <summary>A call has ended unseen, and its thread has left it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTask Ended<TTask>(TTask task)
    {
        if (Idleness.IsAwaited)
        {
            Idleness.Check();
        }

        return task;
    }

    /// <summary>A call that cannot start at once.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Life<T> Begin<TMethod, TTask, TShape, T>(Plan plan, ref TMethod method, bool isShared = false)
        where TMethod : struct, ISatMethod<TTask>
        where TShape : struct, IShape<TTask, T>
    {
        var call = new Call(plan, Clock.Now, Controller.Epoch, Ambient.Find(ThreadSlot.Existing), isShared);
        return new Life<TMethod, TTask, TShape, T>(call, method);
    }

    /// <summary>A call whose first attempt has suspended or failed, or that has hooks to run at its end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<T> GoOn<TMethod, TTask, TShape, T>(Scope scope, ref TMethod method, TTask task)
        where TMethod : struct, ISatMethod<TTask>
        where TShape : struct, IShape<TTask, T> =>
        new Life<TMethod, TTask, TShape, T>(scope.EnsureCall(), method).Live(scope, TShape.AsTask(task));

    private static bool CanBeCancelled<TMethod, TTask>(Plan plan, ref TMethod method)
        where TMethod : struct, ISatMethod<TTask>
    {
        for (var i = 0; i < plan.TokenCount; i++)
        {
            if (method.Token(i).CanBeCanceled)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The life of a call of one woven method, with its arguments.</summary>
/// <typeparam name="TMethod">The call's struct.</typeparam>
/// <typeparam name="TTask">What the method returns.</typeparam>
/// <typeparam name="TShape">The type's shape.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class Life<TMethod, TTask, TShape, T>(Call call, TMethod method) : Life<T>(call)
    where TMethod : struct, ISatMethod<TTask>
    where TShape : struct, IShape<TTask, T>
{
    private readonly TMethod _method = method;

    public override ValueTask Hook(int id, SitContext context) => _method.Hook(id, context);

    public override CancellationToken CallerToken(int index) => _method.Token(index);

    protected override Task? Invoke(Frame frame) => TShape.AsTask(_method.Invoke(frame));

    protected override T ResultOf(Task task) => TShape.Result(task);

    protected override object? RetryMember() => _method.Retry();
}
