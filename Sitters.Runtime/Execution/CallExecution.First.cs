using Sitters.Runtime.Gating;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Execution;

// The first attempt of a call that has suspended. Most calls end with it, so the call waits for its end without a state machine, and
// mostly without a continuation too: what resumes the body's method sees it end.
internal abstract partial class CallExecution<T>
{
    /// <summary>
    /// The task of the first attempt's body, until that is over. Taken by exchange, so that the end of the body and its abandonment cannot
    /// both win.
    /// </summary>
    private Task? _body;

    /// <summary>
    /// The end of that task is told by a continuation. Written before the task is set, and by the thread that runs the body.
    /// </summary>
    private bool _hasContinuation;

    /// <summary>The first attempt's body has ended, or its method was resumed and has not come to a gated await again.</summary>
    public override void OnBodyEnded(Scope scope)
    {
        if (Volatile.Read(ref _body) is not { } running)
        {
            return;
        }

        if (running.IsCompleted)
        {
            FinishFirst(scope, hasEnded: true);
        }
        else if (!_hasContinuation)
        {
            // It waits for something that has no gate.
            ContinueAfter(running, scope);
        }
    }

    /// <summary>Leaves the body behind. Not on this thread: the caller's continuation may run inline.</summary>
    public override void GiveUp(Scope scope)
    {
        if (Volatile.Read(ref _body) is null)
        {
            scope.Tree.EnsureWait().GiveUp();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static left => left.Call.FinishFirst(left.scope, hasEnded: false), (Call: this, scope), preferLocal: false);
        }
    }

    private void WaitForFirst(Scope scope, Task running)
    {
        if (running.IsCompleted)
        {
            StartContext.NoteEnd();
            Finish(scope, running, hasEnded: true);
            return;
        }

        StartAttemptTimeout(scope);
        var isGated = scope is { Plan.IsAsync: true, Node: not null } && StartContext == StartContext.None;
        _hasContinuation = !isGated;
        Volatile.Write(ref _body, running);
        if (!scope.Plan.IsAsync)
        {
            AwaitLeaving(scope);
        }

        if (!isGated)
        {
            ContinueAfter(running, scope);
        }

        // The body may have ended meanwhile, on another thread that did not find it here yet. That thread completes the task, fences (in
        // Scope.OnEnd), and then looks for the body; here the order is the reverse, so one of the two finishes the attempt. In the same way
        // an interrupt sets its flag and then looks for the execution, and one of the two starts the grace.
        Interlocked.MemoryBarrier();
        if (isGated && running.IsCompleted)
        {
            FinishFirst(scope, hasEnded: true);
            return;
        }

        if (isGated && scope.Node is { HasLetGo: true })
        {
            ContinueAfter(running, scope);
        }

        if (scope.IsInterrupted)
        {
            StartGrace(scope);
        }
    }

    // Through the scope, which forgets its call when it ends: a body that is left behind then keeps nothing. Apart from the method that
    // most calls come through: what a lambda captures is made where its method begins.

    private static void AwaitLeaving(Scope scope) => scope.Await(() => scope.Owner?.OnLeft(scope));

    private void ContinueAfter(Task running, Scope scope)
    {
        _hasContinuation = true;
        StartContext.WhenEnded(running, () => scope.Owner?.OnBodyEnded(scope));
    }

    private void FinishFirst(Scope scope, bool hasEnded)
    {
        if (Interlocked.Exchange(ref _body, null) is { } body)
        {
            StopAttemptTimeout(scope);
            Finish(scope, body, hasEnded);
        }
    }

    /// <summary>The first attempt is over. Most calls end here, with a result, and no hook or sharer to get it first.</summary>
    private void Finish(Scope scope, Task body, bool hasEnded)
    {
        if (hasEnded
            && body.IsCompletedSuccessfully
            && !scope.InterruptWasSeen
            && Plan is { EndsAtOnce: true, HasPauseHooks: false }
            && Sharing is null
            && !SitObservers.Any)
        {
            _result = ResultOf(body);
            Complete(scope);
            HandOver(AttemptOutcome<T>.Of(_result));
            return;
        }

        var first = Attempts.End(scope, body, hasEnded, CancellationToken.None);
        if (_context is null)
        {
            _ = RunAsync(first);
        }
        else
        {
            // What follows runs in the caller's context again, not in the context of the code that completed the body.
            ExecutionContext.Run(_context, static state => _ = ((Continuation)state!).RunAsync(), new Continuation(this, first));
        }
    }
}
