namespace Sitters.Runtime.Calls;

/// <summary>
/// Whether any call may be active in the process, in one static field: while none is, an async method outside of calls has nothing else
/// to check. It becomes true with the first call, and false some time after the last one has ended.
/// </summary>
internal static class ActiveCallHint
{
    // None to Some, Doubted to Some: MarkActive. Some to Doubted to None: TryClear, where it finds no call. All by interlocked operations.
    private const int None = 0;
    private const int Doubted = 1;
    private const int Some = 2;

    private static volatile int _calls;

    /// <summary>Written once, and exchanged with the above: who begins the first call writes that and reads this, who starts the reverse.</summary>
    private static volatile bool _checks;

    public static bool MayBeAny => _calls != None;

    /// <summary>A thread has entered a call, or a call the registry: either was stored before this is called.</summary>
    public static void MarkActive()
    {
        if (_calls != Some)
        {
            Begin();
        }
    }

    /// <summary>Checks whether there is still a call.</summary>
    /// <returns>Whether there may be one.</returns>
    public static bool TryClear()
    {
        // The rare side of the fence protocol (docs/internals/concurrency.md): a call that begins first stores where it is, and then
        // reads this field, without a fence. Either HasActiveCalls, which fences, finds the call, or the call reads Doubted and sets Some.
        Interlocked.CompareExchange(ref _calls, Doubted, Some);
        return Controller.HasActiveCalls || Interlocked.CompareExchange(ref _calls, None, Doubted) != Doubted;
    }

    /// <summary>From here on it becomes false again; before, the process starts, and is to be left alone.</summary>
    public static void BeginChecks()
    {
        _checks = true;
        Interlocked.MemoryBarrier();
        if (MayBeAny)
        {
            CheckTimer.CheckLater();
        }
    }

    private static void Begin()
    {
        if (Interlocked.Exchange(ref _calls, Some) == None && _checks)
        {
            CheckTimer.CheckLater();
        }
    }

    /// <summary>A class of its own, so that reading the static above checks for no static initializer.</summary>
    private static class CheckTimer
    {
        /// <summary>
        /// Often enough for a process that has become idle to stop paying soon, and seldom enough that the check, a process-wide fence
        /// and a walk over all threads, costs a busy one nothing that can be measured.
        /// </summary>
        private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);
        private static readonly Timer _timer = Create();

        public static void CheckLater() => _timer.Change(_interval, Timeout.InfiniteTimeSpan);

        private static Timer Create()
        {
            // The timer must not keep the ExecutionContext of the first call.
            using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            {
                return new Timer(static _ => OnTime(), null, Timeout.Infinite, Timeout.Infinite);
            }
        }

        private static void OnTime()
        {
            if (TryClear())
            {
                CheckLater();
            }
        }
    }
}
