using AssemblyToProcess.Life;

namespace Tests.Life;

/// <summary>What a hook may look like, when it runs, and what it sees.</summary>
internal sealed class HookTests : LifeFixture
{
    [Test]
    public async Task a_hook_may_return_nothing_a_task_or_a_value_task_and_take_the_context_or_not()
    {
        var subject = new Hooked();
        Hooked.Shared.Clear();

        Assert.That(await Outcome(subject.EveryShape()), Is.EqualTo(7));

        Assert.Multiple(() =>
        {
            Assert.That(subject.Log, Is.EquivalentTo(
                new[] { "plain", "context True", "task", "task context True", "value task", "value task context True", "body" }));
            Assert.That(subject.Log[^1], Is.EqualTo("body"));
            Assert.That(Hooked.Shared, Is.EqualTo(new[] { "static" }));
        });
    }

    [Test]
    public async Task hooks_of_one_event_are_started_in_the_order_written_without_waiting_for_each_other()
    {
        var subject = new Hooked();

        var call = subject.Together();

        Assert.That(subject.Log, Is.EqualTo(new[] { "first started", "second started" }));
        subject.First.SetResult();
        subject.Second.SetResult();
        await Outcome(call);
    }

    [Test]
    public async Task the_body_starts_when_all_startup_hooks_have_ended()
    {
        var subject = new Hooked();
        var call = subject.Together();

        subject.Second.SetResult();
        await subject.When("second ended");
        Assert.That(subject.Log, Has.None.EqualTo("body"));

        subject.First.SetResult();
        Assert.That(await Outcome(call), Is.EqualTo(1));
        Assert.That(subject.Log, Is.EqualTo(new[] { "first started", "second started", "second ended", "first ended", "body" }));
    }

    [Test]
    public async Task the_caller_gets_the_result_when_all_completion_hooks_have_ended()
    {
        var subject = new Hooked();
        var call = subject.TogetherAtEnd();

        subject.First.SetResult();
        await subject.When("first ended");
        Assert.That(call.IsCompleted, Is.False);

        subject.Second.SetResult();
        Assert.That(await Outcome(call), Is.EqualTo(2));
        Assert.That(subject.Log, Is.EqualTo(new[] { "body", "first started", "second started", "first ended", "second ended" }));
    }

    [Test]
    public async Task a_hook_is_given_the_context_that_is_current_in_it_and_in_the_body()
    {
        var subject = new Hooked();

        var context = await Outcome(subject.SeesContext());

        Assert.Multiple(() =>
        {
            Assert.That(subject.Given, Is.SameAs(context));
            Assert.That(subject.Found, Is.SameAs(context));
        });
    }

    [Test]
    public async Task a_hook_sees_the_current_context_after_its_awaits_too()
    {
        var subject = new Hooked();

        var context = await Outcome(subject.SeesContextAfterAwaits());

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

        await Outcome(new Hooked().FromElsewhere());

        Assert.That(HooksElsewhere.Log, Is.EqualTo(new[] { "note", "FromElsewhere" }));
    }

    [Test]
    public async Task each_of_four_startup_and_completion_hooks_runs_once()
    {
        var subject = new Hooked();
        Hooked.Shared.Clear();

        await Outcome(subject.FourAtBothEnds());

        Assert.Multiple(() =>
        {
            Assert.That(subject.Log, Is.EqualTo(new[] { "2", "3", "4", "body", "2", "3", "4" }));
            Assert.That(Hooked.Shared, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task each_of_four_exception_hooks_runs_once()
    {
        var subject = new Hooked();
        Hooked.Shared.Clear();

        await Failure<InvalidOperationException>(subject.FourOnException());

        Assert.Multiple(() =>
        {
            Assert.That(subject.Log, Is.EqualTo(new[] { "2", "3", "4" }));
            Assert.That(Hooked.Shared, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task each_of_four_timeout_hooks_runs_once_and_the_body_does_not_finish()
    {
        var subject = new Hooked();
        Hooked.Shared.Clear();
        var call = subject.FourOnTimeout();

        Clock.Advance(1);
        await Outcome(call);
        subject.Door.SetResult();

        Assert.Multiple(() =>
        {
            Assert.That(subject.Log, Is.EqualTo(new[] { "2", "3", "4" }));
            Assert.That(Hooked.Shared, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task a_static_method_has_static_hooks()
    {
        Hooked.Shared.Clear();

        Assert.That(await Outcome(Hooked.OfGeneric("value")), Is.EqualTo("value"));

        Assert.That(Hooked.Shared, Is.EqualTo(new[] { "1 OfGeneric", "static" }));
    }

    [Test]
    public async Task a_struct_has_hooks_of_its_own()
    {
        var recorder = new Hooked();

        Assert.That(await Outcome(new HookedStruct(recorder).Work()), Is.EqualTo(4));

        Assert.That(recorder.Log, Is.EqualTo(new[] { "begin", "body", "finish 4" }));
    }

    [Test]
    public async Task a_generic_class_has_hooks_of_its_own_and_of_its_base()
    {
        var subject = new HookedGeneric<int>();

        Assert.That(await Outcome(subject.Work(3, "x")), Is.EqualTo(3));

        Assert.That(subject.Log, Is.EqualTo(new[] { "Int32", "3 x", "completion" }));
    }
}
