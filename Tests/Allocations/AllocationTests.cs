extern alias unwoven;

using Measured;
using Tests.Telemetry;
using UnwovenCalls = unwoven::Measured.Calls;

namespace Tests.Allocations;

/// <summary>What sat calls allocate beyond the methods themselves: the figures that Benchmarks measures, which are exact.</summary>
[NonParallelizable]
public class AllocationTests
{
    /// <summary>The attempt, and the ExecutionContext that it travels with.</summary>
    private const int Flow = 160;

    private readonly Calls _woven = new();
    private readonly Lookups _lookups = new();
    private long _direct;

    [OneTimeSetUp]
    public void MeasureDirectCall()
    {
        var unwoven = new UnwovenCalls();
        _direct = Bytes.PerCall(() => Check(unwoven.Alone(2, 3)));
    }

    [Test]
    public void a_synchronous_call_allocates_its_attempt_and_context() =>
        Assert.That(Bytes.PerCall(() => Check(_woven.Alone(2, 3))) - _direct, Is.LessThanOrEqualTo(Flow));

    [Test]
    public void a_synchronous_call_without_flow_allocates_nothing() =>
        Assert.That(Bytes.PerCall(() => Check(_woven.AloneUnflowed(2, 3))) - _direct, Is.Zero);

    [Test]
    public void retry_and_timeout_cost_nothing_where_the_first_try_succeeds_synchronously() =>
        Assert.That(Bytes.PerCall(() => Check(_woven.Resilient(2, 3))) - _direct, Is.LessThanOrEqualTo(Flow));

    [Test]
    public void retry_and_timeout_without_flow_cost_nothing_where_the_first_try_succeeds_synchronously() =>
        Assert.That(Bytes.PerCall(() => Check(_woven.ResilientUnflowed(2, 3))) - _direct, Is.Zero);

    [Test]
    public void a_call_without_flow_allocates_nothing_once_those_who_listened_have_gone()
    {
        using (new Meters())
        using (new Traces())
        {
            Assert.That(Bytes.PerCall(() => Check(_woven.AloneUnflowed(2, 3))) - _direct, Is.Positive);
        }

        Assert.That(Bytes.PerCall(() => Check(_woven.AloneUnflowed(2, 3))) - _direct, Is.Zero);
    }

    [Test]
    public void a_cache_hit_allocates_nothing() =>
        Assert.That(Bytes.PerCall(() => Check(_lookups.Product(2, 3))), Is.Zero);

    [Test]
    public void hits_of_many_keys_in_turn_allocate_nothing()
    {
        var left = 0;
        Assert.That(Bytes.PerCall(() => Check(_lookups.Product(left = (left + 1) % 16, 3))), Is.Zero);
    }

    private static void Check(Task<int> call)
    {
        if (!call.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The call was expected to complete synchronously.");
        }
    }
}
