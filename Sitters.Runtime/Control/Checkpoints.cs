using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Control;

/// <summary>Where code between two awaits asks to be paused and interrupted.</summary>
internal static class Checkpoints
{
    public static void Pass()
    {
        if (Here() is not { } frame)
        {
            return;
        }

        while (WhenResumed(frame) is { } released)
        {
            // For the time being its methods stand still, also those further down on this thread's stack.
            var blocked = Block(frame);
            try
            {
                released.GetAwaiter().GetResult();
            }
            finally
            {
                blocked.ForEach(static method => method.IsBlocked = false);
            }

            frame.Scope.CatchUp();
        }

        ThrowIfInterrupted(frame);
    }

    public static ValueTask PassAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        return Here() is { Scope: { IsPaused: true } or { IsInterrupted: true } } frame ? PassSlowly(frame, cancellationToken) : default;
    }

    private static async ValueTask PassSlowly(Frame frame, CancellationToken cancellationToken)
    {
        // The await of a woven method would wait for the end of the pause by itself, but not that of any other code of the call.
        while (WhenResumed(frame) is { } released)
        {
            await released.WaitAsync(cancellationToken).ConfigureAwait(false);
            frame.Scope.CatchUp();
        }

        ThrowIfInterrupted(frame);
    }

    /// <summary>The method of a call that asks, which knows by now what was ordered.</summary>
    private static Frame? Here()
    {
        var frame = CurrentFrame.Find(ThreadSlot.Existing);
        frame?.Scope.CatchUp();
        return frame;
    }

    /// <summary>
    /// The end of the pause that the method is in; null if it is in none. Also for one that is interrupted: that is thrown after the pause.
    /// </summary>
    private static Task? WhenResumed(Frame frame) =>
        frame.Scope is { IsPaused: true, HasEnded: false } scope
            && Call.Of(scope) is { } call
            && call.WhenResumed() is { IsCompleted: false } resumed
            ? resumed
            : null;

    private static void ThrowIfInterrupted(Frame frame)
    {
        var scope = frame.Scope;
        if (scope.IsInterrupted && scope.Tree.TryDeliver(frame))
        {
            throw scope.MakeInterruptException();
        }
    }

    /// <summary>The method that runs, and those that have called it and are on this thread's stack.</summary>
    private static List<Frame> Block(Frame frame)
    {
        var blocked = new List<Frame>();
        for (Frame? next = frame; next is { IsBlocked: false };)
        {
            next.IsBlocked = true;
            blocked.Add(next);

            // A method that has suspended before was resumed: nothing is below it.
            next = next.Node is null && !next.IsFlowEntry ? next.Parent : null;
        }

        return blocked;
    }
}
