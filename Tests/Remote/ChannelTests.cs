using System.Runtime.Versioning;
using Tests.Signals;

namespace Tests.Remote;

/// <summary>The channel of a process, used and abused: whatever comes, the process answers the next, and its calls go on.</summary>
[Platform("Linux,MacOSX")]
[UnsupportedOSPlatform("windows")]
internal sealed class ChannelTests
{
    [Test]
    public async Task two_clients_at_once_get_only_their_own_answers()
    {
        await using var child = await Child.StartUntil(". 500 started", "crowd:500");
        using var one = await Channel.Open(child);
        using var other = await Channel.Open(child);

        await Task.WhenAll(AskOften(one, "one"), AskOften(other, "other"));

        static async Task AskOften(Channel channel, string name)
        {
            for (var i = 0; i < 20; i++)
            {
                var lines = await channel.Ask($$"""{"id":"{{name}} {{i}}","do":"{{(i % 2 == 0 ? "ps" : "tree")}}"}""");
                Assert.That(lines.Select(line => line.Text("id")).Distinct(), Is.EqualTo(new[] { $"{name} {i}" }));
                Assert.That(lines, Has.Count.EqualTo(501));
            }
        }
    }

    [Test]
    public async Task several_requests_sent_at_once_are_answered_one_after_the_other()
    {
        await using var child = await Child.Start("work:a");
        using var channel = await Channel.Open(child);

        await channel.Send("""{"id":"1","do":"ps"}""" + "\n" + """{"id":"2","do":"log"}""" + "\r\n" + """{"id":"3",""");
        await channel.Send("\"do\":\"ps\"}\n");

        var ids = new List<string?>();
        while (ids.LastOrDefault() != "3")
        {
            ids.Add((await channel.Read()).Text("id"));
        }

        Assert.That(ids, Is.EqualTo(new[] { "1", "1", "2", "3" }));
    }

    [Test]
    public async Task a_client_that_dies_in_mid_word_or_does_not_wait_for_its_answer_harms_nobody()
    {
        await using var child = await Child.StartUntil(". 2000 started", "crowd:2000");
        var file = await Knocking.Knock(child.Id);
        foreach (var word in new[] { "", "{\"id\":\"x\",\"do\":", "{\"do\":\"ps\"}\n", "{\"do\":\"ps\"}\n{\"do\":\"ps\"}\n{\"do" })
        {
            using var dying = await Channel.ConnectOnly(file);
            await dying.Send(word);
        }

        await Answers(child, file, calls: 2000);
    }

    [Test]
    public async Task an_order_goes_on_whose_client_has_died()
    {
        await using var child = await Child.Start("work:a");
        using (var dying = await Channel.Open(child))
        {
            await dying.Send("""{"do":"cancel"}""" + "\n");
        }

        await child.Until("a cancellation");
    }

    [Test]
    public async Task bytes_of_any_kind_get_an_answer_or_the_end_of_their_own_connection()
    {
        await using var child = await Child.Start("work:a");
        var file = await Knocking.Knock(child.Id);
        var random = new Random(11);
        for (var i = 0; i < 200; i++)
        {
            var noise = new byte[random.Next(1, 3000)];
            random.NextBytes(noise);
            noise[^1] = (byte)'\n';
            using var channel = await Channel.Connect(file);
            await channel.Send(noise);
            Assert.That((await channel.Read()).Text("error"), Is.EqualTo("invalid"));
            Assert.That(await channel.ReadLine(), Is.Null);
        }

        await Answers(child, file, calls: 1);
    }

    [TestCase("""{"do":"ps","id":"x""")]
    [TestCase("""{"do":"ps"}{""")]
    [TestCase("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [TestCase("\0\0\0\0")]
    [TestCase("🙂")]
    [TestCase("")]
    [TestCase("GET / HTTP/1.1\r")]
    public async Task what_is_no_request_is_told_so_and_ends_its_connection(string line)
    {
        await using var child = await Child.Start("work:a");
        var file = await Knocking.Knock(child.Id);
        using var channel = await Channel.Connect(file);

        await channel.Send(line + "\n");

        Assert.That((await channel.Read()).Text("error"), Is.EqualTo("invalid"));
        Assert.That(await channel.ReadLine(), Is.Null);
        await Answers(child, file, calls: 1);
    }

    [Test]
    public async Task a_line_may_be_as_long_as_promised_and_no_longer()
    {
        const int longest = 64 * 1024;
        await using var child = await Child.Start("work:a");
        using var channel = await Channel.Open(child);
        var frame = """{"do":"restart","call":[],"reason":""}""";
        var request = frame.Insert(frame.Length - 2, new string('r', longest - frame.Length));

        Assert.That((await channel.AskForOne(request)).Number("calls"), Is.Zero);
        await channel.Send(request.Insert(2, " ") + "\n");

        Assert.That((await channel.Read()).Text("error"), Is.EqualTo("invalid"));
        Assert.That(await channel.ReadLine(), Is.Null);
        await Answers(child, await Channel.FileOf(child.Id), calls: 1);
    }

    [Test]
    public async Task thousands_may_connect_and_go()
    {
        await using var child = await Child.Start("work:a");
        var file = await Knocking.Knock(child.Id);
        for (var i = 0; i < 3000; i++)
        {
            using var quick = await Channel.ConnectOnly(file);
        }

        await Answers(child, file, calls: 1);
    }

    [Test]
    public async Task the_seventeenth_is_told_that_it_is_one_too_many_and_another_may_come_once_one_has_gone()
    {
        await using var child = await Child.Start("work:a");
        var file = await Knocking.Knock(child.Id);
        var channels = new List<Channel>();
        for (var i = 0; i < 16; i++)
        {
            channels.Add(await Channel.Connect(file));
        }

        using (var refused = await Channel.Connect(file))
        {
            Assert.That(refused.Greeting.Text("error"), Is.EqualTo("busy"));
            Assert.That(await refused.ReadLine(), Is.Null);
        }

        channels[3].Dispose();
        await Answers(child, file, calls: 1);
        channels.ForEach(channel => channel.Dispose());
    }

    [Test]
    public async Task who_does_not_read_makes_room_for_others_in_time()
    {
        await using var child = await Child.StartUntil(". 2000 started", "crowd:2000");
        var file = await Knocking.Knock(child.Id);
        var channels = new List<Channel>();
        for (var i = 0; i < 16; i++)
        {
            channels.Add(await Channel.Connect(file));
            await channels[i].Send("""{"do":"tree"}""" + "\n");
        }

        await Answers(child, file, calls: 2000);
        channels.ForEach(channel => channel.Dispose());
    }

    [Test]
    public async Task very_many_calls_arrive_whole_at_a_slow_reader_and_nobody_waits_for_it()
    {
        const int calls = 20_000;
        await using var child = await Child.StartUntil($". {calls} started", $"crowd:{calls}");
        using var slow = await Channel.Open(child);
        await slow.Send("""{"id":"s","do":"ps"}""" + "\n");

        // More than a socket holds: it stands still until it is read.
        using var other = await Channel.Open(child);
        Assert.That(await other.Ask("""{"do":"ps","limit":1}"""), Has.Count.EqualTo(2));
        await child.Ask("report");

        var lines = 0;
        while (!(await slow.Read()).Has("done"))
        {
            lines++;
        }

        Assert.That(lines, Is.EqualTo(calls));
    }

    [Test]
    public async Task the_same_order_on_another_connection_is_carried_out_once()
    {
        const string restart = """{"id":"3f1e","do":"restart"}""";
        await using var child = await Child.Start("work:a");
        var file = await Knocking.Knock(child.Id);
        using (var first = await Channel.Connect(file))
        {
            await first.Ask(restart);
        }

        await child.Until("a restart");
        using var second = await Channel.Connect(file);
        Assert.That((await second.AskForOne(restart)).GetProperty("repeated").GetBoolean(), Is.True);

        var call = (await second.Ask("""{"do":"ps"}"""))[0].GetProperty("call");
        Assert.That(call.Number("restarts"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_starved_thread_pool_keeps_nobody_from_an_answer()
    {
        await using var child = await Child.Start("work:a");
        await child.Ask("starve");

        using var channel = await Channel.Open(child);

        Assert.That(await channel.Ask("""{"do":"tree"}"""), Has.Count.EqualTo(2));
        Assert.That((await channel.AskForOne("""{"do":"pause"}""")).Number("calls"), Is.EqualTo(1));
        await child.Ask("feed");
    }

    [Test]
    public async Task a_handler_that_does_not_return_keeps_nobody_from_the_next_answer()
    {
        await using var child = await Child.Start("work:a", "hang-after=Pause");
        using var channel = await Channel.Open(child);
        await channel.Send("""{"id":"a1","do":"pause"}""" + "\n");
        await child.Until(". hangs after Pause");

        using var other = await Channel.Open(child);
        Assert.That((await other.Ask("""{"do":"ps"}"""))[^1].GetProperty("paused").GetBoolean(), Is.True);

        Assert.That((await channel.Read()).Text("error"), Is.EqualTo("busy"));
        Assert.That((await channel.AskForOne("""{"do":"resume"}""")).Number("calls"), Is.EqualTo(1));
    }

    [Test]
    public async Task an_answer_of_any_length_arrives_whole()
    {
        await using var child = await Child.StartUntil(". 2000 started", "crowd:2000");
        using var channel = await Channel.Open(child);

        var lines = await channel.Ask("""{"do":"ps"}""");

        Assert.That(lines.Sum(line => line.GetRawText().Length), Is.GreaterThan(256 * 1024));
        Assert.That(lines, Has.Count.EqualTo(2001));
        Assert.That(lines[^1].Number("calls"), Is.EqualTo(2000));
        Assert.That(lines.SkipLast(1).Select(line => line.GetProperty("call").Text("id")).Distinct().Count(), Is.EqualTo(2000));
    }

    [Test]
    public async Task reasons_with_line_breaks_stay_in_one_line_and_come_back_as_they_were()
    {
        const string reason = "one\ntwo\r\n{\"done\":true}\u0085\u2028\u001b[2J🙂";
        await using var child = await Child.Start("work:a");
        using var channel = await Channel.Open(child);
        var escaped = System.Text.Json.JsonSerializer.Serialize(reason);

        await channel.Ask($$"""{"do":"pause","reason":{{escaped}},"identity":{{escaped}}}""");

        var control = (await channel.Ask("""{"do":"ps"}"""))[0].GetProperty("call").GetProperty("control");
        Assert.That((control.Text("reason"), control.Text("identity"), control.Text("source")), Is.EqualTo((reason, reason, "Tool")));
        var logged = (await channel.Ask("""{"do":"log"}"""))[^2].GetProperty("control");
        Assert.That(logged.Text("reason"), Is.EqualTo(reason));
    }

    /// <summary>The process answers, and its calls go on.</summary>
    private static async Task Answers(Child child, string file, int calls)
    {
        // Those that were left are seen to have gone soon, not at once: until then there may be no place.
        for (var attempt = 1; ; attempt++, await Task.Delay(10))
        {
            using var channel = await Channel.Connect(file);
            if (channel.Greeting.Text("error") == "busy" && attempt < 3000)
            {
                continue;
            }

            Assert.That((await channel.Ask("""{"do":"ps"}"""))[^1].Number("calls"), Is.EqualTo(calls));
            break;
        }

        if (calls == 1)
        {
            child.Tell("open a body");
            await child.Until("a result done");
        }
    }
}
