namespace Tests.Interleavings.Exploring;

/// <summary>What the scenarios of one kind have come to together.</summary>
internal sealed class Tally(string family)
{
    private readonly TimeSpan _before = Explorer.Used;
    private int _scenarios;
    private int _complete;
    private long _schedules;
    private long _points;

    /// <param name="explorer">Of one scenario.</param>
    /// <param name="isAll">All its schedules were run.</param>
    public void Add(Explorer explorer, bool isAll)
    {
        _scenarios++;
        _complete += isAll ? 1 : 0;
        _schedules += explorer.Schedules;
        _points += explorer.Points;
        if (Thoroughness.Preemptions is not null)
        {
            TestContext.Progress.WriteLine($"{explorer.Scenario}: {explorer.Schedules} schedules{(isAll ? "" : ", not all")}");
        }
    }

    public void Write(string bound) => TestContext.Progress.WriteLine(
        $"{family}: {_schedules} schedules of {_scenarios} scenarios, all of {_complete} of them, {bound}, {_points / Math.Max(1, _schedules)} points a schedule, "
            + $"{(Explorer.Used - _before).TotalSeconds:0.0} s of the processor");
}
