using Sitters.Runtime.Calls;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Remote;

/// <summary>How old calls are at one moment. A clock is read once, however many calls go by it: it may be the user's.</summary>
internal sealed class CallAges
{
    private readonly Dictionary<TimeProvider, (long Now, DateTime Time)> _readings = [];
    private TimeProvider? _last;
    private (long Now, DateTime Time) _reading;

    public TimeSpan Of(Call call)
    {
        Read(call.TimeProvider);
        return TimeSpan.FromTicks(Math.Max(0, _reading.Now - call.StartStamp));
    }

    /// <summary>When the call began, by its clock, in UTC.</summary>
    public DateTime StartOf(Call call)
    {
        var age = Of(call);
        return _reading.Time.Ticks > age.Ticks ? _reading.Time - age : DateTime.MinValue;
    }

    private void Read(TimeProvider clock)
    {
        if (clock == _last)
        {
            return;
        }

        if (!_readings.TryGetValue(clock, out _reading))
        {
            _readings.Add(clock, _reading = (Clock.Read(clock), Clock.ReadTimeOfDay(clock).UtcDateTime));
        }

        _last = clock;
    }
}
