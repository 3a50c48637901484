using Sitters.Testing;
using Xunit;

namespace Samples.Testing.XUnit;

/// <summary>xUnit runs classes side by side, and the tests of one class one after the other: so there are fifty.</summary>
public abstract class Crossing(int number)
{
    [Fact]
    public async Task A_ferry_crosses_beside_the_others()
    {
        using var test = SitTest.Begin();
        var storms = number % 5;
        var ferry = new Ferry(new Storms(storms), test.Clock);

        Assert.Equal("over there", await test.Run(() => ferry.Cross()));
        Assert.Equal(TimeSpan.FromMinutes((10 * storms) + 25), test.Elapsed);
        Assert.Single(test.Calls);
    }
}

public sealed class Crossing01() : Crossing(1);

public sealed class Crossing02() : Crossing(2);

public sealed class Crossing03() : Crossing(3);

public sealed class Crossing04() : Crossing(4);

public sealed class Crossing05() : Crossing(5);

public sealed class Crossing06() : Crossing(6);

public sealed class Crossing07() : Crossing(7);

public sealed class Crossing08() : Crossing(8);

public sealed class Crossing09() : Crossing(9);

public sealed class Crossing10() : Crossing(10);

public sealed class Crossing11() : Crossing(11);

public sealed class Crossing12() : Crossing(12);

public sealed class Crossing13() : Crossing(13);

public sealed class Crossing14() : Crossing(14);

public sealed class Crossing15() : Crossing(15);

public sealed class Crossing16() : Crossing(16);

public sealed class Crossing17() : Crossing(17);

public sealed class Crossing18() : Crossing(18);

public sealed class Crossing19() : Crossing(19);

public sealed class Crossing20() : Crossing(20);

public sealed class Crossing21() : Crossing(21);

public sealed class Crossing22() : Crossing(22);

public sealed class Crossing23() : Crossing(23);

public sealed class Crossing24() : Crossing(24);

public sealed class Crossing25() : Crossing(25);

public sealed class Crossing26() : Crossing(26);

public sealed class Crossing27() : Crossing(27);

public sealed class Crossing28() : Crossing(28);

public sealed class Crossing29() : Crossing(29);

public sealed class Crossing30() : Crossing(30);

public sealed class Crossing31() : Crossing(31);

public sealed class Crossing32() : Crossing(32);

public sealed class Crossing33() : Crossing(33);

public sealed class Crossing34() : Crossing(34);

public sealed class Crossing35() : Crossing(35);

public sealed class Crossing36() : Crossing(36);

public sealed class Crossing37() : Crossing(37);

public sealed class Crossing38() : Crossing(38);

public sealed class Crossing39() : Crossing(39);

public sealed class Crossing40() : Crossing(40);

public sealed class Crossing41() : Crossing(41);

public sealed class Crossing42() : Crossing(42);

public sealed class Crossing43() : Crossing(43);

public sealed class Crossing44() : Crossing(44);

public sealed class Crossing45() : Crossing(45);

public sealed class Crossing46() : Crossing(46);

public sealed class Crossing47() : Crossing(47);

public sealed class Crossing48() : Crossing(48);

public sealed class Crossing49() : Crossing(49);

public sealed class Crossing50() : Crossing(50);
