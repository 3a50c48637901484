using System.Runtime.CompilerServices;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Execution;

/// <summary>
/// Starts the body and the hooks where an await in the caller's method would go on: on its SynchronizationContext or TaskScheduler, if it
/// has one.
/// </summary>
internal sealed class StartContext
{
    private readonly object? _context;
    /// <summary>Written and read by the execution alone, one step after the other.</summary>
    private bool _wasLeft;

    private StartContext(object? context) => _context = context;

    /// <summary>For a caller that has neither, or if its context does not matter.</summary>
    public static StartContext None { get; } = new(null);

    public static StartContext Capture() => ResumeContext.Capture() is { } context ? new StartContext(context) : None;

    /// <summary>Moves to the context, on which hooks start.</summary>
    public Switching Switch() => new(_context is null || ResumeContext.Capture() == _context ? null : _context);

    /// <summary>Moves to the context in which an attempt starts.</summary>
    public Switching SwitchForAttempt(bool isFirst) => isFirst ? Switch() : SwitchUnlessLeft();

    /// <summary>
    /// Moves to the context, unless that is a SynchronizationContext which the body left by ConfigureAwait(false): the caller may be
    /// blocking it. A TaskScheduler is never skipped: it may be what keeps two threads from using one object, as in a grain of Orleans.
    /// </summary>
    public Switching SwitchUnlessLeft() => _wasLeft ? default : Switch();

    /// <summary>A body has ended on this thread.</summary>
    public void NoteEnd()
    {
        if (_context is SynchronizationContext)
        {
            _wasLeft = ResumeContext.Capture() != _context;
        }
    }

    public void WhenEnded(Task body, Action onEnded)
    {
        if (_context is null)
        {
            body.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(onEnded);
        }
        else
        {
            body.ContinueWith(
                static (_, state) => ((Action)state!)(),
                onEnded,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.HideScheduler,
                new EndOfBody(this));
        }
    }

    /// <summary>
    /// Notes the context in which a body ends, and continues there. An awaiter would hop to the thread pool if that is such a context,
    /// and a plain continuation sees its own scheduler instead.
    /// </summary>
    private sealed class EndOfBody(StartContext start) : TaskScheduler
    {
        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        {
            start.NoteEnd();
            return TryExecuteTask(task);
        }

        protected override void QueueTask(Task task) =>
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }

    public readonly struct Switching(object? context) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => context is null;

        public Switching GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) => ResumeContext.Post(context!, continuation);
    }
}
