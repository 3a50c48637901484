using Sitters;

namespace Storm;

/// <summary>One storm: callers that make calls until it is over, and what the process does to itself meanwhile.</summary>
internal sealed class Storming
{
    private const int Callers = 150;
    private const int Depth = 3;

    private readonly JumpingClock _clock;
    private volatile bool _isOver;

    public Storming(JumpingClock clock) => _clock = clock;

    /// <summary>Storms for so long.</summary>
    /// <returns>Ends when the callers have, which may take until nothing is paused.</returns>
    public (Task Callers, Task Helms) Begin(TimeSpan time)
    {
        var end = Environment.TickCount64 + (long)time.TotalMilliseconds;
        bool IsOver() => _isOver || Environment.TickCount64 >= end;
        var callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Call(caller, IsOver))));
        Task[] helms = [Thread(() => Steer(IsOver)), Thread(() => Starve(IsOver)), Thread(() => Jump(IsOver))];
        return (callers, Task.WhenAll(helms));
    }

    public void Stop() => _isOver = true;

    private static Task Thread(Action run) => Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task Call(int caller, Func<bool> isOver)
    {
        while (!isOver())
        {
            using (Books.Enter("caller batch"))
            {
                var calls = Task.WhenAll(Enumerable.Range(0, 1 + Dice.Roll(4)).Select(_ => Begin(caller)));
                await calls;
            }

            await Task.Delay(Dice.Roll(80));
        }
    }

    private static Task Begin(int caller) => caller % 8 == 0 ? InScope() : Calls.Make(Depth);

    private static async Task InScope()
    {
        using var scope = SitterScope.Begin();
        var call = Calls.Make(Depth);
        switch (Dice.Roll(8))
        {
            case 0:
                scope.Pause();
                await Waits.Short();
                scope.Resume();
                break;
            case 1:
                scope.Restart();
                break;
            case 2:
                scope.Cancel();
                break;
            case 3:
                scope.Pause();

                // Its end is the end of its pause.
                scope.Dispose();
                break;
            case 4:
                scope.ClearCaches();
                break;
        }

        await call;
        // An outcome may come before the end of what the call has left behind, or of a run that others wait for too.
        await scope.WhenIdle();
    }

    private static void Steer(Func<bool> isOver)
    {
        while (!isOver())
        {
            System.Threading.Thread.Sleep(Dice.Roll(30));
            switch (Dice.Roll(12))
            {
                case 0:
                    Sitter.Pause();
                    System.Threading.Thread.Sleep(Dice.Roll(4));
                    Sitter.Resume();
                    break;
                case 1 or 2:
                    Pick()?.Restart();
                    break;
                case 3 or 4:
                    Pick()?.Cancel();
                    break;
                case 5 or 6:
                    var paused = Pick();
                    paused?.Pause();
                    System.Threading.Thread.Sleep(Dice.Roll(4));
                    paused?.Resume();
                    break;
                case 7:
                    Sitter.Restart(static call => call.MethodName.Length % 2 == Dice.Roll(2));
                    break;
                case 8:
                    Sitter.Cancel("*.Nested");
                    break;
                case 9:
                    Sitter.ClearCaches();
                    break;
                case 10:
                    FailToFilter();
                    break;
                default:
                    Sitter.Pause("*.R*");
                    System.Threading.Thread.Sleep(Dice.Roll(4));
                    Sitter.Resume("*.R*");
                    break;
            }
        }
    }

    private static void FailToFilter()
    {
        try
        {
            Sitter.Restart(static _ => Dice.Once(10) ? throw new OnlookerException() : false);
        }
        catch (Exception exception) when (exception is OnlookerException or AggregateException)
        {
            Books.Count("filters failed");
        }
    }

    private static SitContext? Pick() => Sitter.ActiveCalls is { Count: > 0 } calls ? calls[Dice.Roll(calls.Count)] : null;

    /// <summary>Holds up every thread that the pool may have, now and then.</summary>
    private static void Starve(Func<bool> isOver)
    {
        while (!isOver())
        {
            System.Threading.Thread.Sleep(1000 + Dice.Roll(2000));
            ThreadPool.GetMaxThreads(out var threads, out _);
            for (var i = 0; i < threads; i++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static _ => System.Threading.Thread.Sleep(50 + Dice.Roll(200)), null);
            }

            Books.Count("pool starved");
        }
    }

    private void Jump(Func<bool> isOver)
    {
        while (!isOver())
        {
            System.Threading.Thread.Sleep(200 + Dice.Roll(1000));
            _clock.Jump(TimeSpan.FromMilliseconds(1 << Dice.Roll(16)));
            _clock.SetDate(TimeSpan.FromHours(Dice.Roll(100) - 50));
            Books.Count("clock jumped");
        }
    }
}
