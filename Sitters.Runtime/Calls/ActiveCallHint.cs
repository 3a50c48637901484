namespace Sitters.Runtime.Calls;

/// <summary>
/// Whether any sat call may be active in the process, in one static: while none is, an async method outside of sat calls need look no
/// further. It is true at once with the first call, and false some time after the last one has ended.
/// </summary>
internal static class ActiveCallHint
{
    private const int None = 0;
    private const int Doubted = 1;
    private const int Some = 2;

    private static volatile int _calls;

    public static bool MayBeAny => _calls != None;

    /// <summary>A thread has come into a call, or a call into the registry: the one or the other was stored before this.</summary>
    public static void MarkActive()
    {
        if (_calls != Some)
        {
            Begin();
        }
    }

    /// <summary>Finds out whether there is still a call.</summary>
    /// <returns>Whether there may be.</returns>
    public static bool TryClear()
    {
        // A call that begins stores where it is, and reads here then, without a fence. So either the fence of HasActiveCalls shows
        // where it is, or it reads the doubt and ends it.
        Interlocked.CompareExchange(ref _calls, Doubted, Some);
        return Controller.HasActiveCalls || Interlocked.CompareExchange(ref _calls, None, Doubted) != Doubted;
    }

    private static void Begin()
    {
        if (Interlocked.Exchange(ref _calls, Some) == None)
        {
            CheckTimer.CheckLater();
        }
    }

    /// <summary>Apart, so that the static above needs no initializer to be asked after.</summary>
    private static class CheckTimer
    {
        private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);
        private static readonly Timer _timer = Create();

        public static void CheckLater() => _timer.Change(_interval, Timeout.InfiniteTimeSpan);

        private static Timer Create()
        {
            // The first call's ExecutionContext is not the timer's.
            using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
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
