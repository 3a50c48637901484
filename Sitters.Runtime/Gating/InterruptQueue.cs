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
            interrupt();
            while (queue.TryDequeue(out var next))
            {
                next();
            }
        }
        finally
        {
            _waiting = null;
        }
    }
}
