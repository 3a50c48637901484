using AssemblyToProcess.Life;

namespace Tests.Life;

/// <summary>What a hook may look like, when it runs, and what it sees.</summary>
internal sealed class HookTests : ControllerFixture
{
    [Test]
    public async Task a_hook_may_return_nothing_a_task_or_a_value_task_and_take_the_context_or_not()
    {
        var subject = Set<Hooked>();
        Hooked.Shared.Clear();

        Assert.That(await subject.EveryShape().InTime(), Is.EqualTo(7));

        Assert.Multiple(() =>
        {
            Assert.That(Stage.Lines, Is.EquivalentTo(
                new[] { "plain", "context True", "task", "task context True", "value task", "value task context True", "body" }));
            Assert.That(Stage.Lines[^1], Is.EqualTo("body"));
            Assert.That(Hooked.Shared, Is.EqualTo(new[] { "static" }));
        });
    }

    [Test]
    public async Task hooks_of_one_event_are_started_in_the_order_written_without_waiting_for_each_other()
    {
        var subject = Set<Hooked>();

        var call = subject.Together();

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "first started", "second started" }));
        Stage.OpenForGood("first");
        Stage.OpenForGood("second");
        await call.InTime();
    }

    [Test]
    public async Task the_body_starts_when_all_startup_hooks_have_ended()
    {
        var subject = Set<Hooked>();
        var call = subject.Together();

        Stage.OpenForGood("second");
        await Stage.Said("second ended");
        Assert.That(Stage.Lines, Has.None.EqualTo("body"));

        Stage.OpenForGood("first");
        Assert.That(await call.InTime(), Is.EqualTo(1));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "first started", "second started", "second ended", "first ended", "body" }));
    }

    [Test]
    public async Task the_caller_gets_the_result_when_all_completion_hooks_have_ended()
    {
        var subject = Set<Hooked>();
        var call = subject.TogetherAtEnd();

        Stage.OpenForGood("first");
        await Stage.Said("first ended");
        Assert.That(call.IsCompleted, Is.False);

        Stage.OpenForGood("second");
        Assert.That(await call.InTime(), Is.EqualTo(2));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "first started", "second started", "first ended", "second ended" }));
    }

    [Test]
    public async Task a_hook_is_given_the_context_that_is_current_in_it_and_in_the_body()
    {
        var subject = Set<Hooked>();

        var context = await subject.SeesContext().InTime();

        Assert.Multiple(() =>
        {
            Assert.That(subject.Given, Is.SameAs(context));
            Assert.That(subject.Found, Is.SameAs(context));
        });
    }

    [Test]
    public async Task a_hook_sees_the_current_context_after_its_awaits_too()
    {
        var subject = Set<Hooked>();

        var context = await subject.SeesContextAfterAwaits().InTime();

        Assert.Multiple(() =>
        {
            Assert.That(subject.Given, Is.SameAs(context));
            Assert.That(subject.Found, Is.SameAs(context));
        });
    }

    [Test]
    public async Task hooks_are_looked_up_in_another_type_where_one_is_named()
    {
        HooksElsewhere.Log.Clear();

        await Set<Hooked>().FromElsewhere().InTime();

        Assert.That(HooksElsewhere.Log, Is.EqualTo(new[] { "note", "FromElsewhere" }));
    }

    [Test]
    public async Task each_of_four_startup_and_completion_hooks_runs_once()
    {
        var subject = Set<Hooked>();
        Hooked.Shared.Clear();

        await subject.FourAtBothEnds().InTime();

        Assert.Multiple(() =>
        {
            Assert.That(Stage.Lines, Is.EqualTo(new[] { "2", "3", "4", "body", "2", "3", "4" }));
            Assert.That(Hooked.Shared, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task each_of_four_exception_hooks_runs_once()
    {
        var subject = Set<Hooked>();
        Hooked.Shared.Clear();

        await Failure<InvalidOperationException>(subject.FourOnException());

        Assert.Multiple(() =>
        {
            Assert.That(Stage.Lines, Is.EqualTo(new[] { "2", "3", "4" }));
            Assert.That(Hooked.Shared, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task each_of_four_timeout_hooks_runs_once_and_the_body_does_not_finish()
    {
        var subject = Set<Hooked>();
        Hooked.Shared.Clear();
        var call = subject.FourOnTimeout();

        Clock.Advance(1);
        await call.InTime();
        Stage.OpenForGood("door");

        Assert.Multiple(() =>
        {
            Assert.That(Stage.Lines, Is.EqualTo(new[] { "2", "3", "4" }));
            Assert.That(Hooked.Shared, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task a_static_method_has_static_hooks()
    {
        Hooked.Shared.Clear();

        Assert.That(await Hooked.OfGeneric("value").InTime(), Is.EqualTo("value"));

        Assert.That(Hooked.Shared, Is.EqualTo(new[] { "1 OfGeneric", "static" }));
    }

    [Test]
    public async Task a_struct_has_hooks_of_its_own()
    {
        var scene = Set<Hooked>();

        Assert.That(await new HookedStruct(scene).Work().InTime(), Is.EqualTo(4));

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "begin", "body", "finish 4" }));
    }

    [Test]
    public async Task a_generic_class_has_hooks_of_its_own_and_of_its_base()
    {
        var subject = Set<HookedGeneric<int>>();

        Assert.That(await subject.Work(3, "x").InTime(), Is.EqualTo(3));

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "Int32", "3 x", "completion" }));
    }
}
