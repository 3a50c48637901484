using NUnit.Framework;
using Samples.Examples;
using Sitters.Testing;

namespace Samples.Testing.NUnit;

public class WarehouseTests
{
    // README: web-test
    [Test]
    public async Task A_price_that_takes_too_long_is_an_exception()
    {
        using var test = SitTest.Begin();
        var warehouse = new Warehouse(test.Clock);

        await Assert.ThatAsync(() => test.Run(() => warehouse.Price("slow")), Throws.TypeOf<TimeoutException>());

        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(10)));
    }
    // end
}
