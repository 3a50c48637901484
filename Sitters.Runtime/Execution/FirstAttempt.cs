using System.Diagnostics;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Execution;

/// <summary>
/// The first attempt of a call that has suspended. Most calls end with it, so it waits for its end without a state machine of its own.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class FirstAttempt<T>(Scope scope, Task body)
{
    /// <summary>
    /// Taken by exchange, so that the end of the body and its abandonment cannot both win; a body left behind then keeps nothing.
    /// </summary>
    private CallExecution<T>? _execution;

    public Scope Scope => scope;

    public void Start(CallExecution<T> execution)
    {
        _execution = execution;
        var start = execution.Attempts.StartContext;
        if (body.IsCompleted)
        {
            start.NoteEnd();
            OnOver(hasEnded: true);
            return;
        }

        execution.Call.StartAttemptTimeout(scope);
        if (!scope.Plan.IsAsync)
        {
            scope.Await(GiveUp);
        }

        start.WhenEnded(body, () => OnOver(hasEnded: true));

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
        if (Interlocked.Exchange(ref _execution, null) is { } execution)
        {
            execution.Call.StopAttemptTimeout(scope);
            execution.OnFirstAttemptOver(execution.Attempts.End(scope, body, hasEnded, CancellationToken.None));
        }
    }
}
