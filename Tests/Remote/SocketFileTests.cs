using System.Runtime.Versioning;
using Tests.Signals;

namespace Tests.Remote;

/// <summary>Where the socket is, and that nothing of it stays.</summary>
[Platform("Linux,MacOSX")]
[UnsupportedOSPlatform("windows")]
internal sealed class SocketFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("sit-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task the_program_itself_may_open_the_channel_and_it_respects_the_folder_for_temporary_files()
    {
        await using var child = await Start(_folder);

        using var channel = await Channel.Connect(await Channel.FileOf(child.Id, _folder));

        Assert.That(channel.Greeting.Number("pid"), Is.EqualTo(child.Id));
    }

    [Test]
    public async Task the_program_may_open_it_where_the_diagnostics_port_is_closed()
    {
        await using var child = await Child.Start(
            new Dictionary<string, string> { ["TMPDIR"] = _folder, ["DOTNET_EnableDiagnostics"] = "0" }, "work:a", "tool=");

        using var channel = await Channel.Connect(await Channel.FileOf(child.Id, _folder));

        Assert.That((await channel.Ask("""{"do":"ps"}"""))[^1].Number("calls"), Is.EqualTo(1));
    }

    [Test]
    public async Task nothing_is_left_when_the_process_has_ended()
    {
        await using var child = await Start(_folder);
        Assert.That(Channel.FilesOf(child.Id, _folder), Has.Length.EqualTo(1));

        child.Tell("open a body");
        await child.End();

        Assert.That(Directory.GetFileSystemEntries(_folder, "sitters-*"), Is.Empty);
    }

    [Test]
    public async Task the_next_process_removes_what_a_killed_one_has_left_and_nothing_else()
    {
        await using var killed = await Start(_folder);
        await using var other = await Start(_folder);
        var left = Channel.FilesOf(killed.Id, _folder).Single();
        await killed.Kill();
        Assert.That(left, Does.Exist);
        var halfMade = Directory.CreateDirectory(Path.Combine(_folder, "sitters-1-0123456789abcdef")).FullName;
        File.WriteAllText(Path.Combine(halfMade, "s"), "");
        Directory.SetLastWriteTimeUtc(halfMade, DateTime.UtcNow.AddHours(-1));
        var foreign = new[] { "sitters-1.socket", "sitters-x-0123456789abcdef.socket", "sitters-tool.log" };
        Array.ForEach(foreign, name => File.WriteAllText(Path.Combine(_folder, name), ""));

        await using var next = await Start(_folder);

        Assert.That(
            Directory.GetFileSystemEntries(_folder, "sitters-*"),
            Is.EquivalentTo(Channel.FilesOf(next.Id, _folder).Concat(Channel.FilesOf(other.Id, _folder))
                .Concat(foreign.Select(name => Path.Combine(_folder, name)))));
        using var channel = await Channel.Connect(Channel.FilesOf(other.Id, _folder).Single());
    }

    [Test]
    public async Task a_path_that_is_too_long_is_refused_with_what_to_do_and_the_process_goes_on()
    {
        var deep = Directory.CreateDirectory(Path.Combine(_folder, new string('d', 90))).FullName;

        await using var child = await Child.Start(new Dictionary<string, string> { ["TMPDIR"] = deep }, "work:a", "tool=");

        Assert.That(child.Events.First(), Does.StartWith("IOException: The path ").And.Contain("too long").And.Contain("TMPDIR"));
        Assert.That(Directory.GetFileSystemEntries(deep, "sitters-*"), Is.Empty);
        child.Tell("open a body");
        Assert.That(await child.End(), Is.Zero);
    }

    [Test]
    public async Task a_folder_that_is_not_there_is_refused_with_what_to_do()
    {
        await using var child = await Child.Start(
            new Dictionary<string, string> { ["TMPDIR"] = Path.Combine(_folder, "none") }, "work:a", "tool=");

        Assert.That(child.Events.First(), Does.StartWith("IOException: No socket could be made in ").And.Contain("TMPDIR"));
    }

    [Test]
    public async Task an_application_may_forbid_it()
    {
        await using var child = await Start(_folder, "forbid=tool");

        Assert.That(child.Events.First(), Does.StartWith("InvalidOperationException: ").And.Contain("Sitters.Tool"));
        await Knocking.VisitIn(_folder, child.Id, Knocking.Arguments());
        Assert.That(Channel.FilesOf(child.Id, _folder), Is.Empty);
        child.Tell("open a body");
        await child.End();
    }

    [Test]
    public async Task without_event_sources_there_is_no_door_and_the_program_opens_it_all_the_same()
    {
        await using var child = await Start(_folder, "forbid=events");

        using var channel = await Channel.Connect(await Channel.FileOf(child.Id, _folder));

        Assert.That(await channel.Ask("""{"do":"ps"}"""), Has.Count.EqualTo(2));
    }

    private static Task<Child> Start(string folder, params string[] more) =>
        Child.Start(new Dictionary<string, string> { ["TMPDIR"] = folder }, ["work:a", "tool=", .. more]);
}
