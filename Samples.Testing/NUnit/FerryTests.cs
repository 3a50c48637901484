using NUnit.Framework;
using Sitters.Testing;

namespace Samples.Testing.NUnit;

[Parallelizable(ParallelScope.All)]
public class FerryTests
{
    // README: testing-retries
    [Test]
    public async Task The_ferry_waits_for_two_storms_to_pass()
    {
        using var test = SitTest.Begin();
        var ferry = new Ferry(new Storms(2), test.Clock);

        var result = await test.Run(() => ferry.Cross());

        Assert.That(result, Is.EqualTo("over there"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(10 + 10 + 25)));
    }
    // end

    [Test]
    public async Task The_ferry_gives_up_after_five_storms()
    {
        using var test = SitTest.Begin();
        var ferry = new Ferry(new Storms(5), test.Clock);

        await Assert.ThrowsAsync<IOException>(() => test.Run(() => ferry.Cross()));

        Assert.That(test.Events.OfType<AttemptStarted>().Count(), Is.EqualTo(5));
    }

    [Test]
    public async Task Fifty_ferries_cross_side_by_side([Range(1, 50)] int number)
    {
        using var test = SitTest.Begin();
        var storms = number % 5;
        var ferry = new Ferry(new Storms(storms), test.Clock);

        Assert.That(await test.Run(() => ferry.Cross()), Is.EqualTo("over there"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromMinutes((10 * storms) + 25)));
        Assert.That(test.Calls, Has.Count.EqualTo(1));
    }
}
