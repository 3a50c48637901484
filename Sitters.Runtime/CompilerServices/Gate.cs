using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.CompilerServices;

/// <summary>What the weaver puts around each await of an async method: the await gate.</summary>
/// <remarks>A null frame means that the method runs outside any call; then nothing happens here.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
[DebuggerStepThrough]
public static class Gate
{
    /// <summary>Whether code of some call is running on this thread.</summary>
    public static bool IsForeign => ActiveCallHint.MayBeAny && ThreadSlot.Existing?.Current is not null;

    /// <summary>
    /// Where a method that the runtime suspends continues, if it belongs to no call but was resumed inline by code of one.
    /// </summary>
    public static YieldAwaitable.YieldAwaiter Hop => Task.Yield().GetAwaiter();

    /// <summary>A helper begins: does it run inside a call?</summary>
    /// <returns>Its frame, or null.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame? Enter() =>
        !ActiveCallHint.MayBeAny
        || (ThreadSlot.Existing?.Current is null && (!CurrentFrame.Flows || CurrentFrame.Flowing is null)) ? null : EnterHelper();

    /// <summary>A helper has returned its task.</summary>
    /// <param name="frame">Its frame, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave(Frame? frame)
    {
        if (frame is not null)
        {
            ((HelperFrame)frame).Leave();
        }
    }

    /// <summary>A step of an async iterator begins, to the next element or to its end: does it run inside a call?</summary>
    /// <param name="previous">The frame of the step before, or null.</param>
    /// <param name="state">The state of the iterator.</param>
    /// <returns>The step's frame, or null.</returns>
    public static Frame? EnterStep(Frame? previous, int state)
    {
        // The compiler's state of an async iterator before its first step. A step that begins there belongs to a new enumeration, and has
        // nothing to take over from the last one.
        const int NotStarted = -3;
        if (Enter() is not HelperFrame frame)
        {
            return null;
        }

        frame.MarkStep();
        if (previous is not null && state != NotStarted)
        {
            frame.ContinueFrom(previous);
        }

        return frame;
    }

    /// <summary>A step of an async iterator has returned its task.</summary>
    /// <param name="frame">Its frame, or null.</param>
    /// <returns>The frame that the next step continues from.</returns>
    public static Frame? LeaveStep(Frame? frame) => frame is not null && ((HelperFrame)frame).Leave() ? frame : null;

    /// <summary>Whether an await continues without suspending: not if a pause or an interrupt is due.</summary>
    /// <param name="completed">Whether what is awaited has completed.</param>
    /// <param name="frame">The method's frame, or null.</param>
    /// <returns>True if the await need not suspend.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsCompleted(bool completed, Frame? frame) =>
        completed && (frame is null || !frame.Scope.NeedsAttention || !frame.MustSuspend());

    /// <summary>The same for an await that finds a task which was begun earlier.</summary>
    /// <param name="completed">Whether what is awaited has completed.</param>
    /// <param name="frame">The method's frame, or null.</param>
    /// <returns>True if the await need not suspend.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsCompletedFound(bool completed, Frame? frame) =>
        completed && (frame is null || !frame.Scope.NeedsAttention || !frame.MustSuspendAtFound());

    /// <summary>The same for an await of a cleanup.</summary>
    /// <param name="completed">Whether what is awaited has completed.</param>
    /// <param name="frame">The method's frame, or null.</param>
    /// <returns>True if the await need not suspend.</returns>
    public static bool IsCompletedCleanup(bool completed, Frame? frame)
    {
        var isCompleted = IsCompleted(completed, frame);
        frame?.EndCleanup();
        return isCompleted;
    }

    /// <summary>
    /// Stands right before the call that begins an operation which is awaited at once: throws where an interrupt is due, so that the
    /// operation is not begun.
    /// </summary>
    /// <param name="frame">The method's frame, or null.</param>
    /// <exception cref="OperationCanceledException">The call is interrupted here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BeforeCall(Frame? frame)
    {
        if (frame is not null && (frame.Scope.NeedsAttention || frame.IsCleaningUp))
        {
            frame.ThrowIfInterruptDue();
        }
    }

    /// <summary>Stands there instead in a cleanup, which no interrupt is to end.</summary>
    /// <param name="frame">The method's frame, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BeforeCleanup(Frame? frame) => frame?.BeginCleanup();

    /// <summary>What an operation gets that is awaited and that the user gave no token.</summary>
    /// <param name="frame">The method's frame, or null.</param>
    /// <returns>The call's token; one that never fires outside of a call and in cleanup.</returns>
    public static CancellationToken Token(Frame? frame) => frame is null ? default : frame.ForwardedToken;

    /// <summary>The same for a parameter that may be null.</summary>
    /// <param name="frame">The method's frame, or null.</param>
    /// <returns>The call's token, or null.</returns>
    public static CancellationToken? NullableToken(Frame? frame) => HasToken(frame) ? Token(frame) : null;

    /// <summary>Whether there is a token for such an operation: if not, the overload that takes none is called.</summary>
    /// <param name="frame">The method's frame, or null.</param>
    /// <returns>Whether <see cref="Token"/> returns the call's token.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasToken(Frame? frame) => frame is not null && frame.ForwardsToken;

    /// <summary>A sat method that is not async begins: it has no argument for its frame.</summary>
    /// <returns>The attempt's frame.</returns>
    public static Frame? EnteredBody() => ThreadSlot.Mine.Current;

    /// <summary>A lambda begins whose task is awaited by the method that has passed it on: does it run inside a call?</summary>
    /// <returns>The frame of the method that runs it, or null.</returns>
    public static Frame? Running() => ActiveCallHint.MayBeAny ? CurrentFrame.FindToForward() : null;

    /// <summary>The overload with a token of what <c>await foreach</c> uses.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="stream">The stream.</param>
    /// <param name="continueOnCapturedContext">Whether each step resumes on the context where it suspended.</param>
    /// <param name="token">The token.</param>
    /// <returns>The stream, configured.</returns>
    public static ConfiguredCancelableAsyncEnumerable<T> ConfigureAwait<T>(
        IAsyncEnumerable<T> stream,
        bool continueOnCapturedContext,
        CancellationToken token) =>
        stream.WithCancellation(token).ConfigureAwait(continueOnCapturedContext);

    /// <summary>The method is about to suspend.</summary>
    /// <param name="frame">The method's frame.</param>
    /// <param name="traits">What is known of the await.</param>
    /// <param name="module">The number by which the map of awaits of the method's module is found.</param>
    /// <returns>What the method's builder waits for, in place of the awaiter.</returns>
    public static ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter Suspend(Frame frame, AwaitTraits traits, int module) =>
        new ValueTask(frame.Suspend(traits, module), 0).ConfigureAwait(false).GetAwaiter();

    /// <summary>The builder waits; now the awaiter is asked to call back.</summary>
    /// <typeparam name="TAwaiter">The awaiter.</typeparam>
    /// <param name="awaiter">The awaiter.</param>
    /// <param name="frame">The method's frame.</param>
    public static void AwaitUnsafeOnCompleted<TAwaiter>(ref TAwaiter awaiter, Frame frame)
        where TAwaiter : ICriticalNotifyCompletion
    {
        if (frame.Arm() is not { } node)
        {
            return;
        }

        var entered = GuardedContext.Enter(ref awaiter, node);
        try
        {
            awaiter.UnsafeOnCompleted(node.Callback);
        }
        catch (Exception exception)
        {
            Raise(exception);
        }

        GuardedContext.Leave(entered);
        frame.OnArmed();
    }

    /// <summary>The builder waits; now the awaiter is asked to call back.</summary>
    /// <typeparam name="TAwaiter">The awaiter.</typeparam>
    /// <param name="awaiter">The awaiter.</param>
    /// <param name="frame">The method's frame.</param>
    public static void AwaitOnCompleted<TAwaiter>(ref TAwaiter awaiter, Frame frame)
        where TAwaiter : INotifyCompletion
    {
        if (frame.Arm() is not { } node)
        {
            return;
        }

        try
        {
            awaiter.OnCompleted(node.Callback);
        }
        catch (Exception exception)
        {
            Raise(exception);
        }

        frame.OnArmed();
    }

    /// <summary>The same for a method that the runtime suspends.</summary>
    /// <typeparam name="TAwaiter">The awaiter.</typeparam>
    /// <param name="awaiter">The awaiter.</param>
    /// <param name="frame">The method's frame.</param>
    /// <param name="traits">What is known of the await.</param>
    /// <param name="module">The number by which the map of awaits of the method's module is found.</param>
    /// <returns>What the runtime waits for, in place of the awaiter.</returns>
    public static GatedAwait<TAwaiter> Gated<TAwaiter>(ref TAwaiter awaiter, Frame frame, AwaitTraits traits, int module)
        where TAwaiter : INotifyCompletion
    {
        frame.Suspend(traits, module);
        return new GatedAwait<TAwaiter>(awaiter, frame);
    }

    /// <summary>A helper that the runtime suspends has come to its end.</summary>
    /// <param name="frame">Its frame, or null.</param>
    public static void End(Frame? frame)
    {
        if (frame is HelperFrame { Node: null } helper)
        {
            helper.Leave();
        }
    }

    /// <summary>An await is about to take its outcome: throws here if an interrupt is due.</summary>
    /// <typeparam name="TAwaiter">The awaiter.</typeparam>
    /// <typeparam name="TAccess">Access to it.</typeparam>
    /// <param name="awaiter">The awaiter.</param>
    /// <param name="frame">The method's frame, or null.</param>
    /// <exception cref="OperationCanceledException">The call is interrupted here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BeforeResult<TAwaiter, TAccess>(ref TAwaiter awaiter, Frame? frame)
        where TAccess : struct, IAwaiterAccess<TAwaiter>
    {
        if (frame is not null && frame.Scope.IsInterrupted)
        {
            Interruption.BeforeResult<TAwaiter, TAccess>(ref awaiter, frame);
        }
    }

    /// <summary>The method is about to end with an exception.</summary>
    /// <param name="frame">The method's frame, or null.</param>
    /// <param name="exception">The exception.</param>
    public static void Faulted(Frame? frame, Exception exception)
    {
        if (frame is { IsDelivered: true, IsRoot: false } && frame.Scope.Tree.IsInterrupt(exception, hasSettled: false))
        {
            frame.Scope.Tree.ParentOf(frame).HasInterruptedChild = true;
        }
    }

    /// <summary>
    /// Replaces a call of <see cref="IAsyncDisposable.DisposeAsync"/> that <c>await using</c> or <c>await foreach</c> makes.
    /// </summary>
    /// <param name="disposable">What is disposed of.</param>
    /// <param name="frame">The method's frame, or null.</param>
    /// <returns>The disposal's task.</returns>
    public static ValueTask DisposeAsync(IAsyncDisposable disposable, Frame? frame)
    {
        BeforeCleanup(frame);
        return frame is { IsDelivered: true } ? Interruption.DisposeAsync(disposable, frame) : disposable.DisposeAsync();
    }

    /// <summary>Runs a method that belongs to no call, but was resumed inline by code of one, outside of that call.</summary>
    /// <typeparam name="TStateMachine">The state machine.</typeparam>
    /// <param name="stateMachine">The state machine.</param>
    public static void Detach<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        var slot = ThreadSlot.Mine;
        var current = slot.Current;
        slot.Current = null;
        stateMachine.MoveNext();
        slot.Current = current;
    }

    private static HelperFrame? EnterHelper()
    {
        var slot = ThreadSlot.Existing;
        return CurrentFrame.Find(slot) is { } parent ? HelperFrame.Start(slot ?? ThreadSlot.Mine, parent) : null;
    }

    /// <summary>An awaiter that fails to register its continuation ends the process, as with the framework's own builders.</summary>
    private static void Raise(Exception exception) => ThreadPool.UnsafeQueueUserWorkItem(
        static failure => failure.Throw(),
        ExceptionDispatchInfo.Capture(exception),
        preferLocal: false);
}
