using System.Diagnostics.Tracing;
using System.Runtime.Versioning;
using Microsoft.Diagnostics.NETCore.Client;
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

        var file = await Knocking.Knock(child.Id);

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
        var file = await Knocking.Knock(child.Id);

        await Knocking.Knock(child.Id);

        using var channel = await Channel.Connect(file);
        await channel.Ask("""{"do":"ps"}""");
        Assert.That(Channel.FilesOf(child.Id), Is.EqualTo(new[] { file }));
    }

    [Test]
    public async Task a_knock_opens_anew_where_somebody_has_removed_the_file()
    {
        await using var child = await Child.Start("work:a");
        var removed = await Knocking.Knock(child.Id);
        File.Delete(removed);

        using var channel = await Channel.Open(child);

        Assert.That(Channel.FilesOf(child.Id).Single(), Is.Not.EqualTo(removed));
        Assert.That(await channel.Ask("""{"do":"ps"}"""), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task a_knock_that_comes_with_the_first_call_is_heard()
    {
        for (var i = 0; i < 3; i++)
        {
            // The event source is made while the session is there already.
            await using var child = await Child.Start("wait=nothing", "stay=");
            using var session = Knocking.Begin(child.Id, Knocking.Arguments());
            await child.Ask("start work:a");

            using var channel = await Channel.Connect(await Channel.FileOf(child.Id));
            session.Stop();
        }
    }

    [Test]
    public async Task what_is_no_knock_opens_nothing()
    {
        await using var child = await Child.Start("work:a");
        var visits = new Dictionary<string, Dictionary<string, string>>
        {
            ["none"] = [],
            ["stale"] = Knocking.Arguments(seconds: -5),
            ["of another version"] = Knocking.Arguments(version: "2"),
            ["quoted"] = Knocking.Arguments(id: "\"x\"y"),
            ["divided"] = Knocking.Arguments(id: "x;y=z"),
            ["not ASCII"] = Knocking.Arguments(id: "🙂"),
            ["huge"] = Knocking.Arguments(id: new string('a', 30_000)),
        };
        foreach (var (what, arguments) in visits)
        {
            Knocking.Visit(child.Id, arguments);
            Assert.That(Channel.FilesOf(child.Id), Is.Empty, what);
        }

        // Each was seen before this one: sessions are taken one after the other.
        using var channel = await Channel.Open(child);
        Assert.That(Channel.FilesOf(child.Id), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task a_source_that_is_born_after_the_time_of_a_knock_does_not_hear_it()
    {
        await using var child = await Child.Start("stay=");
        using var session = Knocking.Begin(child.Id, Knocking.Arguments(seconds: -5));

        await child.Ask("start work:a");
        await child.Until("a body");
        Knocking.Visit(child.Id, new Dictionary<string, string>());

        Assert.That(Channel.FilesOf(child.Id), Is.Empty);
        session.Stop();
    }

    [Test]
    public async Task the_end_of_a_session_repeats_no_knock()
    {
        await using var child = await Child.Start("work:a");
        using var session = Knocking.Begin(child.Id, Knocking.Arguments());
        var file = await Channel.FileOf(child.Id);
        File.Delete(file);

        session.Stop();
        Knocking.Visit(child.Id, new Dictionary<string, string>());

        Assert.That(Channel.FilesOf(child.Id), Is.Empty);
    }

    [Test]
    public async Task whoever_traces_the_process_still_can_while_code_of_the_program_hangs()
    {
        await using var child = await Child.Start("work:a", "hang-after=Pause");
        using var channel = await Channel.Open(child);
        await channel.Send("""{"id":"h","do":"pause"}""" + "\n");
        await child.Until(". hangs after Pause");

        using var session = new DiagnosticsClient(child.Id).StartEventPipeSession(
            [new EventPipeProvider("System.Runtime", EventLevel.Informational)], requestRundown: false, circularBufferMB: 1);

        Assert.That(await session.EventStream.ReadAsync(new byte[1]).AsTask().InTime(), Is.EqualTo(1));
        session.Stop();
    }

    [Test]
    public async Task an_open_channel_is_of_use_while_all_sessions_of_the_port_are_taken()
    {
        const int most = 64;
        await using var child = await Child.Start("work:a");
        using var channel = await Channel.Open(child);
        var sessions = new List<EventPipeSession>();
        for (var i = 0; i < most; i++)
        {
            sessions.Add(Knocking.Begin(child.Id, new Dictionary<string, string>()));
        }

        Assert.Catch<DiagnosticsClientException>(() => Knocking.Begin(child.Id, Knocking.Arguments()).Dispose());
        using var another = await Channel.Connect(await Channel.FileOf(child.Id));

        Assert.That((await another.Ask("""{"do":"ps"}"""))[^1].Number("calls"), Is.EqualTo(1));
        sessions.ForEach(session => session.Dispose());
    }
}
