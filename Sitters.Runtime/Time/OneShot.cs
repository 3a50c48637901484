using System.Diagnostics;

namespace Sitters.Runtime.Time;

/// <summary>Calls an action once, after a time of any length, unless it is disposed of before.</summary>
internal sealed class OneShot : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Action<OneShot> _action;
    private readonly ITimer _timer;

    public OneShot(TimeProvider clock, TimeSpan time, Action<OneShot> action)
    {
        _clock = clock;
        _action = action;
        var now = Clock.Read(clock);
        DueAt = time.Ticks > long.MaxValue - now ? long.MaxValue : now + time.Ticks;
        _timer = ClockTimer.Create(clock, static state => ((OneShot)state!).OnTimer(), this);
    }

    /// <summary>By <see cref="Clock"/>.</summary>
    public long DueAt { get; }

    /// <summary>Begins to wait. Apart from the constructor, so that whoever keeps it has it before it fires.</summary>
    public void Start() => Wait(TimeSpan.FromTicks(DueAt - Clock.Read(_clock)));

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        try
        {
            // The system's clock is read coarsely: a timer may ring a little before that clock says so.
            var left = TimeSpan.FromTicks(DueAt - Clock.Read(_clock));
            if (left > TimeSpan.FromSeconds(1))
            {
                Wait(left);
                return;
            }

            _timer.Dispose();
        }
        catch (Exception failure)
        {
            // A clock of the user's, mostly on a thread of the pool, where what is thrown would end the process. It has rung, and may never
            // do so again: the time counts as over.
            Trace.TraceError($"A clock failed when it rang: {failure}");
        }

        _action(this);
    }

    private void Wait(TimeSpan time) => ClockTimer.Set(_timer, time < TimeSpan.Zero ? TimeSpan.Zero : time);
}
