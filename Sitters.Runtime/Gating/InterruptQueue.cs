using System.Runtime.ExceptionServices;

namespace Sitters.Runtime.Gating;

/// <summary>
/// Interrupts calls inside others one after the other. The first interrupt on a thread works off what those that it causes have to do, so
/// that the depth of the user's calls is not the depth of our stack.
/// </summary>
internal static class InterruptQueue
{
    [ThreadStatic]
    private static Queue<Action>? _waiting;

    public static void Run(Action interrupt)
    {
        if (_waiting is { } queue)
        {
            queue.Enqueue(interrupt);
            return;
        }

        _waiting = queue = new Queue<Action>();
        try
        {
            RunAll(interrupt, queue);
        }
        finally
        {
            _waiting = null;
        }
    }

    private static void RunAll(Action interrupt, Queue<Action> queue)
    {
        Exception? failure = null;
        for (Action? next = interrupt; next is not null; queue.TryDequeue(out next))
        {
            try
            {
                next();
            }
            catch (Exception thrown)
            {
                // The others are no less due.
                failure ??= thrown;
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
