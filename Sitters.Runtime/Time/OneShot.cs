namespace Sitters.Runtime.Time;

/// <summary>Calls an action once, after a time of any length, unless it is disposed of before.</summary>
internal sealed class OneShot : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Action<OneShot> _action;
    private readonly ClockTimer _timer;
    private int _hasRung;

    public OneShot(TimeProvider clock, TimeSpan time, Action<OneShot> action)
    {
        var now = Clock.Read(clock, out var failure);
        if (failure is not null)
        {
            // It may never move again, nor ring: what waits is a pause, or the next call that is to go on.
            Clock.Report(failure);
            clock = TimeProvider.System;
            now = Clock.Read(clock);
        }

        _clock = clock;
        _action = action;
        DueAt = time.Ticks > long.MaxValue - now ? long.MaxValue : now + time.Ticks;
        _timer = new ClockTimer(clock, static state => ((OneShot)state!).OnTimer(), this);
    }

    /// <summary>By <see cref="Clock"/>.</summary>
    public long DueAt { get; }

    /// <summary>Begins to wait. Apart from the constructor, so that whoever keeps it has it before it fires.</summary>
    public void Start() => Wait(TimeSpan.FromTicks(DueAt - Clock.Read(_clock)));

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        // The system's clock is read coarsely: a timer may ring a little before that clock says so. One of the user's that fails when it rings
        // may never do so again: the time counts as over.
        var left = TimeSpan.FromTicks(DueAt - Clock.Read(_clock, out var failure));
        Clock.Report(failure);
        if (left > TimeSpan.FromSeconds(1) && failure is null)
        {
            Wait(left);
        }
        else if (Interlocked.Exchange(ref _hasRung, 1) == 0)
        {
            _timer.Dispose();
            _action(this);
        }
    }

    private void Wait(TimeSpan time) => Clock.Report(_timer.Set(time < TimeSpan.Zero ? TimeSpan.Zero : time));
}
