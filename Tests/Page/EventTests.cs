using System.Text.Json;
using AssemblyToProcess.Life;
using Sitters;
using Sitters.AspNetCore;
using Sitters.AspNetCore.Live;

namespace Tests.Page;

/// <summary>The page is told what there is, and then what changes.</summary>
internal sealed class EventTests : ControllerFixture
{
    private static readonly Action<SittersPageOptions> _often = options => options.Interval = TimeSpan.FromSeconds(0.1);

    [Test]
    public async Task the_first_event_says_who_the_process_is_and_what_the_page_may()
    {
        await using var site = await Site.Start(options => { options.Title = "The shop"; options.ReadOnly = true; });
        using var events = await EventReader.Open(site.Client, user: "anna");

        var (name, hello) = (await events.Next())!.Value;

        Assert.That(name, Is.EqualTo("hello"));
        Assert.That(hello.GetProperty("title").GetString(), Is.EqualTo("The shop"));
        Assert.That(hello.GetProperty("readOnly").GetBoolean(), Is.True);
        Assert.That(hello.GetProperty("pid").GetInt32(), Is.EqualTo(Environment.ProcessId));
        Assert.That(hello.GetProperty("user").GetString(), Is.EqualTo("anna"));
    }

    [Test]
    public async Task the_first_look_has_every_call_and_the_next_only_what_is_different()
    {
        var subject = Set<Steered>();
        var sync = subject.Sync();
        await using var site = await Site.Start(_often);
        using var events = await EventReader.Open(site.Client);

        var first = await events.Look();
        Assert.That(first.GetProperty("whole").GetBoolean(), Is.True);
        Assert.That(Methods(first), Is.EqualTo(new[] { Call("Sync").MethodName }));
        Assert.That(Methods(await events.Look()), Is.Empty);

        var load = subject.Load();
        Assert.That(Methods(await events.Look(HasNews)), Is.EqualTo(new[] { Call("Load").MethodName }));

        var id = Call("Sync").Id.ToString();
        Stage.OpenAll();
        await Task.WhenAll(sync, load).InTime();
        var gone = new List<string?>();
        while (!gone.Contains(id))
        {
            gone.AddRange((await events.Look()).GetProperty("gone").EnumerateArray().Select(ended => ended.GetString()));
        }
    }

    [Test]
    public async Task a_call_that_only_grows_older_is_no_news()
    {
        var call = Set<Steered>().Sync();
        await using var site = await Site.Start(_often);
        using var events = await EventReader.Open(site.Client);
        var at = (await events.Look()).GetProperty("at").GetInt64();

        Clock.Advance(TimeSpan.FromHours(1));
        var later = await events.Look(look => look.GetProperty("at").GetInt64() > at);

        Assert.That(Methods(later), Is.Empty);
        Stage.OpenAll();
        await call.InTime();
    }

    [Test]
    public async Task an_order_from_anywhere_is_seen_at_once_and_stands_in_the_log()
    {
        var call = Set<Steered>().Sync();
        await using var site = await Site.Start(options => options.Interval = TimeSpan.FromMinutes(1));
        using var events = await EventReader.Open(site.Client);
        await events.Look();

        Sitter.Pause(new SitControl { Reason = "the database is being moved", Identity = "anna" });

        var look = await events.Look(look => look.GetProperty("paused").GetBoolean());
        var entry = look.GetProperty("log").EnumerateArray().Last();
        Assert.That(entry.GetProperty("reason").GetString(), Is.EqualTo("the database is being moved"));
        Assert.That(entry.GetProperty("identity").GetString(), Is.EqualTo("anna"));
        Sitter.Resume();
        Stage.OpenAll();
        await call.InTime();
    }

    [Test]
    public async Task two_who_look_see_the_same_and_one_who_does_not_read_holds_nobody_up()
    {
        await using var site = await Site.Start(_often);
        using var idle = await EventReader.Open(site.Client);
        using var events = await EventReader.Open(site.Client);

        for (var i = 0; i < 5; i++)
        {
            await events.Look();
        }

        using var late = await EventReader.Open(site.Client);
        Assert.That((await late.Look()).GetProperty("whole").GetBoolean(), Is.True);
        Assert.That((await idle.Look()).GetProperty("whole").GetBoolean(), Is.True);
    }

    [Test]
    public async Task nothing_looks_any_more_when_the_last_who_looked_has_gone()
    {
        var feed = new Feed(TimeSpan.FromSeconds(0.1));
        var one = feed.Join();
        var other = feed.Join();
        await one.After(null).InTime();

        feed.Leave();
        Assert.That(other, Is.SameAs(one));
        Assert.That(one.HasEnded, Is.False);
        feed.Leave();

        Assert.That(one.HasEnded, Is.True);
        Assert.That(feed.Join(), Is.Not.SameAs(one));
        feed.Leave();
    }

    [Test]
    public async Task one_who_has_missed_looks_gets_all_there_is()
    {
        var feed = new Feed(TimeSpan.FromSeconds(0.1));
        var watch = feed.Join();
        var first = await watch.After(null).InTime();
        var second = await watch.After(first).InTime();
        var third = await watch.After(second).InTime();

        Assert.That(IsWhole(third.MessageFor(first)), Is.True);
        Assert.That(IsWhole(third.MessageFor(second)), Is.False);
        Assert.That(IsWhole(third.MessageFor(null)), Is.True);
        feed.Leave();
    }

    [Test]
    public async Task a_stopping_host_says_so_and_is_not_held_up()
    {
        await using var site = await Site.Start(options => options.Interval = TimeSpan.FromMinutes(1));
        using var events = await EventReader.Open(site.Client);
        await events.Look();

        var stop = site.Stop();

        Assert.That((await events.Next())?.Name, Is.EqualTo("bye"));
        Assert.That(await events.Next(), Is.Null);
        await stop.InTime();
    }

    private static bool IsWhole(byte[] message) => System.Text.Encoding.UTF8.GetString(message).Contains("\"whole\":true", StringComparison.Ordinal);

    private static bool HasNews(JsonElement look) => look.GetProperty("set").GetArrayLength() > 0;

    private static IEnumerable<string?> Methods(JsonElement look) =>
        look.GetProperty("set").EnumerateArray().Select(row => row.GetProperty("call").GetProperty("method").GetString()).ToArray();
}
