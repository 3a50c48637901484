using Sitters;

namespace Storm;

/// <summary>The end of a storm: waits until all has ended, and does the books.</summary>
internal static class Closing
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static long _memory;
    private static long _calls;

    public static async Task<bool> Close(string phase, Task callers, JumpingClock clock, Action<object> say)
    {
        var limit = Environment.TickCount64 + (long)_patience.TotalMilliseconds;
        bool IsCalm() => callers.IsCompleted && Sitter.WhenIdle().IsCompleted && Books.Open.Count == 0 && clock.Armed == 0;
        while (!IsCalm() && Environment.TickCount64 < limit)
        {
            // Whoever has paused something is gone.
            Sitter.Resume();
            Sitter.Resume(static _ => true);
            await Task.Delay(20);
        }

        if (callers.IsFaulted)
        {
            Books.Surprise($"{callers.Exception}");
        }

        var calls = Books.CountOf("calls started");
        var memory = Collect();
        var grown = memory - _memory;
        var perCall = grown / (double)Math.Max(1, calls - _calls);
        var (bodies, left) = Books.Sum("body ");
        var (asked, answered) = Books.Sum("caller ");
        var (helpers, returned) = Books.Sum("helper ");
        var books = new Dictionary<string, long[]>
        {
            ["calls started, ended"] = [calls, Books.CountOf("calls ended")],
            ["calls started, counted"] = [calls, Books.CountOf(SitterDiagnostics.CallStarted)],
            ["calls ended, timed"] = [Books.CountOf("calls ended"), Books.CountOf(SitterDiagnostics.CallDuration)],
            ["calls active"] = [Books.CountOf(SitterDiagnostics.CallActive), 0],
            ["calls paused"] = [Books.CountOf(SitterDiagnostics.CallPaused), 0],
            ["active calls listed"] = [Sitter.ActiveCalls.Count, 0],
            ["bodies entered, left"] = [bodies, left],
            ["helpers entered, left"] = [helpers, returned],
            ["callers asked, answered"] = [asked, answered],
            ["spans started, stopped"] = [Books.CountOf("spans started"), Books.CountOf("spans stopped")],
            ["permits"] = [Weather.FreePermits, Weather.Permits],
            ["items put, received or left"] = [Books.CountOf("items put"), Books.CountOf("items received") + Store.Left],
            ["timers armed"] = [clock.Armed, 0],
            ["surprises"] = [Books.CountOf("surprises"), 0],
        };
        var balances = books.Values.All(static pair => pair[0] == pair[1]) && callers.IsCompletedSuccessfully;
        say(new
        {
            phase,
            says = "closes",
            balances,
            books,
            open = Books.Open,
            lost = Store.Lost,
            surprises = Books.Surprises,
            memory,
            grown,
            calls = calls - _calls,
            perCall,
            counts = new SortedDictionary<string, long>(Books.Counts),
        });
        (_memory, _calls) = (Collect(), calls);
        return balances;
    }

    private static long Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        // As the collection left it. What GC.GetTotalMemory says is less by what threads have reserved, which may be megabytes.
        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return heap.HeapSizeBytes - heap.FragmentedBytes;
    }
}
