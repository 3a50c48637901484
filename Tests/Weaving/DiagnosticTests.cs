namespace Tests.Weaving;

/// <summary>What the weaver tells of code that can't be sat, or not well.</summary>
internal sealed class DiagnosticTests
{
    // Anew for each test, so that whoever asks which code a test covers (dotnet-stryker does) gets it for each.
    private static Woven Faulty => Weaver.Weave(Subject.Faulty);

    [Test]
    public void each_is_told_at_its_line_and_all_in_one_build()
    {
        var faulty = Faulty;
        var told = faulty.Errors.Concat(faulty.Warnings)
            .Select(message => message.File is null
                ? $"{message.Code} without a place"
                : $"{message.Code} at {Path.GetFileName(message.File)}:{message.Line}");

        Assert.That(told.Order(), Is.EqualTo(ExpectedMessages.Read().Order()));
    }

    [Test]
    public void only_sit005_sit010_sit013_sit014_sit016_and_sit017_are_warnings() => Assert.That(
        Faulty.Warnings.Select(message => message.Code).Distinct().Order(),
        Is.EqualTo(["SIT005", "SIT010", "SIT013", "SIT014", "SIT016", "SIT017"]));

    [Test]
    public void the_build_fails_after_the_last_error()
    {
        var last = Faulty.Messages[^1];

        Assert.That(last.Severity, Is.EqualTo("failure"));
        Assert.That(last.Text, Does.Match(@"^Sitters wove nothing: \d+ errors above\.$"));
    }
}
