using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Where the methods of a call stand: <see cref="SitContext.Waits"/>.</summary>
internal sealed class WaitsTests : ControllerFixture
{
    [Test]
    public async Task a_suspended_method_tells_its_file_its_line_and_what_it_awaits()
    {
        var call = Set<Waiting>().Alone();
        await Stage.Reached("door");

        var wait = Call("Alone").Waits.Single();

        Assert.Multiple(() =>
        {
            Assert.That(wait.MethodName, Is.EqualTo("AssemblyToProcess.Life.Waiting.Alone"));
            Assert.That(Path.GetFileName(wait.FilePath), Is.EqualTo("Waiting.cs"));
            Assert.That(wait.Line, Is.EqualTo(Waiting.Lines["alone"]));
            Assert.That(wait.Awaits, Is.EqualTo("Scene.At"));
            Assert.That(wait.Children, Is.Empty);
            Assert.That(wait.ToString(), Does.StartWith($"AssemblyToProcess.Life.Waiting.Alone at Waiting.cs:{wait.Line}: "));
        });
        await Finish(call, "door");
    }

    [Test]
    public async Task a_helper_stands_inside_the_await_that_waits_for_it()
    {
        var call = Set<Waiting>().WithHelper();
        await Stage.Reached("door");

        Assert.That(Tree("WithHelper"), Is.EqualTo("WithHelper: Waiting.Helper > Helper: Scene.At"));
        Assert.That(Call("WithHelper").Waits.Single().Children.Single().Line, Is.EqualTo(Waiting.Lines["helper"]));
        await Finish(call, "door");
    }

    [Test]
    public async Task all_branches_of_WhenAll_are_there()
    {
        var call = Set<Waiting>().Branches();
        await Stage.Reached("left");
        await Stage.Reached("right");
        Assert.That(Tree("Branches"), Is.EqualTo("Branches: Task.WhenAll > (Branch: Scene.At | Branch: Scene.At)"));

        Stage.OpenForGood("left");

        Assert.That(Tree("Branches"), Is.EqualTo("Branches: Task.WhenAll > Branch: Scene.At"));
        await Finish(call, "right");
    }

    [Test]
    public async Task work_of_Task_Run_stands_inside_what_has_started_it([Values("OnPool", "ByHelperOnPool")] string method)
    {
        var subject = Set<Waiting>();
        var call = method == "OnPool" ? subject.OnPool() : subject.ByHelperOnPool();
        await Stage.Reached("pool");
        await Until(() => Tree(method).Contains("lambda: Scene.At", StringComparison.Ordinal));

        Assert.That(Tree(method), Is.EqualTo(method == "OnPool"
            ? "OnPool: Task.Run > OnPool.lambda: Scene.At"
            : "ByHelperOnPool: Waiting.StartOnPool > StartOnPool: Task.Run > StartOnPool.lambda: Scene.At"));
        await Finish(call, "pool");
    }

    [Test]
    public async Task a_sat_call_inside_shows_its_own_methods()
    {
        var call = Set<Waiting>().Outer();
        await Stage.Reached("inner");

        Assert.That(Tree("Outer"), Is.EqualTo("Outer: Waiting.Between > Between: Waiting.Inner > Inner: Scene.At"));
        Assert.That(Tree("Inner"), Is.EqualTo("Inner: Scene.At"));
        await Finish(call, "inner");
    }

    [Test]
    public async Task a_shared_call_stands_inside_each_that_waits_for_it()
    {
        var subject = Set<Waiting>();
        var calls = new[] { subject.AsksForShared(), subject.AsksForShared() };
        await Stage.Reached("shared 1");

        foreach (var context in Sitter.ActiveCalls.Where(context => context.Name == "AsksForShared"))
        {
            Assert.That(Tree(context), Is.EqualTo("AsksForShared: Waiting.Shared > Shared: Scene.At"));
        }

        Stage.OpenForGood("shared 1");
        await Task.WhenAll(calls).InTime();
    }

    [Test]
    public async Task a_stream_stands_inside_the_loop_that_reads_it()
    {
        var call = Set<Waiting>().Reads();
        await Stage.Reached("number");

        Assert.That(Tree("Reads"), Is.EqualTo("Reads: Waiting.Numbers > Numbers: Scene.At"));
        await Finish(call, "number");
    }

    [Test]
    public async Task a_startup_hook_stands_inside_its_call()
    {
        var call = Set<Waiting>().Hooked();
        await Stage.Reached("preparing");

        Assert.That(Tree("Hooked"), Is.EqualTo("Hooked > Prepare: Scene.At"));
        Stage.OpenForGood("preparing");
        await Finish(call, "door");
    }

    [Test]
    public async Task a_call_that_does_not_flow_shows_the_same()
    {
        var call = Set<Waiting>().Unflowed();
        await Stage.Reached("door");

        Assert.That(Tree("Unflowed"), Is.EqualTo("Unflowed: Waiting.Helper > Helper: Scene.At"));
        await Finish(call, "door");
    }

    [Test]
    public async Task a_method_that_is_not_async_has_no_await_of_its_own()
    {
        var call = Set<Waiting>().NotAsync();
        await Stage.Reached("door");

        Assert.That(Tree("NotAsync"), Is.EqualTo("NotAsync > Helper: Scene.At"));
        await Finish(call, "door");
    }

    [Test]
    public async Task a_paused_call_shows_the_await_that_holds_it()
    {
        var call = Set<Waiting>().Alone();
        await Stage.Reached("door");
        Sitter.Pause();
        Stage.Open("door");

        Assert.That(Tree("Alone"), Is.EqualTo("Alone: Scene.At"));

        Sitter.Resume();
        await call.InTime();
    }

    [Test]
    public async Task an_interrupted_method_stands_at_its_await_until_its_context_lets_it_throw()
    {
        var posted = new List<Action>();
        var window = new Window { OnPost = posted.Add };
        var call = window.Start(() => Set<Waiting>().Alone());
        await Stage.Reached("door");
        Sitter.Cancel();
        await window.Posted(1);

        Assert.That(Tree("Alone"), Is.EqualTo("Alone: Scene.At"));

        posted.Single()();
        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_method_that_runs_code_waits_for_nothing()
    {
        var subject = Set<Waiting>();
        var call = subject.Crunch();
        await Stage.Reached("door");
        var opening = Task.Run(() => Stage.Open("door"));
        await Stage.Said("crunching");

        var wait = Call("Crunch").Waits.Single();

        Assert.Multiple(() =>
        {
            Assert.That(wait.MethodName, Does.EndWith(".Crunch"));
            Assert.That((wait.FilePath, wait.Line, wait.Awaits, wait.For), Is.EqualTo(((string?)null, (int?)null, (string?)null, TimeSpan.Zero)));
        });
        subject.Go.Set();
        await opening.InTime();
        await Finish(call, "after");
    }

    [Test]
    public async Task between_two_attempts_the_call_waits_for_the_next()
    {
        var call = Set<Waiting>().Failing();
        await Stage.Reached("door");
        Stage.Open("door");

        await Until(() => Tree("Failing") == "Failing: the next attempt");

        Clock.Advance(TimeSpan.FromMinutes(1));
        await Stage.Reached("door", 2);
        Assert.That(Tree("Failing"), Is.EqualTo("Failing: Scene.At"));
        Stage.OpenForGood("door");
        await Failure<InvalidOperationException>(call);
    }

    [Test]
    public async Task a_call_that_begins_in_a_pause_waits_for_its_end()
    {
        Sitter.Pause();
        var call = Set<Waiting>().Alone();

        Assert.That(Tree("Alone"), Is.EqualTo("Alone: the end of the pause"));

        Sitter.Resume();
        await Stage.Reached("door");
        await Finish(call, "door");
    }

    [Test]
    public async Task an_ended_call_waits_for_nothing()
    {
        var call = Set<Waiting>().Alone();
        var context = Call("Alone");

        await Finish(call, "door");

        Assert.That(context.Waits, Is.Empty);
    }

    [Test]
    public async Task the_time_begins_anew_with_each_await()
    {
        var subject = Set<Waiting>();
        var call = subject.Crunch();
        var context = Call("Crunch");
        await Until(() => context.Waits.Single().For > TimeSpan.FromMilliseconds(200));

        subject.Go.Set();
        Stage.Open("door");
        await Stage.Reached("after");

        Assert.That(context.Waits.Single().For, Is.LessThan(TimeSpan.FromMilliseconds(200)));
        await Finish(call, "after");
    }

    [Test]
    public async Task a_tree_may_be_thousands_deep()
    {
        const int Depth = 3000;
        var call = Set<Waiting>().Deep(Depth);
        await Stage.Reached("door");

        var depth = 0;
        for (var wait = Call("Deep").Waits.Single(); wait is not null; wait = wait.Children.SingleOrDefault())
        {
            depth++;
        }

        Assert.That(depth, Is.EqualTo(Depth + 2));
        await Finish(call, "door");
    }

    private async Task Finish(Task call, string point)
    {
        Stage.OpenForGood(point);
        await call.InTime();
    }

    private static string Tree(string method) => Tree(Call(method));

    /// <summary>The names of the methods, what they await, and what is inside.</summary>
    private static string Tree(SitContext call) => string.Join(" | ", call.Waits.Select(Tree));

    private static string Tree(SitWait wait)
    {
        var name = wait.MethodName.Replace("AssemblyToProcess.Life.Waiting.", "", StringComparison.Ordinal);
        var inside = string.Join(" | ", wait.Children.Select(Tree).Order(StringComparer.Ordinal));
        return name + (wait.Awaits is null ? "" : $": {wait.Awaits}")
            + (wait.Children.Count > 1 ? $" > ({inside})" : inside.Length > 0 ? $" > {inside}" : "");
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(10);
        }
    }
}
