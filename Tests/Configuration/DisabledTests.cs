using AssemblyToProcess.Configuring;
using Sitters;

namespace Tests.Configuration;

/// <summary>A method that is disabled runs as if it bore no [Sit], from its next call on.</summary>
internal sealed class DisabledTests : ControllerFixture
{
    private const string Name = "AssemblyToProcess.Configuring.Adjusted";

    [Test]
    public async Task a_disabled_method_is_no_call()
    {
        using var _ = Disable("Read");
        var call = Set<Adjusted>().Read();

        Assert.That(Sitter.ActiveCalls, Is.Empty);
        Sitter.Cancel();
        Clock.Advance(20);
        Stage.Open("read");

        Assert.That(await call.InTime(), Is.EqualTo("read"));
        Assert.That(Stage.Story, Is.EqualTo("read unsat"));
    }

    [Test]
    public async Task its_hooks_do_not_run()
    {
        using var _ = Disable("Number");
        Stage.OpenForGood("number");

        await Ends(Set<Adjusted>().Number(3), 3, "number");
    }

    [Test]
    public async Task it_keeps_no_results()
    {
        using var _ = Disable("Cached");
        Stage.OpenForGood("cached");
        var scene = Set<Adjusted>();

        await scene.Cached(1);
        await scene.Cached(1);

        Assert.That(Stage.Count("cached 1"), Is.EqualTo(2));
    }

    [Test]
    public async Task it_gets_its_callers_own_tokens([Values("Given", "Handed")] string method)
    {
        using var _ = Disable(method);
        using var source = new CancellationTokenSource();
        Stage.OpenForGood("given");
        var scene = Set<Adjusted>();
        scene.Expected = source.Token;

        var isTheSame = method == "Given" ? scene.Given(source.Token, null) : scene.Handed(source.Token, null);

        Assert.That(await isTheSame.InTime(), Is.True);
    }

    [Test]
    public async Task a_stream_is_the_iterators_own()
    {
        using var _ = Disable("Stream");
        Stage.OpenForGood("stream");
        var elements = new List<int>();
        await foreach (var element in Set<Adjusted>().Stream())
        {
            elements.Add(element);
        }

        Assert.That(elements, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(Stage.Story, Is.EqualTo("stream unsat"));
    }

    [Test]
    public async Task inside_another_call_it_is_a_helper_that_is_paused_with_it()
    {
        using var _ = Disable("Read");
        var call = Set<Adjusted>().Outer();
        await Stage.Said("read");
        Sitter.Pause();
        Stage.Open("read");
        await Sitter.WhenPaused().InTime();
        Assert.That(call.IsCompleted, Is.False);

        Sitter.Resume();

        await Ends(call, "read", "outer, read, outer over");
    }

    [Test]
    public async Task inside_another_call_an_interrupt_reaches_it_first()
    {
        using var _ = Disable("Read");
        var call = Set<Adjusted>().Outer();
        await Stage.Said("read");

        Sitter.Cancel();

        await Ends(call, null, "outer, read, outer over");
    }

    [Test]
    public async Task what_holds_for_many_can_be_enabled_for_one()
    {
        using var _ = Sitter.Configure(configuration =>
        {
            configuration.Defaults.Disabled = true;
            configuration.Methods[Name + ".Read"] = new SitSettings { Disabled = false };
        });
        Stage.OpenForGood("read");

        await Ends(Set<Adjusted>().Read(), "read", "read");
    }

    [Test]
    public async Task a_call_that_has_begun_stays_one_also_when_it_restarts()
    {
        var call = Set<Adjusted>().Number(3);
        using var _ = Disable("Number");
        Sitter.Restart();
        await Stage.Said("number", 2);
        Stage.Open("number");

        await Ends(call, 3, "startup, number, restart, startup, number, completion");
    }

    [Test]
    public async Task no_call_is_lost_while_it_is_switched_under_load()
    {
        var scene = Set<Adjusted>();
        Stage.OpenForGood("quick", "number", "cached");
        using var end = new CancellationTokenSource();
        var switching = Task.Run(() =>
        {
            var count = 0;
            for (; !end.IsCancellationRequested; count++)
            {
                Disable("").Dispose();
            }

            return count;
        });

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var sum = 0;
            for (var i = 0; i < 2_000; i++)
            {
                sum += (await scene.Quick(i))!.Value - i + (await scene.Number(i)) - i + int.Parse((await scene.Cached(i))!, null) - i + 1;
            }

            return sum;
        }))).InTime();
        await end.CancelAsync();

        Assert.That(results, Is.All.EqualTo(2_000));
        Assert.That(await switching.InTime(), Is.Positive);
    }

    private static IDisposable Disable(string method) => Sitter.Configure(configuration =>
        configuration.Methods[method.Length == 0 ? Name : $"{Name}.{method}"] = new SitSettings { Disabled = true });
}
