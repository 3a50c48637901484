using System.Diagnostics;

namespace Sitters.Runtime.Gating;

/// <summary>Delivers an interrupt to a method: as an exception at the await where it is suspended.</summary>
[StackTraceHidden]
[DebuggerStepThrough]
internal static class Interruption
{
    public static void BeforeResult<TAwaiter, TAccess>(ref TAwaiter awaiter, Frame frame)
        where TAccess : struct, IAwaiterAccess<TAwaiter>
    {
        var phase = frame.TakePhase();
        if (phase == InterruptPhase.Delivered)
        {
            return;
        }

        if (phase == InterruptPhase.MustThrow || (phase == InterruptPhase.Due && !HasEnded<TAwaiter, TAccess>(ref awaiter, frame)))
        {
            frame.MarkDelivered();
            LeaveBehind<TAwaiter, TAccess>(ref awaiter, frame);
            throw frame.Scope.MakeInterruptException();
        }

        // What was awaited ended first, and its outcome counts; the interrupt waits for the next await, unless that outcome is the
        // interrupt itself.
        frame.Node?.ForgetLeft();

        if (TAccess.IsKnown)
        {
            if (TAccess.Failure(ref awaiter) is { } failure
                && frame.Scope.Tree.IsInterrupt(failure, hasSettled: phase == InterruptPhase.Settling))
            {
                frame.MarkDelivered();
            }
        }
        else if (frame.HasInterruptedChild)
        {
            frame.MarkDelivered();
        }
    }

    /// <summary>Disposes of an object that an interrupted method holds, as soon as it can be disposed of.</summary>
    public static ValueTask DisposeAsync(IAsyncDisposable disposable, Frame frame)
    {
        if (frame.Node?.LeftBehind is not { IsLeftRunning: true } left)
        {
            return disposable.DisposeAsync();
        }

        try
        {
            return disposable.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // An async iterator refuses this while it runs, and the step that was left behind is still running: dispose of it after that.
            left.WhenLeftEnds(() => _ = DisposeLate(disposable));
            return default;
        }
    }

    /// <summary>Disposes of an object that nobody waits for any more.</summary>
    public static async Task DisposeLate(IAsyncDisposable disposable)
    {
        try
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Like everything that was left behind, observed and not raised: see LeaveBehind.
        }
    }

    /// <summary>Whether the method is due to be given an outcome before it is interrupted.</summary>
    private static bool HasEnded<TAwaiter, TAccess>(ref TAwaiter awaiter, Frame frame)
        where TAccess : struct, IAwaiterAccess<TAwaiter>
    {
        var node = frame.Node!.LeftBehind ?? frame.Node;
        return !node.OnlyWaits && (TAccess.IsKnown ? TAccess.IsCompleted(ref awaiter) : node is { IsLeft: true, IsLeftRunning: false });
    }

    /// <summary>What was awaited may end at any time, and its exception counts as observed.</summary>
    private static void LeaveBehind<TAwaiter, TAccess>(ref TAwaiter awaiter, Frame frame)
        where TAccess : struct, IAwaiterAccess<TAwaiter>
    {
        var copy = awaiter;
        var left = frame.Node!.LeftBehind;
        if (left is null)
        {
            // The method was interrupted before it suspended.
            if (TAccess.IsCompleted(ref awaiter))
            {
                TAccess.Failure(ref awaiter);
                return;
            }

            left = AwaitNode.CreateLeft(frame);
            frame.Node = AwaitNode.CreateAfter(frame.Node, left);
            OnCompletedAnywhere<TAwaiter, TAccess>(ref awaiter, left.Callback);
        }

        // Nobody waits for it any more: by contract, its exception is observed and never raised.
        left.WhenLeftEnds(() => TAccess.Failure(ref copy));
    }

    /// <summary>No method resumes there: the user's context, which may have been closed by then, is left out of it.</summary>
    private static void OnCompletedAnywhere<TAwaiter, TAccess>(ref TAwaiter awaiter, Action callback)
        where TAccess : struct, IAwaiterAccess<TAwaiter>
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            TAccess.OnCompleted(ref awaiter, callback);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
