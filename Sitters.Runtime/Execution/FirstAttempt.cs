using System.Diagnostics;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Execution;

/// <summary>
/// The first attempt of a call that has suspended. Most calls end with it, so it waits for its end without a state machine of its own.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class FirstAttempt<T>(CallExecution<T> execution, Scope scope, Task body)
{
    /// <summary>0 or 1; exchanged, so that the end of the body and its abandonment cannot both win.</summary>
    private int _isOver;

    public Scope Scope => scope;

    public void Start()
    {
        if (body.IsCompleted)
        {
            execution.Attempts.StartContext.NoteEnd();
            OnOver(hasEnded: true);
            return;
        }

        execution.Call.StartAttemptTimeout(scope);
        if (!scope.Plan.IsAsync)
        {
            scope.Await(GiveUp);
        }

        execution.Attempts.StartContext.WhenEnded(body, () => OnOver(hasEnded: true));

        // An interrupt sets its flag first and then looks for the execution; here the order is the reverse, so one of the two starts the
        // grace.
        Interlocked.MemoryBarrier();
        if (scope.IsInterrupted)
        {
            execution.Call.StartGrace(scope);
        }
    }

    /// <summary>Leaves the body behind. The caller may hold locks.</summary>
    public void GiveUp() => ThreadPool.UnsafeQueueUserWorkItem(static first => first.OnOver(hasEnded: false), this, preferLocal: false);

    private void OnOver(bool hasEnded)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            execution.Call.StopAttemptTimeout(scope);
            execution.OnFirstAttemptOver(execution.Attempts.End(scope, body, hasEnded, CancellationToken.None));
        }
    }
}
