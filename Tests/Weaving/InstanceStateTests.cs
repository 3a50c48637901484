using Sitters.Fody.Metadata;

namespace Tests.Weaving;

/// <summary>What a method knows of its instance, in whatever way it was compiled.</summary>
[TestFixture("AssemblyToProcess.Debug")]
[TestFixture("AssemblyToProcess.Release")]
[TestFixture("AssemblyToProcess.RuntimeAsync")]
internal sealed class InstanceStateTests(string name)
{
    private readonly Subject _subject = new(name);

    [TestCase("Cached", "Three", "reads 'Say'")]
    [TestCase("CachedOriginal", "Tell", "reads 'Name'")]
    [TestCase("CachedExplicit", "Sum", "reads 'Left'")]
    [TestCase("CachedOfType`1", "Tell", "reads 'value'")]
    [TestCase("ICachedGreeter", "Greet", "reads 'Name'")]
    [TestCase("CachedKnot", "Itself", "hands its instance to other code")]
    [TestCase("CachedCircles", "Left", "reads 'At'")]
    [TestCase("CachedCircles", "One", "reads 'Say'")]
    public void a_method_reads_it_itself_or_through_others(string type, string method, string known) =>
        Assert.That(KnownTo("Life." + type, method), Is.EqualTo(known));

    [Test]
    public void what_a_method_calls_that_has_no_code_here_may_read_anything() =>
        Assert.That(KnownTo("HookBase", "ProtectedOfBase"), Is.EqualTo("calls 'Note' on its instance"));

    [TestCase("Cached", "Shared")]
    [TestCase("Cached", "Contexts")]
    [TestCase("CachedByUser", "SharedInCommon")]
    [TestCase("CachedRecord", "Make")]
    [TestCase("CachedCircles", "Factorial")]
    [TestCase("CachedCircles", "ThroughHelper")]
    [TestCase("CachedCircles", "Tried")]
    public void a_method_that_does_not_is_the_same_for_all_instances(string type, string method) =>
        Assert.That(KnownTo("Life." + type, method), Is.Null);

    private string? KnownTo(string type, string method)
    {
        using var module = Woven.Before(_subject).Read(new ReferenceResolver(_subject.References));
        var definition = module.GetType("AssemblyToProcess." + type).Methods.Single(candidate => candidate.Name == method);
        return InstanceState.KnownTo(definition);
    }
}
