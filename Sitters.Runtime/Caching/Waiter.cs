using System.Runtime.CompilerServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Caching;

/// <summary>A caller that waits for a shared call and can give up: if its token fires, or the call around it is interrupted.</summary>
/// <param name="flight">The shared call.</param>
/// <param name="parent">The code that waits.</param>
/// <param name="around">The shared call that this code runs in, which now waits for the other one.</param>
/// <param name="tokens">The caller's tokens.</param>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class Waiter<T>(Flight<T> flight, Frame? parent, FlightWaits? around, CancellationToken[] tokens)
{
    private readonly CancellationTokenRegistration[] _registrations = new CancellationTokenRegistration[tokens.Length];

    /// <summary>What the shared task refers to: the run may go on for long, and is not to keep those who have left.</summary>
    private readonly StrongBox<Waiter<T>?> _self = new();
    private AsyncTaskMethodBuilder<T> _builder;
    private InnerFrame? _frame;

    // Shared with the threads that fire a token, interrupt the call around this one, or complete the shared one: by Volatile and Exchange.
    private OperationCanceledException? _reason;
    private int _hasGivenUp;
    private int _hasEnded;

    /// <summary>The caller's task; null until the wait has begun.</summary>
    public Task<T> Task { get; private set; } = null!;

    public void Begin(Task<T> shared)
    {
        Task = _builder.Task;
        if (parent is { Scope.HasEnded: false })
        {
            _frame = new InnerFrame(parent, () => GiveUp(SitInterrupt.Cancel, parent.Scope.NamedToken), flight.Call);
            _frame.Begin();
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            _registrations[i] = tokens[i].UnsafeRegister(
                static (state, token) => ((Waiter<T>)state!).GiveUp(SitInterrupt.CallerCancel, token), this);
        }

        _self.Value = this;
        shared.ContinueWith(
            static (task, state) => ((StrongBox<Waiter<T>?>)state!).Value?.End(task),
            _self,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void GiveUp(SitInterrupt kind, CancellationToken token)
    {
        if (Interlocked.Exchange(ref _hasGivenUp, 1) != 0)
        {
            return;
        }

        Volatile.Write(
            ref _reason,
            new OperationCanceledException($"The wait for a shared call was cancelled: {InterruptMessages.Words(InterruptState.Reason(kind))}.", token));
        if (!flight.GiveUp(kind, token))
        {
            // Not on this thread: the caller's continuation may run inline where its task ends.
            ThreadPool.UnsafeQueueUserWorkItem(static waiter => waiter.End(null), this, preferLocal: false);
        }
    }

    private void End(Task<T>? shared)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        foreach (var registration in _registrations)
        {
            registration.Unregister();
        }

        around?.EndAwait(flight);
        _frame?.Finish();
        if (shared is { IsCompletedSuccessfully: true })
        {
            _builder.SetResult(shared.Result);
        }
        else
        {
            // Seen in any case: nobody else waits for the failure of a call that its last caller has given up.
            var failure = shared is null ? null : TaskFailure.Of(shared);
            _builder.SetException(Volatile.Read(ref _reason) ?? failure!);
        }

        flight.Forget(this);
        _self.Value = null;
    }
}
