using Sitters;
using Sitters.Testing;

[assembly: Parallelize(Workers = 16, Scope = ExecutionScope.MethodLevel)]

namespace Samples.Testing.MSTest;

[TestClass]
public class FerryTests
{
    public static IEnumerable<object[]> Numbers => Enumerable.Range(1, 50).Select(number => new object[] { number });

    // README: testing-events
    [TestMethod]
    public async Task A_crossing_is_tried_again_ten_minutes_after_a_storm()
    {
        using var test = SitTest.Begin();
        var ferry = new Ferry(new Storms(1), test.Clock);

        await test.Run(() => ferry.Cross());

        CollectionAssert.AreEqual(
            new[]
            {
                "0 min Cross: started",
                "0 min Cross: attempt 1",
                "0 min Cross: retries for IOException",
                "10 min Cross: attempt 2",
                "35 min Cross: Completed",
            },
            test.Events.Select(what => $"{what.At.TotalMinutes} min {what}").ToArray());
    }
    // end

    // README: testing-pause
    [TestMethod]
    public async Task A_pause_does_not_count_as_time()
    {
        using var test = SitTest.Begin();
        var crossing = new Ferry(new Storms(0), test.Clock).Cross();

        test.Scope.Pause(new SitControl { For = TimeSpan.FromHours(9), Reason = "night" });

        Assert.AreEqual("over there", await test.Run(crossing));
        Assert.AreEqual(TimeSpan.FromHours(9), test.Elapsed);
        Assert.AreEqual("night", test.Calls[0].LastControl?.Reason);
    }
    // end

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public async Task Fifty_ferries_cross_side_by_side(int number)
    {
        using var test = SitTest.Begin();
        var storms = number % 5;
        var ferry = new Ferry(new Storms(storms), test.Clock);

        Assert.AreEqual("over there", await test.Run(() => ferry.Cross()));
        Assert.AreEqual(TimeSpan.FromMinutes((10 * storms) + 25), test.Elapsed);
        Assert.HasCount(1, test.Calls);
    }
}
