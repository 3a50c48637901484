namespace Tests.Weaving;

/// <summary>A failed weave leaves nothing behind that a next build would take for woven.</summary>
internal sealed class FailedWeaveTests
{
    [Test]
    public void an_error_deletes_the_output()
    {
        var output = Path.GetTempFileName();

        Weaver.Weave(Subject.Faulty, assemblyFile: output);

        Assert.That(File.Exists(output), Is.False);
    }

    [Test]
    public void an_error_is_told_where_the_source_is_whatever_the_symbols_call_it()
    {
        var folder = Directory.CreateTempSubdirectory("sitters-").FullName;
        var inSymbols = Path.GetDirectoryName(Weaver.Weave(Subject.Faulty).Errors.First().File);
        File.WriteAllText(Path.Combine(folder, ".Sitters.options"), $"PathMap=/source={inSymbols}");

        var errors = Weaver.Weave(Subject.Faulty, assemblyFile: Path.Combine(folder, "Faulty.dll")).Errors;

        Assert.That(errors.Select(error => error.File), Is.Not.Empty.And.All.StartsWith("/source/"));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void success_and_warnings_keep_it()
    {
        var output = Path.GetTempFileName();

        Weaver.Weave(Subject.Debug, assemblyFile: output);

        Assert.That(File.Exists(output), Is.True);
        File.Delete(output);
    }

    [Test]
    public void an_assembly_is_woven_once_only()
    {
        var output = Path.GetTempFileName();
        var woven = Weaver.Weave(Subject.Debug);

        var again = Weaver.Weave(Subject.Debug, assemblyFile: output, image: woven);

        Assert.That(again.Messages[^1].Severity, Is.EqualTo("failure"));
        Assert.That(again.Messages[^1].Text, Does.StartWith("Sitters has woven AssemblyToProcess.Debug already."));
        Assert.That(File.Exists(output), Is.False);
    }
}
