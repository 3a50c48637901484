using System.Runtime.CompilerServices;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Execution;

/// <summary>Starts the body where its caller was: on the caller's SynchronizationContext or TaskScheduler, if it has one.</summary>
internal sealed class StartContext
{
    private readonly object? _context;
    private bool _wasLeft;

    private StartContext(object? context) => _context = context;

    /// <summary>Of a caller that has neither, or for what its context does not matter.</summary>
    public static StartContext None { get; } = new(null);

    public static StartContext Capture() => ResumeContext.Capture() is { } context ? new StartContext(context) : None;

    /// <summary>Brings an attempt to where it starts.</summary>
    /// <param name="isFirst">Retries skip a context that the body left by ConfigureAwait(false): the caller may be blocking it.</param>
    public Switching Switch(bool isFirst) =>
        new(_context is null || (_wasLeft && !isFirst) || ResumeContext.Capture() == _context ? null : _context);

    /// <summary>A body has ended on this thread.</summary>
    public void NoteEnd()
    {
        if (_context is not null)
        {
            _wasLeft = ResumeContext.Capture() != _context;
        }
    }

    /// <summary>A body was left behind, wherever it hangs: the next attempt does not rely on the context.</summary>
    public void NoteLeftBehind()
    {
        if (_context is not null)
        {
            _wasLeft = true;
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
    /// Looks where a body ends, and goes on there. An awaiter would hop to the thread pool where that is a context, and a continuation
    /// sees its own scheduler.
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

        public void UnsafeOnCompleted(Action continuation)
        {
            if (context is SynchronizationContext synchronization)
            {
                synchronization.Post(static state => ((Action)state!)(), continuation);
            }
            else
            {
                Task.Factory.StartNew(continuation, CancellationToken.None, TaskCreationOptions.DenyChildAttach, (TaskScheduler)context!);
            }
        }
    }
}
