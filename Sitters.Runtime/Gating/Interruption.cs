using System.Diagnostics;

namespace Sitters.Runtime.Gating;

/// <summary>How an interrupt comes to a method: as an exception at the await where it stands.</summary>
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
            // What the child made of the interrupt has come this far, and goes before.
            frame.Node!.LeftBehind = null;
        }
        else if (phase is InterruptPhase.Due or InterruptPhase.DueAfterChild)
        {
            frame.MarkDelivered();
            LeaveBehind<TAwaiter, TAccess>(ref awaiter, frame);
            throw frame.Scope.MakeInterruptException();
        }

        // What was awaited came to its own end first, and that counts; the interrupt waits for the next await, unless it has just
        // come out of what was awaited.
        if (!frame.IsDelivered && (TAccess.IsRepeatable ? Cancels<TAwaiter, TAccess>(ref awaiter) : frame.HasInterruptedChild))
        {
            frame.MarkDelivered();
        }
    }

    /// <summary>Whether an exception is an interrupt's, or was made of one.</summary>
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

    /// <summary>Disposes of what an interrupted method has in its hands, once it can be.</summary>
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
            // So an async iterator refuses while it runs, and the step that was left behind runs still: it is disposed of after that.
            left.WhenLeftEnds(() => _ = DisposeLate(disposable));
            return default;
        }
    }

    /// <summary>Disposes of what nobody waits for any more.</summary>
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

    /// <summary>What was awaited may end whenever it will, and its exception counts as observed.</summary>
    private static void LeaveBehind<TAwaiter, TAccess>(ref TAwaiter awaiter, Frame frame)
        where TAccess : struct, IAwaiterAccess<TAwaiter>
    {
        var copy = awaiter;
        var left = frame.Node!.LeftBehind;
        if (left is null)
        {
            // It was not even waited for.
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
            // Nobody waits for it any more: the contract has it observed, never raised.
        }
    }
}
