namespace Tests.Interleavings.Exploring;

/// <summary>What the scenarios of one kind have come to together.</summary>
internal sealed class Tally(string family)
{
    private readonly TimeSpan _before = Explorer.Used;
    private int _scenarios;
    private long _schedules;
    private long _points;

    public void Add(Explorer explorer)
    {
        _scenarios++;
        _schedules += explorer.Schedules;
        _points += explorer.Points;
    }

    public void Write(string bound) => TestContext.Progress.WriteLine(
        $"{family}: {_schedules} schedules of {_scenarios} scenarios, {bound}, {_points / Math.Max(1, _schedules)} points a schedule, "
            + $"{(Explorer.Used - _before).TotalSeconds:0.0} s of the processor");
}
