using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Controlling;

/// <summary>A pause is a level and adds up: a call is paused while any pause that covers it holds.</summary>
internal sealed class PauseLevelTests : ControllerFixture
{
    private const string SyncMethod = "AssemblyToProcess.Life.Steered.Sync";

    [TearDown]
    public void EndPauses() => Sitter.Resume("*");

    [Test]
    public async Task a_call_is_paused_while_any_pause_covers_it()
    {
        var call = Set<Steered>().Sync();
        var context = Call("Sync");
        Stage.OpenForGood("sync");
        await call.InTime();

        call = Set<Steered>().Sync();
        Assert.That(await call.InTime(), Is.EqualTo("synced"), "nothing is paused yet");

        var scene = OtherStage.Set(new Steered());
        call = scene.Sync();
        context = Call("Sync");
        Sitter.Pause();
        Sitter.Pause("*.Sync");
        Sitter.Pause(one => one == context);
        OtherStage.OpenForGood("sync");

        Sitter.Resume();
        Assert.That(context.State, Is.EqualTo(SitState.Paused), "its methods and itself are paused");
        Sitter.Resume("*.Sync");
        Assert.That(context.State, Is.EqualTo(SitState.Paused), "itself is paused");
        context.Resume();
        Assert.That(await call.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task a_pause_of_methods_holds_those_calls_that_are_active()
    {
        var scene = Set<Steered>();
        var (sync, load) = (scene.Sync(), scene.Load());

        Sitter.Pause(SyncMethod);
        Stage.OpenForGood("sync", "load");

        Assert.That(await load.InTime(), Is.EqualTo("loaded"));
        Assert.That(Call("Sync").State, Is.EqualTo(SitState.Paused));
        Sitter.Resume(SyncMethod);
        Assert.That(await sync.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task a_pause_of_methods_holds_those_calls_that_begin_later()
    {
        Sitter.Pause("AssemblyToProcess.*.Sync");
        var scene = Set<Steered>();
        var (sync, load) = (scene.Sync(), scene.Load());

        Assert.That(Stage.Story, Is.EqualTo("load"));
        Assert.That(Call("Sync").State, Is.EqualTo(SitState.Pending));
        Stage.OpenForGood("sync", "load");
        await load.InTime();
        Sitter.Resume("AssemblyToProcess.*.Sync");
        Assert.That(await sync.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task a_wider_resume_ends_a_pause_of_methods()
    {
        Sitter.Pause("AssemblyToProcess.*.Sync");
        var call = Set<Steered>().Sync();
        Stage.OpenForGood("sync");

        Sitter.Resume("AssemblyToProcess.*");

        Assert.That(await call.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task a_narrower_resume_takes_its_methods_out_of_a_pause()
    {
        Sitter.Pause("AssemblyToProcess.*");
        var scene = Set<Steered>();
        var (sync, load) = (scene.Sync(), scene.Load());
        Stage.OpenForGood("sync", "load");

        Sitter.Resume(SyncMethod);

        Assert.That(await sync.InTime(), Is.EqualTo("synced"));
        Assert.That(Call("Load").State, Is.EqualTo(SitState.Pending));
        Sitter.Resume("AssemblyToProcess.*");
        await load.InTime();
    }

    [Test]
    public async Task a_resume_takes_its_methods_out_of_a_pause_that_it_only_overlaps()
    {
        Sitter.Pause("AssemblyToProcess.*");
        var scene = Set<Steered>();
        var (sync, load) = (scene.Sync(), scene.Load());
        Stage.OpenForGood("sync", "load");

        Sitter.Resume("*.Sync");

        Assert.That(await sync.InTime(), Is.EqualTo("synced"));
        Assert.That(await scene.Sync().InTime(), Is.EqualTo("synced"), "nor does the pause hold what begins later");
        Assert.That(Call("Load").State, Is.EqualTo(SitState.Pending));
        Sitter.Resume("*.Load");
        await load.InTime();
    }

    [Test]
    public async Task a_pause_with_a_time_ends_by_itself()
    {
        Sitter.Pause("*.Sync", new SitControl { For = TimeSpan.FromMinutes(10) });
        var call = Set<Steered>().Sync();
        Stage.OpenForGood("sync");

        Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.That(Call("Sync").State, Is.EqualTo(SitState.Pending));
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(await call.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task a_pause_of_single_calls_ends_by_itself_too()
    {
        var call = Set<Steered>().Sync();
        Sitter.Pause(_ => true, new SitControl { For = TimeSpan.FromMinutes(10) });
        Stage.OpenForGood("sync");

        Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.That(await call.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public void of_two_pauses_of_the_same_the_later_end_counts([Values(5, 20)] int second)
    {
        Sitter.Pause(new SitControl { For = TimeSpan.FromMinutes(10) });
        Sitter.Pause(new SitControl { For = TimeSpan.FromMinutes(second) });

        Clock.Advance(TimeSpan.FromMinutes(Math.Max(10, second) - 1));
        Assert.That(Sitter.IsPaused, Is.True);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(Sitter.IsPaused, Is.False);
    }

    [Test]
    public void a_pause_without_a_time_outlasts_one_with_a_time()
    {
        Sitter.Pause();
        Sitter.Pause(new SitControl { For = TimeSpan.FromMinutes(10) });

        Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(Sitter.IsPaused, Is.True);
        Sitter.Resume();
    }

    [Test]
    public async Task a_rate_resumes_the_oldest_calls_first_so_many_a_second()
    {
        var scene = Set<Steered>();
        var calls = new List<Task>();
        for (var i = 1; i <= 4; i++)
        {
            calls.Add(scene.Numbered(i));
            Clock.Advance(0.001);
        }

        Sitter.Pause();
        Stage.OpenForGood("number 1", "number 2", "number 3", "number 4");

        Sitter.Resume(new SitControl { Rate = 2 });

        for (var i = 1; i <= 4; i++)
        {
            await Stage.Said($"{i}");
            await calls[i - 1].InTime();
            Assert.That(Stage.Lines, Has.Count.EqualTo(i));
            Clock.Advance(0.5);
        }

        Assert.That(Stage.Story, Is.EqualTo("1, 2, 3, 4"));
    }

    [Test]
    public async Task a_resume_without_a_rate_hurries_one_with_a_rate()
    {
        var scene = Set<Steered>();
        var calls = new[] { scene.Numbered(1), scene.Numbered(2), scene.Numbered(3) };
        Sitter.Pause();
        Stage.OpenForGood("number 1", "number 2", "number 3");
        Sitter.Resume(new SitControl { Rate = 0.001 });

        Sitter.Resume();

        await Task.WhenAll(calls).InTime();
    }

    [Test]
    public async Task a_restart_under_a_pause_of_methods_begins_when_that_ends()
    {
        var subject = Set<Controlled>();
        var call = subject.FinishOnSecondStart();
        Sitter.Pause("*.FinishOnSecondStart");

        Sitter.Restart();
        await Stage.Said("restart");
        Assert.That(Stage.Count("startup"), Is.EqualTo(1));
        Sitter.Resume("*");

        Assert.That(await call.InTime(), Is.EqualTo(2));
    }

    [Test]
    public async Task a_cancel_ends_a_call_whatever_pauses_cover_it()
    {
        var call = Set<Steered>().Sync();
        var context = Call("Sync");
        Sitter.Pause("*.Sync");
        context.Pause();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(context.State, Is.EqualTo(SitState.Cancelled));
    }

    [Test]
    public async Task a_cancel_of_methods_leaves_others_alone()
    {
        var scene = Set<Steered>();
        var (sync, load) = (scene.Sync(), scene.Load());

        Sitter.Cancel("*.Sync");

        Assert.That(await sync.InTime(), Is.Null);
        Stage.OpenForGood("load");
        Assert.That(await load.InTime(), Is.EqualTo("loaded"));
    }

    [Test]
    public async Task a_call_knows_its_method_and_what_was_done_to_it_last()
    {
        var call = Set<Steered>().Sync();
        var context = Call("Sync");
        var why = new SitControl { Identity = "Ann", Reason = "migration", Source = SitControlSource.Tool };

        Sitter.Pause("*.Sync", why);

        Assert.That(context.MethodName, Is.EqualTo(SyncMethod));
        Assert.That(context.LastControl, Is.SameAs(why));
        Sitter.Resume("*.Sync");
        Stage.OpenForGood("sync");
        await call.InTime();
    }

    [Test]
    public async Task an_earlier_pause_does_not_hide_what_was_done_to_a_call_since()
    {
        var call = Set<Steered>().Sync();
        var context = Call("Sync");
        var (earlier, later) = (new SitControl { Reason = "earlier" }, new SitControl { Reason = "later" });
        context.Pause(earlier);

        Sitter.Resume(later);

        Assert.That(context.LastControl, Is.SameAs(later));
        Assert.That(context.State, Is.EqualTo(SitState.Paused));
        context.Resume();
        Stage.OpenForGood("sync");
        await call.InTime();
    }

    [Test]
    public void wrong_arguments_are_named()
    {
        var rate = new SitControl { Rate = 1 };
        var time = new SitControl { For = TimeSpan.FromSeconds(1) };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Sitter.Pause((string)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("methods"));
            Assert.That(() => Sitter.Resume(""), Throws.ArgumentException.With.Property("ParamName").EqualTo("methods"));
            Assert.That(() => Sitter.Cancel("Shop. *"), Throws.ArgumentException.With.Property("ParamName").EqualTo("methods"));
            Assert.That(() => Sitter.ClearCaches(" "), Throws.ArgumentException.With.Property("ParamName").EqualTo("methods"));
            Assert.That(() => Sitter.Restart((SitControl)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("control"));
            Assert.That(() => Sitter.Pause(rate), Throws.ArgumentException.With.Property("ParamName").EqualTo("control"));
            Assert.That(() => Sitter.Resume("*", time), Throws.ArgumentException.With.Property("ParamName").EqualTo("control"));
            Assert.That(() => Sitter.Observe(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("observer"));
            foreach (var wrong in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            {
                Assert.That(() => new SitControl { Rate = wrong }, OutOfRange("Rate"));
            }

            Assert.That(() => new SitControl { For = TimeSpan.Zero }, OutOfRange("For"));
            Assert.That(() => new SitControl { For = TimeSpan.FromSeconds(-1) }, OutOfRange("For"));
        }

        static NUnit.Framework.Constraints.IResolveConstraint OutOfRange(string name) =>
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name);
    }

    [TestCase("Shop.Jobs.*", "Shop.Jobs.Sync", true)]
    [TestCase("Shop.Jobs.*", "Shop.Job.Sync", false)]
    [TestCase("*", "Sync", true)]
    [TestCase("*.Sy?c", "Shop.Sync", true)]
    [TestCase("Shop.*.Sync*", "Shop.A.Sync.B.SyncAll", true)]
    [TestCase("Shop.Sync", "Shop.Sync2", false)]
    [TestCase("*Sync", "Shop.SyncSyn", false)]
    public void a_pattern_matches_full_names(string pattern, string method, bool matches) =>
        Assert.That(MethodPattern.Parse(pattern).Matches(method), Is.EqualTo(matches));

    [TestCase("Shop.*", "Shop.Jobs.*", true)]
    [TestCase("Shop.Jobs.*", "Shop.*", false)]
    [TestCase("Shop.?", "Shop.*", false)]
    public void a_pattern_covers_a_narrower_one(string pattern, string other, bool covers) =>
        Assert.That(MethodPattern.Parse(pattern).Covers(MethodPattern.Parse(other)), Is.EqualTo(covers));
}
