namespace Tests.Weaving;

/// <summary>The woven assembly as a whole.</summary>
internal sealed class WovenCodeTests
{
    private static readonly Subject[] _subjects = [Subject.Debug, Subject.Release];

    [TestCaseSource(nameof(_subjects))]
    public void every_method_compiles_to_machine_code(Subject subject)
    {
        var woven = Weaver.Weave(subject);

        Assert.That(woven.Errors.Concat(woven.Messages.Where(message => message.Severity == "failure")), Is.Empty);
        Assert.That(Jit.Compile(woven.Load()).Failures, Is.Empty);
    }
}
