using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>Code that belongs to no call, or to another, is not drawn into the call that resumes it.</summary>
internal sealed class OutsideCodeTests : ControllerFixture
{
    [Test]
    public async Task a_method_outside_that_a_call_resumes_stays_outside([Values] bool flows)
    {
        var scene = Set<Strangers>();
        var outside = scene.Outside();
        var call = flows ? scene.Rings() : scene.RingsWithoutFlow();

        Stage.Open("before");
        Assert.That(
            Stage.Story, Is.EqualTo("outside listens, outside in a call: False, helper, rang in a call: True"));

        Sitter.Pause();
        Stage.Open("outside");
        Assert.That(outside.IsCompletedSuccessfully, Is.True);
        Sitter.Cancel();
        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Lines.Skip(4), Is.EqualTo(new[] { "helper in a call: False", "outside ends" }));
    }

    [Test]
    public async Task a_cancel_of_the_call_leaves_what_it_resumed_outside_alone([Values] bool flows)
    {
        var scene = Set<Strangers>();
        var outside = scene.Outside();
        var call = flows ? scene.Rings() : scene.RingsWithoutFlow();
        Stage.Open("before");

        Sitter.Cancel();
        Assert.That(await call.InTime(), Is.Default);
        Assert.That(outside.IsCompleted, Is.False);

        Stage.Open("outside");
        Assert.That(outside.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task a_call_that_another_resumes_keeps_its_own_context([Values] bool flows)
    {
        var scene = Set<Strangers>();
        var listening = scene.Listens();
        var call = flows ? scene.Rings() : scene.RingsWithoutFlow();
        Stage.Open("before");
        Assert.That(Stage.Story, Is.EqualTo("listens, heard in Listens, helper, rang in a call: True"));

        Sitter.Cancel(c => c.Name.StartsWith("Rings", StringComparison.Ordinal));
        Assert.That(await call.InTime(), Is.Default);
        Assert.That(listening.IsCompleted, Is.False);

        Stage.Open("outside");
        Assert.That(await listening.InTime(), Is.EqualTo(1));
        Assert.That(Stage.Lines[^1], Is.EqualTo("heard in Listens"));
    }
}
