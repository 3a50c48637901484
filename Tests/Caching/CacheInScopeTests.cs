using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Caching;

/// <summary>Caches in parts of the process that do not feel one another.</summary>
internal sealed class CacheInScopeTests : ControllerFixture
{
    private readonly Guid _key = Guid.NewGuid();

    [Test]
    public async Task each_scope_shares_its_own_results()
    {
        var outside = await Cached.Static(_key).InTime();
        int inside;
        using (SitterScope.Begin())
        {
            inside = await Cached.Static(_key).InTime();
            Assert.That(await Cached.Static(_key).InTime(), Is.EqualTo(inside));
        }

        Assert.That(inside, Is.Not.EqualTo(outside));
        Assert.That(await Cached.Static(_key).InTime(), Is.EqualTo(outside));
    }

    [Test]
    public async Task what_is_cleared_in_a_scope_is_the_scopes()
    {
        var outside = await Cached.Static(_key).InTime();
        using (SitterScope.Begin())
        {
            var inside = await Cached.Static(_key).InTime();
            Sitter.ClearCaches();

            Assert.That(await Cached.Static(_key).InTime(), Is.Not.EqualTo(inside));
        }

        Assert.That(await Cached.Static(_key).InTime(), Is.EqualTo(outside));
    }

    [Test]
    public async Task what_is_cleared_outside_is_every_scopes()
    {
        using var scope = SitterScope.Begin();
        var first = await Cached.Static(_key).InTime();

        await Outside(() => Sitter.ClearCaches("*.Cached.Static"));

        Assert.That(await Cached.Static(_key).InTime(), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task an_object_that_was_first_asked_in_a_scope_is_cleared_there_and_not_in_another()
    {
        var subject = Set<Cached>();
        using var one = SitterScope.Begin();
        await subject.Three(1).InTime();

        using (SitterScope.Begin())
        {
            Sitter.ClearCaches();
        }

        await subject.Three(1).InTime();
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
        one.ClearCaches();
        await subject.Three(1).InTime();
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    private static Task Outside(Action action)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(action).InTime();
        }
    }
}
