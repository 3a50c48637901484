using Sitters;
using Sitters.Testing;
using Xunit;

namespace Samples.Testing.XUnit;

public class FerryTests
{
    // README: testing-limits
    [Fact]
    public async Task The_ferry_does_not_wait_for_ever_for_a_service_that_hangs()
    {
        using var test = SitTest.Begin();
        var ferry = new Ferry(new Silence(), test.Clock);

        var result = await test.Run(() => ferry.Cross());

        Assert.Null(result);
        Assert.Equal(SitState.TimedOut, test.Calls[0].State);
        Assert.Equal(TimeSpan.FromHours(2), test.Elapsed);
    }
    // end

    [Fact]
    public async Task A_service_that_takes_real_time_is_waited_for()
    {
        using var test = SitTest.Begin();
        var ferry = new Ferry(new RealService(), test.Clock);

        Assert.Equal("over there", await test.Run(() => ferry.Cross()));
        Assert.Equal(TimeSpan.FromMinutes(25), test.Elapsed);
    }

    [Fact]
    public async Task A_failure_comes_through_as_it_is()
    {
        using var test = SitTest.Begin();
        var ferry = new Ferry(new Storms(5), test.Clock);

        var failure = await Assert.ThrowsAsync<IOException>(() => test.Run(() => ferry.Cross()));

        Assert.Equal("storm", failure.Message);
    }
}
