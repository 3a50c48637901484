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

    /// <summary>Until it is over: an interrupt that waits at the scope refers to this object for as long as the scope lives.</summary>
    private Task? _body = body;

    public Scope Scope => scope;

    public void Start(CallExecution<T> execution)
    {
        var running = _body!;
        _execution = execution;
        var start = execution.Attempts.StartContext;
        if (running.IsCompleted)
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

        start.WhenEnded(running, () => OnOver(hasEnded: true));

        // An interrupt sets its flag first and then looks for the execution; here the order is the reverse, so one of the two starts the
        // grace.
        Interlocked.MemoryBarrier();
        if (scope.IsInterrupted)
        {
            execution.Call.StartGrace(scope);
        }
    }

    /// <summary>Leaves the body behind. Not on this thread: the caller's continuation may run inline.</summary>
    public void GiveUp() => ThreadPool.UnsafeQueueUserWorkItem(static first => first.OnOver(hasEnded: false), this, preferLocal: false);

    private void OnOver(bool hasEnded)
    {
        if (Interlocked.Exchange(ref _execution, null) is { } execution)
        {
            var over = _body!;
            _body = null;
            execution.Call.StopAttemptTimeout(scope);
            execution.OnFirstAttemptOver(execution.Attempts.End(scope, over, hasEnded, CancellationToken.None));
        }
    }
}
