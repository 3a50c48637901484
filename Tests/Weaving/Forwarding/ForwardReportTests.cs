namespace Tests.Weaving.Forwarding;

/// <summary>What the build tells of the calls that were given a token.</summary>
internal sealed class ForwardReportTests
{
    private static readonly Subject[] _subjects = [Subject.Debug, Subject.Release, Subject.RuntimeAsync, Subject.RuntimeAsyncDebug];

    [TestCaseSource(nameof(_subjects))]
    public void each_call_that_was_given_the_token_is_told_where_it_is_asked_for(Subject subject)
    {
        var told = Weaver.Weave(subject, "<Sitters ReportForwardedTokens='true' />").Messages;

        AssertTold(told, "operation.Between(1", "Forwarding.OptionalInTheMiddle gives its call's token to AssemblyToProcess.Operation.Between as 'token'");
        AssertTold(
            told,
            "operation.WithResult(1)",
            "Forwarding.Configured gives its call's token to AssemblyToProcess.Operation.WithResult as 'token', in its overload");
    }

    [Test]
    public void nothing_is_told_otherwise() =>
        Assert.That(Weaver.Weave(Subject.Debug).Messages.Select(message => message.Text), Has.None.Contains("gives its call's token"));

    private static void AssertTold(IReadOnlyList<Message> told, string source, string text)
    {
        var line = told.Single(message => message.Text.Contains(text, StringComparison.Ordinal)).Text;
        var file = line[..line.IndexOf('(', StringComparison.Ordinal)];
        var number = int.Parse(line[(file.Length + 1)..line.IndexOf(',', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);

        // A build of CI leaves the folder of the repository out of the path of a source file.
        var path = Repository.PathOf("AssemblyToProcess", Path.GetFileName(file));
        Assert.That(File.ReadAllLines(path)[number - 1], Does.Contain(source));
    }
}
