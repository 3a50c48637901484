using System.Runtime.Versioning;
using Sitters.Runtime.Remote;
using Tests.Signals;

namespace Tests.Remote;

/// <summary>How a process is asked to open its channel, in a process of its own.</summary>
[Platform("Linux,MacOSX")]
[UnsupportedOSPlatform("windows")]
internal sealed class KnockTests
{
    [Test]
    public async Task nothing_listens_before_somebody_knocks()
    {
        await using var child = await Child.Start("work:a");

        Assert.That(Channel.FilesOf(child.Id), Is.Empty);
        using var channel = await Channel.Open(child);

        Assert.That((await channel.AskForOne("""{"do":"pause"}""")).Number("calls"), Is.EqualTo(1));
    }

    [Test]
    public async Task the_socket_is_its_owners_alone()
    {
        await using var child = await Child.Start("work:a");
        Knocking.Knock(child.Id);

        var file = await Channel.FileOf(child.Id);

        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task the_greeting_tells_who_it_is()
    {
        await using var child = await Child.Start("work:a");

        using var channel = await Channel.Open(child);

        Assert.That(channel.Greeting.Number("sitters"), Is.EqualTo(1));
        Assert.That(channel.Greeting.Number("pid"), Is.EqualTo(child.Id));
        Assert.That(channel.Greeting.Text("name"), Is.EqualTo("SignalProgram"));
        Assert.That(channel.Greeting.Text("version"), Is.EqualTo(typeof(RemoteRequests).Assembly.GetName().Version!.ToString(3)));
        Assert.That(channel.Greeting.Text("runtime"), Does.StartWith(".NET "));
        Assert.That(channel.Greeting.GetProperty("started").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(1).Hours);
        Assert.That(channel.Greeting.Number("calls"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_second_knock_finds_the_door_open()
    {
        await using var child = await Child.Start("work:a");
        Knocking.Knock(child.Id);
        var file = await Channel.FileOf(child.Id);

        Knocking.Knock(child.Id);

        using var channel = await Channel.Connect(file);
        await channel.Ask("""{"do":"ps"}""");
        Assert.That(Channel.FilesOf(child.Id), Is.EqualTo(new[] { file }));
    }

    [Test]
    public async Task a_knock_opens_anew_where_somebody_has_removed_the_file()
    {
        await using var child = await Child.Start("work:a");
        Knocking.Knock(child.Id);
        var removed = await Channel.FileOf(child.Id);
        File.Delete(removed);

        using var channel = await Channel.Open(child);

        Assert.That(Channel.FilesOf(child.Id).Single(), Is.Not.EqualTo(removed));
        Assert.That(await channel.Ask("""{"do":"ps"}"""), Has.Count.EqualTo(2));
    }
}
