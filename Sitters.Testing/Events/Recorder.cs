namespace Sitters.Testing.Events;

/// <summary>Notes what happens to the calls of one scope.</summary>
/// <param name="scope">The scope.</param>
/// <param name="elapsed">How long the test has gone on, by its clock.</param>
/// <param name="onEvent">Is told that something has happened.</param>
internal sealed class Recorder(SitterScope scope, Func<TimeSpan> elapsed, Action onEvent) : SitObserver
{
    // Both guarded by the first.
    private readonly List<SitTestEvent> _events = [];
    private readonly List<SitContext> _calls = [];

    public IReadOnlyList<SitTestEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<SitContext> Calls
    {
        get
        {
            lock (_events)
            {
                return [.. _calls];
            }
        }
    }

    public override void Started(SitContext call)
    {
        if (call.ControlScope != scope)
        {
            return;
        }

        lock (_events)
        {
            _calls.Add(call);
        }

        Add(new CallStarted(call) { At = elapsed() });
    }

    public override void Attempting(SitContext call) => Note(call, new AttemptStarted(call, call.Attempt) { At = elapsed() });

    public override void Retrying(SitContext call, Exception? exception) =>
        Note(call, new CallRetrying(call, exception) { At = elapsed() });

    public override void Paused(SitContext call) => Note(call, new CallPaused(call) { At = elapsed() });

    public override void Resumed(SitContext call) => Note(call, new CallResumed(call) { At = elapsed() });

    public override void Interrupted(SitContext call) => Note(call, new CallInterrupted(call, call.Interrupt) { At = elapsed() });

    public override void Restarted(SitContext call) => Note(call, new CallRestarted(call, call.Restarts) { At = elapsed() });

    public override void Ended(SitContext call) => Note(call, new CallEnded(call, call.State, call.Exception) { At = elapsed() });

    public override void HookFailed(SitContext call, Exception exception) =>
        Note(call, new HookFailed(call, exception) { At = elapsed() });

    public override void GraceOverrun(SitContext call) => Note(call, new GraceOverrun(call) { At = elapsed() });

    public override void CacheRead(string methodName, bool isHit)
    {
        // There is no call: the code that asks says where it belongs.
        if (SitterScope.Current == scope)
        {
            Add(new CacheRead(methodName, isHit) { At = elapsed() });
        }
    }

    public void LeftRunning(SitContext call, string place) => Add(new CallLeftRunning(call, place) { At = elapsed() });

    private void Note(SitContext call, SitTestEvent what)
    {
        if (call.ControlScope == scope)
        {
            Add(what);
        }
    }

    private void Add(SitTestEvent what)
    {
        lock (_events)
        {
            _events.Add(what);
        }

        onEvent();
    }
}
