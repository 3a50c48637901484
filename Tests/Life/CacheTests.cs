using System.Runtime.CompilerServices;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Results that a sat method keeps.</summary>
internal sealed class CacheTests : LifeFixture
{
    [Test]
    public async Task equal_calls_run_once()
    {
        var subject = new Cached();

        for (var i = 0; i < 5; i++)
        {
            Assert.That(await Outcome(subject.Three(1)), Is.EqualTo("result 1"));
        }

        Assert.That(subject.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task different_calls_run_each()
    {
        var subject = new Cached();

        await Outcome(subject.Three(0));
        await Outcome(subject.Three(1));
        Assert.That(await Outcome(subject.Three(0)), Is.EqualTo("result 0"));
        Assert.That(await Outcome(subject.Three(1)), Is.EqualTo("result 1"));
        Assert.That(await Outcome(subject.Three(2)), Is.EqualTo("result 2"));

        Assert.That(subject.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task a_hit_runs_no_hook()
    {
        var subject = new Cached();
        await Outcome(subject.Three(1));

        await Outcome(subject.Three(1));

        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "completion" }));
    }

    [Test]
    public async Task a_hit_has_no_context_of_its_own()
    {
        var subject = new Cached();

        var first = await Outcome(subject.Contexts());

        Assert.That(await Outcome(subject.Contexts()), Is.SameAs(first));
    }

    [Test]
    public async Task a_hit_does_not_wait_while_paused()
    {
        var subject = new Cached();
        await Outcome(subject.Three(1));

        Sitter.Pause();
        var hit = subject.Three(1);
        var isCompleted = hit.IsCompletedSuccessfully;
        Sitter.Resume();

        Assert.That(isCompleted);
        await Outcome(hit);
    }

    [Test]
    public async Task a_miss_waits_while_paused()
    {
        var subject = new Cached();

        Sitter.Pause();
        var miss = subject.Three(1);
        var log = subject.Log;
        Sitter.Resume();

        Assert.That(log, Is.Empty);
        Assert.That(await Outcome(miss), Is.EqualTo("result 1"));
    }

    [Test]
    public async Task the_least_recently_used_result_goes_first()
    {
        var subject = new Cached();
        await Outcome(subject.Three(1));
        await Outcome(subject.Three(2));
        await Outcome(subject.Three(3));
        await Outcome(subject.Three(1));

        await Outcome(subject.Three(4));

        Assert.That(subject.Count("body"), Is.EqualTo(4));
        await Outcome(subject.Three(1));
        await Outcome(subject.Three(3));
        await Outcome(subject.Three(4));
        Assert.That(subject.Count("body"), Is.EqualTo(4));
        await Outcome(subject.Three(2));
        Assert.That(subject.Count("body"), Is.EqualTo(5));
    }

    [Test]
    public async Task a_cache_of_one_keeps_the_newest()
    {
        var subject = new Cached();
        await Outcome(subject.One(1));
        await Outcome(subject.One(2));

        await Outcome(subject.One(2));
        Assert.That(subject.Count("body"), Is.EqualTo(2));
        await Outcome(subject.One(1));
        Assert.That(subject.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task value_tasks_are_cached_by_their_results()
    {
        var subject = new Cached();

        Assert.That(await Outcome(subject.AsValueTask(3).AsTask()), Is.EqualTo(3));
        Assert.That(await Outcome(subject.AsValueTask(3).AsTask()), Is.EqualTo(3));

        Assert.That(subject.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task methods_that_are_not_async_are_cached_too()
    {
        var subject = new Cached();

        await Outcome(subject.NotAsync(3));
        Assert.That(await Outcome(subject.NotAsync(3)), Is.EqualTo(3));

        Assert.That(subject.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_result_lives_for_its_time()
    {
        var subject = new Cached();
        await Outcome(subject.Minute(1));

        Clock.Advance(59.999);
        Assert.That(await Outcome(subject.Minute(1)), Is.EqualTo(1));
        Clock.Advance(0.001);
        Assert.That(await Outcome(subject.Minute(1)), Is.EqualTo(2));
    }

    [Test]
    public async Task a_sliding_time_begins_anew_with_each_use()
    {
        var subject = new Cached();
        await Outcome(subject.MinuteUnused(1));

        Clock.Advance(59);
        Assert.That(await Outcome(subject.MinuteUnused(1)), Is.EqualTo(1));
        Clock.Advance(59);
        Assert.That(await Outcome(subject.MinuteUnused(1)), Is.EqualTo(1));
        Clock.Advance(60);
        Assert.That(await Outcome(subject.MinuteUnused(1)), Is.EqualTo(2));
    }

    [Test]
    public async Task of_two_times_the_first_that_is_over_counts()
    {
        var subject = new Cached();
        await Outcome(subject.Both(1));

        Clock.Advance(59);
        Assert.That(await Outcome(subject.Both(1)), Is.EqualTo(1));
        Clock.Advance(41);
        Assert.That(await Outcome(subject.Both(1)), Is.EqualTo(2));
    }

    [Test]
    public async Task an_expired_result_leaves_room()
    {
        var subject = new Cached();
        for (var i = 0; i < 10; i++)
        {
            await Outcome(subject.Minute(i));
        }

        Clock.Advance(60);
        await Outcome(subject.Minute(0));
        Assert.That(await Outcome(subject.Minute(0)), Is.EqualTo(11));
    }

    [Test]
    public async Task null_is_cached_like_any_other_result()
    {
        var subject = new Cached();

        await Outcome(subject.Null());
        Assert.That(await Outcome(subject.Null()), Is.Null);

        Assert.That(subject.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_failure_is_not_cached()
    {
        var subject = new Cached();
        await Failure<ArgumentException>(subject.FailTwice(1));

        Assert.That(await Outcome(subject.FailTwice(1)), Is.EqualTo(1));
        Assert.That(await Outcome(subject.FailTwice(1)), Is.EqualTo(1));

        Assert.That(subject.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task a_timeout_is_not_cached()
    {
        var subject = new Cached();
        var call = subject.TimeOut();
        Clock.Advance(5);
        Assert.That(await Outcome(call), Is.Null);

        subject.Door.SetResult();

        Assert.That(await Outcome(subject.TimeOut()), Is.EqualTo(1));
    }

    [Test]
    public async Task a_cancel_is_not_cached()
    {
        var subject = new Cached();
        var call = subject.Cancelled();
        Sitter.Cancel();
        Assert.That(await Outcome(call), Is.Zero);

        subject.Door.SetResult();

        Assert.That(await Outcome(subject.Cancelled()), Is.EqualTo(1));
    }

    [Test]
    public async Task a_cancel_that_was_swallowed_is_not_cached()
    {
        var subject = new Cached();
        var call = subject.SwallowCancel();
        Sitter.Cancel();
        Assert.That(await Outcome(call), Is.Zero);

        subject.Door.SetResult();

        Assert.That(await Outcome(subject.SwallowCancel()), Is.EqualTo(1));
    }

    [Test]
    public async Task overloads_do_not_share_results()
    {
        var subject = new Cached();

        Assert.That(await Outcome(subject.Overloaded(1)), Is.EqualTo(1));
        Assert.That(await Outcome(subject.Overloaded(1L)), Is.EqualTo(100));
        Assert.That(subject.Log, Is.EqualTo(new[] { "int", "long" }));
    }

    [Test]
    public async Task methods_of_one_name_in_two_classes_do_not_share_results()
    {
        Assert.That(await Outcome(new Cached().Three(1)), Is.EqualTo("result 1"));
        Assert.That(await Outcome(new CachedToo().Three(1)), Is.EqualTo("other 1"));
    }

    [Test]
    public async Task instances_of_a_generic_method_do_not_share_results()
    {
        var subject = new Cached();

        Assert.That(await Outcome(subject.Generic(1)), Is.EqualTo("Int321"));
        Assert.That(await Outcome(subject.Generic(1L)), Is.EqualTo("Int641"));
        Assert.That(await Outcome(subject.Generic(1)), Is.EqualTo("Int321"));

        Assert.That(subject.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task it_does_not_matter_how_an_argument_is_passed()
    {
        var subject = new Cached();

        await Outcome(subject.Optional("a"));
        await Outcome(subject.Optional("a", 7));
        await Outcome(subject.Optional(other: null, text: "a"));
        Assert.That(subject.Count("body"), Is.EqualTo(1));

        Assert.That(await Outcome(subject.Optional("a", other: "x")), Is.EqualTo("a7x"));
    }

    [Test]
    public async Task a_token_is_no_part_of_the_key()
    {
        var subject = new Cached();
        using var source = new CancellationTokenSource();
        await Outcome(subject.WithToken(1, CancellationToken.None));

        Assert.That(await Outcome(subject.WithToken(1, source.Token)), Is.EqualTo(1));

        Assert.That(subject.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task keys_of_one_hash_code_are_told_apart_by_equality()
    {
        var subject = new Cached();

        Assert.That(await Outcome(subject.ByEquality(new Colliding(1))), Is.EqualTo(1));
        Assert.That(await Outcome(subject.ByEquality(new Colliding(2))), Is.EqualTo(2));
        Assert.That(await Outcome(subject.ByEquality(new Colliding(1))), Is.EqualTo(1));
        Assert.That(subject.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task each_instance_has_its_own_results()
    {
        var one = new Cached();
        var other = new Cached();

        await Outcome(one.Three(1));
        await Outcome(other.Three(1));

        Assert.That(one.Count("body") + other.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task all_instances_share_results_where_they_are_told_to()
    {
        var key = Guid.NewGuid();

        var first = await Outcome(new Cached().Shared(key));

        Assert.That(await Outcome(new Cached().Shared(key)), Is.EqualTo(first));
        Assert.That(await Outcome(new Cached().Shared(Guid.NewGuid())), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task a_static_method_has_one_cache()
    {
        var key = Guid.NewGuid();

        var first = await Outcome(Cached.Static(key));

        Assert.That(await Outcome(Cached.Static(key)), Is.EqualTo(first));
    }

    [Test]
    public async Task the_value_of_a_struct_belongs_to_the_key()
    {
        var recorder = new Cached();

        Assert.That(await Outcome(new CachedStruct(recorder, 2).Times(5)), Is.EqualTo(10));
        Assert.That(await Outcome(new CachedStruct(recorder, 3).Times(5)), Is.EqualTo(15));
        Assert.That(await Outcome(new CachedStruct(recorder, 2).Times(5)), Is.EqualTo(10));

        Assert.That(recorder.Count("body"), Is.EqualTo(2));
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
