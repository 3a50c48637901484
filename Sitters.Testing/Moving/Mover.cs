using System.Diagnostics;
using Sitters.Runtime.Calls;

namespace Sitters.Testing.Moving;

/// <summary>
/// Moves a test's clock from one timer to the next while somebody waits for a call. Never while code of the test runs. At once where all calls
/// wait for the clock alone; where one waits for anything else, which takes a time that nobody knows, only when nothing has moved for the
/// test's patience.
/// </summary>
/// <remarks>Everything that moves is counted, so that what was found out before a movement never leads to a step after it.</remarks>
internal sealed class Mover(SitterScope scope, MovedClock clock, Presence presence)
{
    /// <summary>How often it must have seen nothing move before a step: each look has its turn in the thread pool, as the test's code has.</summary>
    private const int Looks = 3;

    /// <summary>
    /// How much of a look's real time counts as patience. Where the machine is so busy that looks come later than that, the test's code is late
    /// too, and patience grows with it.
    /// </summary>
    private static readonly TimeSpan _longestLook = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// After how much of it a timer that is due rings late: until then, whoever has set it is about to ring it. The clock moves on for it, by no
    /// more than it must.
    /// </summary>
    private static readonly TimeSpan _lateAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>1 while somebody makes a step: several may wait for calls of one test.</summary>
    private int _isStepping;

    /// <summary>Moves until something has happened.</summary>
    /// <param name="done">What is waited for, whatever its outcome.</param>
    /// <param name="patience">For how long nothing must have moved where something else than the clock is waited for.</param>
    /// <param name="limit">How long, in real time, before it gives up.</param>
    /// <returns>Whether it has happened.</returns>
    public Task<bool> MoveUntil(Task done, TimeSpan patience, TimeSpan limit)
    {
        // Its own code is not the test's.
        var suppressed = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            return Move(done, patience, limit);
        }
        finally
        {
            suppressed?.Undo();
        }
    }

    private async Task<bool> Move(Task done, TimeSpan patience, TimeSpan limit)
    {
        // Not on the caller's context: code of the test that is posted there is to run.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var started = Stopwatch.GetTimestamp();
        var looked = started;
        var seen = -1L;
        var looks = 0;
        var quiet = TimeSpan.Zero;
        while (!done.IsCompleted)
        {
            if (Stopwatch.GetElapsedTime(started) > limit && !Debugger.IsAttached)
            {
                return false;
            }

            var movements = presence.Movements;
            var since = Stopwatch.GetElapsedTime(looked);
            looked = Stopwatch.GetTimestamp();
            if (movements != seen || presence.IsAnyRunning)
            {
                (seen, looks, quiet) = (movements, 0, TimeSpan.Zero);
            }
            else
            {
                looks++;
                quiet += since < _longestLook ? since : _longestLook;
                if (looks >= Looks && TryStep(seen, quiet, patience))
                {
                    (looks, quiet) = (0, TimeSpan.Zero);
                }
            }

            await Turn(done, looks).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>The first looks follow one another at once, the later ones leave the processor to the test.</summary>
    private static Task Turn(Task done, int looks)
    {
        if (looks <= Looks)
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
            return turn.Task;
        }

        return Task.WhenAny(done, Task.Delay(Math.Min(looks - Looks, 10)));
    }

    /// <param name="seen">What had moved by then.</param>
    /// <param name="quiet">For how long nothing has moved since.</param>
    /// <param name="patience">How long that must be where something else than the clock is waited for.</param>
    private bool TryStep(long seen, TimeSpan quiet, TimeSpan patience)
    {
        if (clock.NextAt is not { } next || Interlocked.CompareExchange(ref _isStepping, 1, 0) != 0)
        {
            return false;
        }

        try
        {
            var rest = ClockWait.Look(ControlDomain.Of(scope), clock);
            if (rest == Rest.Running || (rest != Rest.AtClock && quiet < patience) || presence.Movements != seen)
            {
                return false;
            }

            var wasDue = next <= clock.GetTimestamp();
            clock.MoveTo(next);
            if (wasDue && clock.NextAt == next)
            {
                if (quiet < _lateAfter)
                {
                    return false;
                }

                clock.MoveOn();
            }

            return true;
        }
        finally
        {
            Volatile.Write(ref _isStepping, 0);
        }
    }
}
