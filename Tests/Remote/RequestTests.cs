using System.Text;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Remote;

/// <summary>What can be asked for from outside, and what is refused.</summary>
internal sealed class RequestTests : ControllerFixture
{
    [TearDown]
    public void EndPauses() => Sitter.Resume("*");

    [Test]
    public async Task the_list_has_each_call_with_its_method_state_and_age()
    {
        var call = Set<Steered>().Sync();
        Clock.Advance(TimeSpan.FromSeconds(2.5));

        var lines = Requests.Ask("""{"id":"a","do":"ps"}""");

        var listed = lines[0].GetProperty("call");
        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines[0].Text("id"), Is.EqualTo("a"));
        Assert.That(listed.GetProperty("id").GetGuid(), Is.EqualTo(Call("Sync").Id));
        Assert.That(listed.Text("method"), Is.EqualTo("AssemblyToProcess.Life.Steered.Sync"));
        Assert.That(listed.Text("state"), Is.EqualTo("Running"));
        Assert.That(listed.Number("attempt"), Is.EqualTo(1));
        Assert.That(listed.GetProperty("age").GetDouble(), Is.EqualTo(2.5));
        Assert.That(listed.GetProperty("started").GetDateTimeOffset(), Is.EqualTo(Call("Sync").StartedAt));
        Assert.That(lines[1].GetRawText(), Is.EqualTo("""{"id":"a","done":true,"calls":1,"paused":false}"""));
        Stage.OpenForGood("sync");
        await call.InTime();
    }

    [Test]
    public async Task a_verb_acts_on_the_calls_that_pass_all_that_is_said()
    {
        var scene = Set<Steered>();
        var (sync, load) = (scene.Sync(), scene.Load());
        var id = Call("Sync").Id.ToString();

        Assert.That(Requests.AskForOne($$"""{"do":"cancel","call":"{{id}}","methods":"*.Load"}""").Number("calls"), Is.Zero);
        Assert.That(Requests.AskForOne("""{"do":"cancel","olderThan":1}""").Number("calls"), Is.Zero);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = Requests.AskForOne($$"""{"do":"cancel","olderThan":1,"call":"{{id[..8]}}","state":"running"}""");

        Assert.That(answer.Number("calls"), Is.EqualTo(1));
        Assert.That(answer.GetProperty("ids")[0].GetString(), Is.EqualTo(id));
        await sync.InTime();
        Assert.That(load.IsCompleted, Is.False);
        Stage.OpenForGood("load");
        await load.InTime();
    }

    [Test]
    public async Task a_pause_without_more_than_methods_covers_calls_that_begin_later()
    {
        var answer = Requests.AskForOne("""{"do":"pause","methods":"*.Sync","reason":"repairs","identity":"anna"}""");
        var call = Set<Steered>().Sync();

        Assert.That(answer.GetProperty("standing").GetBoolean(), Is.True);
        Assert.That(Call("Sync").State, Is.EqualTo(SitState.Pending));
        Assert.That(Call("Sync").LastControl, Is.EqualTo(
            new SitControl { Reason = "repairs", Identity = "anna", Source = SitControlSource.Tool }));
        Assert.That(Requests.AskForOne("""{"do":"resume","methods":"*.Sync"}""").Number("calls"), Is.EqualTo(1));
        Stage.OpenForGood("sync");
        await call.InTime();
    }

    [Test]
    public async Task a_dry_run_says_which_calls_it_would_be_and_does_nothing([Values("pause", "resume", "restart", "cancel")] string verb)
    {
        var call = Set<Steered>().Sync();

        var answer = Requests.AskForOne($$"""{"do":"{{verb}}","dryRun":true}""");

        Assert.That(answer.GetProperty("dryRun").GetBoolean(), Is.True);
        Assert.That(answer.GetProperty("ids")[0].GetGuid(), Is.EqualTo(Call("Sync").Id));
        Assert.That(Call("Sync").State, Is.EqualTo(SitState.Running));
        Assert.That(Call("Sync").LastControl, Is.Null);
        Stage.OpenForGood("sync");
        await call.InTime();
    }

    [Test]
    public void an_order_is_carried_out_once_however_often_it_is_sent()
    {
        var request = $$"""{"id":"{{Guid.NewGuid()}}","do":"pause","reason":"once"}""";
        var first = Requests.AskForOne(request);
        Sitter.Resume();

        var second = Requests.AskForOne(request);

        Assert.That(Sitter.IsPaused, Is.False);
        Assert.That(first.Has("repeated"), Is.False);
        Assert.That(second.GetProperty("repeated").GetBoolean(), Is.True);
    }

    [Test]
    public void an_id_that_has_named_another_order_is_refused()
    {
        var id = Guid.NewGuid();
        Requests.Ask($$"""{"id":"{{id}}","do":"resume"}""");

        Assert.That(Requests.AskForOne($$"""{"id":"{{id}}","do":"pause"}""").Text("error"), Is.EqualTo("invalid"));
        Assert.That(Sitter.IsPaused, Is.False);
    }

    [Test]
    public void nothing_is_carried_out_after_its_time([Values("pause", "ps", "log", "config")] string what)
    {
        var answer = Requests.AskForOne($$"""{"id":"x","do":"{{what}}","until":"2001-01-01T00:00:00Z"}""");

        Assert.That(answer.Text("error"), Is.EqualTo("expired"));
        Assert.That(Sitter.IsPaused, Is.False);
    }

    [Test]
    public void the_log_has_what_was_done_by_whom_and_why_and_no_line_of_it_can_be_forged()
    {
        const string reason = "first\r\n{\"done\":true}\u2028\u0000\u001b[31m🙂";
        Requests.Ask("""{"do":"log"}""");
        Sitter.Resume(new SitControl { Reason = reason, Identity = "\nroot" });

        var lines = Requests.Ask("""{"id":"l","do":"log"}""");

        var last = lines[^2].GetProperty("control");
        Assert.That(last.Text("verb"), Is.EqualTo("Resume"));
        Assert.That(last.Text("source"), Is.EqualTo("Code"));
        Assert.That(last.Text("reason"), Is.EqualTo(reason));
        Assert.That(last.Text("identity"), Is.EqualTo("\nroot"));
    }

    [Test]
    public void the_configuration_has_the_settings_of_each_method_called_or_not_and_where_they_come_from()
    {
        var lines = Requests.Ask("""{"do":"config","methods":"AssemblyToProcess.Life.*"}""");

        var settings = lines.Select(line => line.GetProperty("method")).First(method => method.Text("name") == "AssemblyToProcess.Life.Flaky.Null").GetProperty("settings");
        Assert.That(settings.GetProperty("MaxAttempts").GetRawText(), Is.EqualTo("""{"value":3,"from":"[Sit] on AssemblyToProcess.Life.Flaky.Null"}"""));
        Assert.That(settings.GetProperty("GraceSeconds").GetRawText(), Is.EqualTo("""{"value":5,"from":"default"}"""));
    }

    [TestCase("""{"do":"pause","method":"Shop.*"}""", "method", Description = "A misspelt selector must not pause everything.")]
    [TestCase("""{"do":"pause","methods":null}""", "methods")]
    [TestCase("""{"do":"pause","methods":""}""", "methods")]
    [TestCase("""{"do":"pause","methods":"A","methods":"B"}""", "twice")]
    [TestCase("""{"do":"pause","call":"123"}""", "call")]
    [TestCase("""{"do":"pause","call":"zzzz"}""", "call")]
    [TestCase("""{"do":"pause","call":[["1234"]]}""", "call")]
    [TestCase("""{"do":"pause","state":"3"}""", "state")]
    [TestCase("""{"do":"pause","olderThan":-1}""", "olderThan")]
    [TestCase("""{"do":"pause","for":0}""", "for")]
    [TestCase("""{"do":"pause","for":1e300}""", "for")]
    [TestCase("""{"do":"cancel","for":1}""", "for")]
    [TestCase("""{"do":"resume","rate":0}""", "rate")]
    [TestCase("""{"do":"pause","rate":1}""", "rate")]
    [TestCase("""{"do":"pause","dryRun":"yes"}""", "dryRun")]
    [TestCase("""{"do":"pause","until":"soon"}""", "until")]
    [TestCase("""{"do":"ps","limit":0}""", "limit")]
    [TestCase("""{"do":"pause","id":7}""", "id")]
    [TestCase("""{"do":"pause","reason":"\ud800"}""", "reason")]
    [TestCase("""{"methods":"*"}""", "do")]
    public void what_is_not_in_order_is_refused_with_the_reason_and_nothing_happens(string request, string names)
    {
        var answer = Requests.AskForOne(request);

        Assert.That(answer.Text("error"), Is.EqualTo("invalid"));
        Assert.That(answer.Text("message"), Does.Contain(names));
        Assert.That(Sitter.IsPaused, Is.False);
    }

    [Test]
    public void what_there_is_not_is_refused_with_what_there_is() =>
        Assert.That(Requests.AskForOne("""{"do":"stop"}""").Text("message"), Does.Contain("ps, tree, pause"));

    [TestCase("")]
    [TestCase("hello")]
    [TestCase("[]")]
    [TestCase("\"ps\"")]
    [TestCase("{\"do\":\"ps\"")]
    [TestCase("{\"do\":\"ps\"}{}")]
    [TestCase("{\"do\":\"pause\",\"reason\":\"\0\"}")]
    [TestCase("{\"do\":\"ps\",\"x\":[[[[[[[[[[[[]]]]]]]]]]]]}")]
    public void what_is_no_object_is_refused(string request) =>
        Assert.That(Requests.AskForOne(request).Text("error"), Is.EqualTo("invalid"));

    [Test]
    public void no_bytes_whatever_make_it_fail()
    {
        var random = new Random(20261126);
        var seed = Encoding.UTF8.GetBytes("""{"id":"a","do":"ps","call":["1234","abcd"],"olderThan":1.5,"state":"Running","limit":3}""");
        for (var i = 0; i < 20_000; i++)
        {
            var request = (byte[])seed.Clone();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                request[random.Next(request.Length)] = (byte)random.Next(256);
            }

            var answer = Requests.Ask(request[..random.Next(request.Length + 1)]);
            Assert.That(answer[^1].Has("done") || answer[^1].Text("error") is "invalid" or "unknown");
        }
    }

    [Test]
    public void a_beginning_that_stands_for_several_calls_is_refused_by_a_verb()
    {
        var ids = new Sitters.Runtime.Remote.CallIdSet();
        ids.Add("1f3a9c2e");

        var refusal = Assert.Throws<Sitters.Runtime.Remote.RemoteError>(() => ids.CheckUnambiguous(
            [Guid.Parse("1f3a9c2e-0000-0000-0000-000000000001"), Guid.Parse("1f3a9c2e-0000-0000-0000-000000000002")]));

        Assert.That(refusal.Kind, Is.EqualTo("ambiguous"));
    }
}
