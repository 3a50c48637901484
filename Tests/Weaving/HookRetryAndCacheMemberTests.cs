using AssemblyToProcess;

namespace Tests.Weaving;

/// <summary>Members of every kind and accessibility are called by woven code directly.</summary>
[NonParallelizable]
internal sealed class HookRetryAndCacheMemberTests
{
    [SetUp]
    public void Clear() => HookBase.StaticTrace.Clear();

    [Test]
    public async Task instance_hooks_of_every_shape()
    {
        var shapes = new HookShapes();

        await shapes.Instance();

        Assert.That(shapes.Trace, Is.EqualTo(
        [
            "void", "void Instance", "task", "task Running", "value task", "value task 1",
            "overload with context", "private of base", "protected of base", "override", "body",
        ]));
    }

    [Test]
    public async Task static_hooks()
    {
        await HookShapes.OfStatic(HookBase.StaticTrace);

        Assert.That(HookBase.StaticTrace, Is.EqualTo(["static", "body", "static OfStatic"]));
    }

    [Test]
    public async Task private_hooks_of_another_type()
    {
        await new HookShapes().Elsewhere();
        await new HookShapes().ElsewhereInGeneric();

        Assert.That(HookBase.StaticTrace, Is.EqualTo(["private of other", "other", "String"]));
    }

    [Test]
    public async Task hooks_of_generic_types() =>
        Assert.That(await new GenericHolder<int>().Work("x"), Is.EqualTo("List`1 Int32 x"));

    [Test]
    public async Task retry_members_of_every_kind()
    {
        var shapes = new RetryShapes();

        await shapes.InstanceField();
        Assert.That(await shapes.StaticField(), Is.EqualTo(6));
        Assert.That(await shapes.Property(), Is.EqualTo(9));
        await shapes.Method();

        Assert.That(shapes.Tries, Is.EqualTo(12));
    }

    [Test]
    public async Task a_memory_cache_of_the_users_own()
    {
        var shapes = new CacheShapes();

        Assert.That(await shapes.InMemoryCache(1, CancellationToken.None), Is.EqualTo("1 1"));
        Assert.That(await shapes.InMemoryCache(1, new CancellationToken(canceled: false)), Is.EqualTo("1 1"));
        Assert.That(await shapes.InMemoryCache(2, CancellationToken.None), Is.EqualTo("2 2"));
    }

    [Test]
    public async Task a_cache_per_instance()
    {
        var one = new CacheShapes();
        var other = new CacheShapes();

        Assert.That(await one.PerInstance(1, null, null), Is.EqualTo("1 1"));
        Assert.That(await one.PerInstance(1, null, CancellationToken.None), Is.EqualTo("1 1"));
        Assert.That(await one.PerInstance(1, "a", null), Is.EqualTo("1a 2"));
        Assert.That(await other.PerInstance(1, "a", null), Is.EqualTo("1a 1"));
    }

    [Test]
    public async Task a_cache_shared_by_all_instances_and_apart_for_each_type_argument()
    {
        var first = await new CacheShapes().Shared("key");

        Assert.That(await new CacheShapes().Shared("key"), Is.EqualTo(first));
        Assert.That(await new CacheShapes().Shared(1), Is.Not.EqualTo(first));
    }
}
