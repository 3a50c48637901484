using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Calls;

internal partial class Call
{
    private CallExtras? ExtrasOrNull => Volatile.Read(ref _notes) as CallExtras;

    private CallExtras Extras => ExtrasOrNull ?? MakeExtras();

    private GivenOrder? LastOrder => Volatile.Read(ref _notes) switch
    {
        CallExtras extras => extras.LastOrder,
        var order => (GivenOrder?)order,
    };

    /// <summary>Notes what was ordered last, for whoever asks; one that comes late does not hide a later one.</summary>
    public void Note(GivenOrder order)
    {
        lock (this)
        {
            NoteLocked(order);
        }
    }

    private void NoteLocked(GivenOrder order)
    {
        AssertLocked();
        while (LastOrder is not { } last || last.Epoch <= order.Epoch)
        {
            var notes = Volatile.Read(ref _notes);
            if (notes is CallExtras extras)
            {
                extras.LastOrder = order;
                return;
            }

            // Extras may be made under no lock.
            if (Interlocked.CompareExchange(ref _notes, order, notes) == notes)
            {
                return;
            }
        }
    }

    private CallExtras MakeExtras()
    {
        var made = new CallExtras();
        while (true)
        {
            var notes = Volatile.Read(ref _notes);
            if (notes is CallExtras others)
            {
                return others;
            }

            made.LastOrder = (GivenOrder?)notes;
            if (Interlocked.CompareExchange(ref _notes, made, notes) == notes)
            {
                return made;
            }
        }
    }

    /// <summary>
    /// What few calls need: made when it is. Guarded by the call's lock, except for the domain, which is there from the beginning.
    /// </summary>
    private sealed class CallExtras
    {
        /// <summary>Null while nobody waits for <see cref="WhenReleased"/>.</summary>
        private TaskCompletionSource? _released;

        public ControlDomain Domain { get; init; } = ControlDomain.Process;

        /// <summary>There from the beginning too.</summary>
        public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

        /// <summary>In ticks of UTC; 0 while nobody has asked.</summary>
        public long StartTime { get; set; }

        public GivenOrder? LastOrder { get; set; }

        // Written by what drives the call, and read by any thread.

        public int Restarts { get; set; }

        public Exception? Exception { get; set; }

        /// <summary>The token of the scope that came last, once the call has ended.</summary>
        public CancellationToken TokenOfLatest { get; set; }

        /// <summary>The token of the caller that was cancelled.</summary>
        public CancellationToken FiredToken { get; set; }

        /// <summary>Cancels the waits of the call inside other libraries; to be used outside the lock.</summary>
        public CancellationTokenSource? Waits { get; set; }

        /// <summary>The pause and resume hooks, if the call has any.</summary>
        public IPauseHooks? Hooks { get; set; }

        /// <summary>Completes when the call, which is held, is no longer.</summary>
        public Task WhenReleased => (_released ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        /// <summary>The pauses of this call alone.</summary>
        public List<Hold>? Holds { get; set; }

        /// <summary>The standing pauses up to this epoch no longer cover the call: it was interrupted since.</summary>
        public int LeftPausesAt { get; set; }

        /// <summary>A signal to cancel came while the call was active.</summary>
        public bool IsCancelledBySignal { get; set; }

        /// <summary>What meters and traces are told; null while nobody has listened to any of it. Written as the call begins, or under the lock.</summary>
        public CallTelemetry? Telemetry { get; set; }

        /// <summary>See <see cref="NextAttemptAt"/>; 0 for none.</summary>
        public long NextAttemptAt { get; set; }

        /// <summary>Completes when the observers have been told of all that happened to the call so far.</summary>
        public Task Observed { get; set; } = Task.CompletedTask;

        /// <summary>The observers are told, or have been, that the call has ended.</summary>
        public bool IsEndObserved { get; set; }

        /// <summary>Those of a call that begins; null if it needs none yet.</summary>
        public static CallExtras? For(ControlDomain domain) =>
            domain.TimeProvider is var clock && domain == ControlDomain.Process && clock == TimeProvider.System
                ? null
                : new CallExtras { Domain = domain, TimeProvider = clock };

        /// <summary>Takes what waits for the end of the hold, to be completed outside the lock.</summary>
        public TaskCompletionSource? TakeReleased()
        {
            var released = _released;
            _released = null;
            return released;
        }
    }
}
