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
        var phase = frame.TakeDue();
        if (phase == InterruptPhase.DueAfterChild && default(TAccess) is not OtherAccess<TAwaiter> && TAccess.IsCompleted(ref awaiter))
        {
            // The await has an outcome, which the child made of the interrupt: that outcome wins.
            frame.Node!.LeftBehind = null;
        }
        else if (phase is InterruptPhase.Due or InterruptPhase.DueAfterChild)
        {
            frame.MarkDelivered();
            LeaveBehind<TAwaiter, TAccess>(ref awaiter, frame);
            throw frame.Scope.MakeInterruptException();
        }

        // What was awaited ended first, and its outcome counts; the interrupt waits for the next await, unless that outcome is the
        // interrupt itself.
        if (!frame.IsDelivered && (TAccess.IsRepeatable ? Cancels<TAwaiter, TAccess>(ref awaiter) : frame.HasInterruptedChild))
        {
            frame.MarkDelivered();
        }
    }

    /// <summary>Whether an exception is an interrupt's, or wraps one.</summary>
    public static bool IsCarriedBy(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is OperationCanceledException || (exception is AggregateException many && many.InnerExceptions.Any(IsCarriedBy)))
            {
                return true;
            }
        }

        return false;
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
            // Like everything that was left behind, observed and not raised: see Observe.
        }
    }

    private static bool Cancels<TAwaiter, TAccess>(ref TAwaiter awaiter)
        where TAccess : struct, IAwaiterAccess<TAwaiter>
    {
        try
        {
            TAccess.GetResult(ref awaiter);
            return false;
        }
        catch (Exception exception)
        {
            return IsCarriedBy(exception);
        }
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
                Observe<TAwaiter, TAccess>(ref awaiter);
                return;
            }

            left = frame.Node.LeftBehind = AwaitNode.CreateLeft(frame);
            TAccess.OnCompleted(ref awaiter, left.Callback);
        }

        left.WhenLeftEnds(() => Observe<TAwaiter, TAccess>(ref copy));
    }

    private static void Observe<TAwaiter, TAccess>(ref TAwaiter awaiter)
        where TAccess : struct, IAwaiterAccess<TAwaiter>
    {
        try
        {
            TAccess.GetResult(ref awaiter);
        }
        catch (Exception)
        {
            // Nobody waits for it any more: by contract, it is observed and never raised.
        }
    }
}
