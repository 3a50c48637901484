using AssemblyToProcess.Life;

namespace Tests.Caching;

/// <summary>A run that waits for its own result, by whatever way, fails instead of waiting for ever.</summary>
internal sealed class CacheCircleTests : ControllerFixture
{
    [Test]
    public async Task a_method_that_awaits_its_own_key_fails_and_names_itself()
    {
        var failure = await Failure<InvalidOperationException>(Set<CachedCircles>().Direct(1));

        Assert.That(failure.Message, Does.StartWith("AssemblyToProcess.Life.CachedCircles.Direct waits for its own result"));
    }

    [Test]
    public async Task so_does_one_that_comes_back_to_it_through_a_helper() =>
        await Failure<InvalidOperationException>(Set<CachedCircles>().ThroughHelper(1));

    [Test]
    public async Task so_does_one_that_comes_back_to_it_through_a_sat_method() =>
        await Failure<InvalidOperationException>(Set<CachedCircles>().ThroughSat(1));

    [Test]
    public async Task so_does_one_that_comes_back_to_it_through_another_with_a_cache()
    {
        var failure = await Failure<InvalidOperationException>(Set<CachedCircles>().There(1));

        Assert.That(failure.Message, Does.StartWith("AssemblyToProcess.Life.CachedCircles.There waits for its own result"));
    }

    [Test]
    public async Task two_calls_that_come_to_wait_for_each_other_fail()
    {
        var subject = Set<CachedCircles>();
        var left = subject.Left(1);
        var right = subject.Right(1);

        Stage.Open("left");
        Stage.Open("right");

        await Failure<InvalidOperationException>(left);
        await Failure<InvalidOperationException>(right);
    }

    [Test]
    public async Task the_wait_can_be_caught_and_the_run_goes_on()
    {
        var subject = Set<CachedCircles>();

        Assert.That(await subject.Tried(1).InTime(), Is.EqualTo("tried"));
        Assert.That(await subject.Tried(1).InTime(), Is.EqualTo("tried"));
    }

    [Test]
    public async Task a_method_may_await_its_other_keys() =>
        Assert.That(await Set<CachedCircles>().Factorial(5).InTime(), Is.EqualTo(120));

    [Test]
    public async Task calls_apart_may_wait_for_one_key()
    {
        var subject = Set<CachedCircles>();
        var calls = new[] { subject.One(1), subject.Two(1), subject.Leaf(1) };

        Stage.OpenForGood("leaf");

        Assert.That(await Task.WhenAll(calls).InTime(), Is.EqualTo(new[] { 2, 3, 1 }));
        Assert.That(Stage.Count("leaf"), Is.EqualTo(1));
    }
}
