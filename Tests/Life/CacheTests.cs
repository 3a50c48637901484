using System.Runtime.CompilerServices;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Results that a sat method keeps.</summary>
internal sealed class CacheTests : ControllerFixture
{
    [Test]
    public async Task equal_calls_run_once()
    {
        var subject = Set<Cached>();

        for (var i = 0; i < 5; i++)
        {
            Assert.That(await subject.Three(1).InTime(), Is.EqualTo("result 1"));
        }

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task different_calls_run_each()
    {
        var subject = Set<Cached>();

        await subject.Three(0).InTime();
        await subject.Three(1).InTime();
        Assert.That(await subject.Three(0).InTime(), Is.EqualTo("result 0"));
        Assert.That(await subject.Three(1).InTime(), Is.EqualTo("result 1"));
        Assert.That(await subject.Three(2).InTime(), Is.EqualTo("result 2"));

        Assert.That(Stage.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task a_hit_runs_no_hook()
    {
        var subject = Set<Cached>();
        await subject.Three(1).InTime();

        await subject.Three(1).InTime();

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "completion" }));
    }

    [Test]
    public async Task a_hit_has_no_context_of_its_own()
    {
        var subject = Set<Cached>();

        var first = await subject.Contexts().InTime();

        Assert.That(await subject.Contexts().InTime(), Is.SameAs(first));
    }

    [Test]
    public async Task a_hit_does_not_wait_while_paused()
    {
        var subject = Set<Cached>();
        await subject.Three(1).InTime();

        Sitter.Pause();
        var hit = subject.Three(1);
        var isCompleted = hit.IsCompletedSuccessfully;
        Sitter.Resume();

        Assert.That(isCompleted);
        await hit.InTime();
    }

    [Test]
    public async Task a_miss_waits_while_paused()
    {
        var subject = Set<Cached>();

        Sitter.Pause();
        var miss = subject.Three(1);
        var log = Stage.Lines;
        Sitter.Resume();

        Assert.That(log, Is.Empty);
        Assert.That(await miss.InTime(), Is.EqualTo("result 1"));
    }

    [Test]
    public async Task the_least_recently_used_result_goes_first()
    {
        var subject = Set<Cached>();
        await subject.Three(1).InTime();
        await subject.Three(2).InTime();
        await subject.Three(3).InTime();
        await subject.Three(1).InTime();

        await subject.Three(4).InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(4));
        await subject.Three(1).InTime();
        await subject.Three(3).InTime();
        await subject.Three(4).InTime();
        Assert.That(Stage.Count("body"), Is.EqualTo(4));
        await subject.Three(2).InTime();
        Assert.That(Stage.Count("body"), Is.EqualTo(5));
    }

    [Test]
    public async Task a_cache_of_one_keeps_the_newest()
    {
        var subject = Set<Cached>();
        await subject.One(1).InTime();
        await subject.One(2).InTime();

        await subject.One(2).InTime();
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
        await subject.One(1).InTime();
        Assert.That(Stage.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task value_tasks_are_cached_by_their_results()
    {
        var subject = Set<Cached>();

        Assert.That(await subject.AsValueTask(3).AsTask().InTime(), Is.EqualTo(3));
        Assert.That(await subject.AsValueTask(3).AsTask().InTime(), Is.EqualTo(3));

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task methods_that_are_not_async_are_cached_too()
    {
        var subject = Set<Cached>();

        await subject.NotAsync(3).InTime();
        Assert.That(await subject.NotAsync(3).InTime(), Is.EqualTo(3));

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_result_lives_for_its_time()
    {
        var subject = Set<Cached>();
        await subject.Minute(1).InTime();

        Clock.Advance(59.999);
        Assert.That(await subject.Minute(1).InTime(), Is.EqualTo(1));
        Clock.Advance(0.001);
        Assert.That(await subject.Minute(1).InTime(), Is.EqualTo(2));
    }

    [Test]
    public async Task a_sliding_time_begins_anew_with_each_use()
    {
        var subject = Set<Cached>();
        await subject.MinuteUnused(1).InTime();

        Clock.Advance(59);
        Assert.That(await subject.MinuteUnused(1).InTime(), Is.EqualTo(1));
        Clock.Advance(59);
        Assert.That(await subject.MinuteUnused(1).InTime(), Is.EqualTo(1));
        Clock.Advance(60);
        Assert.That(await subject.MinuteUnused(1).InTime(), Is.EqualTo(2));
    }

    [Test]
    public async Task of_two_times_the_first_that_is_over_counts()
    {
        var subject = Set<Cached>();
        await subject.Both(1).InTime();

        Clock.Advance(59);
        Assert.That(await subject.Both(1).InTime(), Is.EqualTo(1));
        Clock.Advance(41);
        Assert.That(await subject.Both(1).InTime(), Is.EqualTo(2));
    }

    [Test]
    public async Task an_expired_result_leaves_room()
    {
        var subject = Set<Cached>();
        for (var i = 0; i < 10; i++)
        {
            await subject.Minute(i).InTime();
        }

        Clock.Advance(60);
        await subject.Minute(0).InTime();
        Assert.That(await subject.Minute(0).InTime(), Is.EqualTo(11));
    }

    [Test]
    public async Task null_is_cached_like_any_other_result()
    {
        var subject = Set<Cached>();

        await subject.Null().InTime();
        Assert.That(await subject.Null().InTime(), Is.Null);

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_failure_is_not_cached()
    {
        var subject = Set<Cached>();
        await Failure<ArgumentException>(subject.FailTwice(1));

        Assert.That(await subject.FailTwice(1).InTime(), Is.EqualTo(1));
        Assert.That(await subject.FailTwice(1).InTime(), Is.EqualTo(1));

        Assert.That(Stage.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task a_timeout_is_not_cached()
    {
        var subject = Set<Cached>();
        var call = subject.TimeOut();
        Clock.Advance(5);
        Assert.That(await call.InTime(), Is.Null);

        Stage.OpenForGood("door");

        Assert.That(await subject.TimeOut().InTime(), Is.EqualTo(1));
    }

    [Test]
    public async Task a_cancel_is_not_cached()
    {
        var subject = Set<Cached>();
        var call = subject.Cancelled();
        Sitter.Cancel();
        Assert.That(await call.InTime(), Is.Null);

        Stage.OpenForGood("door");

        Assert.That(await subject.Cancelled().InTime(), Is.EqualTo(1));
    }

    [Test]
    public async Task a_cancel_that_was_swallowed_is_not_cached()
    {
        var subject = Set<Cached>();
        var call = subject.SwallowCancel();
        Sitter.Cancel();
        Assert.That(await call.InTime(), Is.Null);

        Stage.OpenForGood("door");

        Assert.That(await subject.SwallowCancel().InTime(), Is.EqualTo(1));
    }

    [Test]
    public async Task overloads_do_not_share_results()
    {
        var subject = Set<Cached>();

        Assert.That(await subject.Overloaded(1).InTime(), Is.EqualTo(1));
        Assert.That(await subject.Overloaded(1L).InTime(), Is.EqualTo(100));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "int", "long" }));
    }

    [Test]
    public async Task methods_of_one_name_in_two_classes_do_not_share_results()
    {
        Assert.That(await Set<Cached>().Three(1).InTime(), Is.EqualTo("result 1"));
        Assert.That(await Set<CachedToo>().Three(1).InTime(), Is.EqualTo("other 1"));
    }

    [Test]
    public async Task instances_of_a_generic_method_do_not_share_results()
    {
        var subject = Set<Cached>();

        Assert.That(await subject.Generic(1).InTime(), Is.EqualTo("Int321"));
        Assert.That(await subject.Generic(1L).InTime(), Is.EqualTo("Int641"));
        Assert.That(await subject.Generic(1).InTime(), Is.EqualTo("Int321"));

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task it_does_not_matter_how_an_argument_is_passed()
    {
        var subject = Set<Cached>();

        await subject.Optional("a").InTime();
        await subject.Optional("a", 7).InTime();
        await subject.Optional(other: null, text: "a").InTime();
        Assert.That(Stage.Count("body"), Is.EqualTo(1));

        Assert.That(await subject.Optional("a", other: "x").InTime(), Is.EqualTo("a7x"));
    }

    [Test]
    public async Task a_token_is_no_part_of_the_key()
    {
        var subject = Set<Cached>();
        using var source = new CancellationTokenSource();
        await subject.WithToken(1, CancellationToken.None).InTime();

        Assert.That(await subject.WithToken(1, source.Token).InTime(), Is.EqualTo(1));

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task keys_with_the_same_hash_code_are_distinguished_by_equality()
    {
        var subject = Set<Cached>();

        Assert.That(await subject.ByEquality(new Colliding(1)).InTime(), Is.EqualTo(1));
        Assert.That(await subject.ByEquality(new Colliding(2)).InTime(), Is.EqualTo(2));
        Assert.That(await subject.ByEquality(new Colliding(1)).InTime(), Is.EqualTo(1));
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task each_instance_has_its_own_results()
    {
        var one = Set<Cached>();
        var other = OtherStage.Set(new Cached());

        await one.Three(1).InTime();
        await other.Three(1).InTime();

        Assert.That(Stage.Count("body") + OtherStage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task all_instances_share_results_where_the_scope_says_so()
    {
        var key = Guid.NewGuid();

        var first = await Set<Cached>().Shared(key).InTime();

        Assert.That(await Set<Cached>().Shared(key).InTime(), Is.EqualTo(first));
        Assert.That(await Set<Cached>().Shared(Guid.NewGuid()).InTime(), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task a_static_method_has_one_cache()
    {
        var key = Guid.NewGuid();

        var first = await Cached.Static(key).InTime();

        Assert.That(await Cached.Static(key).InTime(), Is.EqualTo(first));
    }

    [Test]
    public async Task the_value_of_a_struct_belongs_to_the_key()
    {
        var scene = Set<Cached>();

        Assert.That(await new CachedStruct(scene, 2).Times(5).InTime(), Is.EqualTo(10));
        Assert.That(await new CachedStruct(scene, 3).Times(5).InTime(), Is.EqualTo(15));
        Assert.That(await new CachedStruct(scene, 2).Times(5).InTime(), Is.EqualTo(10));

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task a_cache_dies_with_its_instance()
    {
        var (instance, result) = await Task.Run(Use);

        for (var i = 0; i < 10 && (instance.IsAlive || result.IsAlive); i++)
        {
            await Task.Delay(1);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Multiple(() =>
        {
            Assert.That(instance.IsAlive, Is.False);
            Assert.That(result.IsAlive, Is.False);
        });

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<(WeakReference Instance, WeakReference Result)> Use()
        {
            var subject = new Cached();
            var result = await subject.Three(1);
            return (new WeakReference(subject), new WeakReference(result));
        }
    }
}
