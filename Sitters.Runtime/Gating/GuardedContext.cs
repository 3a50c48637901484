using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

/// <summary>
/// Stands in the place of the user's context while the framework's own awaiters are asked to call back. They post there when what is awaited
/// ends, also long after an interrupt has left it, and a context that refuses, as one that was closed does, would end the process.
/// </summary>
internal sealed class GuardedContext : SynchronizationContext
{
    private readonly SynchronizationContext _context;

    /// <summary>Whether a method may go on inside the completion of what it awaits.</summary>
    private readonly bool _mayGoOnAtOnce;

    private GuardedContext(SynchronizationContext context, bool mayGoOnAtOnce)
    {
        _context = context;
        _mayGoOnAtOnce = mayGoOnAtOnce;
    }

    /// <summary>An awaiter is about to be asked to call back where the method resumes.</summary>
    /// <returns>The context to return to; null where the awaiter is the user's own, or posts to none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SynchronizationContext? Enter<TAwaiter>(ref TAwaiter awaiter, AwaitNode node) =>
        node.Context is SynchronizationContext context && FrameworkAwaiter<TAwaiter>.IsOne ? Enter(ref awaiter, context) : null;

    /// <summary>The same for a source of a ValueTask that is about to note where its consumer goes on.</summary>
    /// <returns>The context to return to; null where there is none to guard.</returns>
    public static SynchronizationContext? Enter()
    {
        if (Current is not { } context || context is GuardedContext || context.GetType() == typeof(SynchronizationContext))
        {
            return null;
        }

        SetSynchronizationContext(new GuardedContext(context, mayGoOnAtOnce: false));
        return context;
    }

    /// <summary>The awaiter was asked.</summary>
    public static void Leave(SynchronizationContext? entered)
    {
        if (entered is not null)
        {
            SetSynchronizationContext(entered);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        // What a task asks: is this thread in the context already? Then it goes on at once. A source of a ValueTask always posts.
        if (_mayGoOnAtOnce && state is Action && Current == _context && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            d(state);
        }
        else
        {
            ResumeContext.Post(_context, () => d(state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => _context.Send(d, state);

    private static SynchronizationContext? Enter<TAwaiter>(ref TAwaiter awaiter, SynchronizationContext context)
    {
        if (Current != context)
        {
            return null;
        }

        // A new one each time: a table of them would keep this assembly, which can be unloaded, as long as the user's context.
        SetSynchronizationContext(new GuardedContext(context, FrameworkAwaiter<TAwaiter>.MayGoOnAtOnce(ref awaiter)));
        return context;
    }

    /// <summary>What is known of an awaiter's type.</summary>
    private static class FrameworkAwaiter<TAwaiter>
    {
        public static readonly bool IsOne = typeof(TAwaiter).Assembly == typeof(Task).Assembly;

        private static readonly bool _isOfTask = typeof(TAwaiter) == typeof(TaskAwaiter)
            || typeof(TAwaiter) == typeof(ConfiguredTaskAwaitable.ConfiguredTaskAwaiter)
            || (typeof(TAwaiter).IsGenericType
                && (typeof(TAwaiter).GetGenericTypeDefinition() == typeof(TaskAwaiter<>)
                    || typeof(TAwaiter).GetGenericTypeDefinition() == typeof(ConfiguredTaskAwaitable<>.ConfiguredTaskAwaiter)));

        private static readonly bool _posts = typeof(TAwaiter) == typeof(YieldAwaitable.YieldAwaiter);

        /// <summary>Not where a task was made with the wish that nothing runs inside its completion.</summary>
        public static bool MayGoOnAtOnce(ref TAwaiter awaiter) => _isOfTask
            ? AwaitedTask.IsKnown
                && (AwaitedTask.Of(ref awaiter).CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) == 0
            : !_posts;
    }
}
