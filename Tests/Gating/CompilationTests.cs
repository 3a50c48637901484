using System.Collections.Concurrent;
using Sitters;

namespace Tests.Gating;

/// <summary>The compiler makes other state machines in Debug and in Release: the same holds of both.</summary>
[TestFixtureSource(typeof(Compilations), nameof(Compilations.All))]
internal sealed class CompilationTests(string compilation) : ControllerFixture
{
    private static readonly string[] _shapes =
    [
        "LoopWithTry", "TryAroundLoop", "SwitchExpression", "Ternary", "Expressions", "CatchAndFinally", "AwaitUsing", "ManyLocals", "Goto",
        "Lambdas", "OwnStream", "SatStream", "Struct", "Yielding", "DynamicAwait", "ExceptionsInLocals", "Locked", "Generic",
    ];

    private static readonly Dictionary<string, int> _results = new()
    {
        ["LoopWithTry"] = 4,
        ["TryAroundLoop"] = 108,
        ["SwitchExpression"] = 1111,
        ["Ternary"] = 1111,
        ["Expressions"] = 99,
        ["CatchAndFinally"] = 31,
        ["AwaitUsing"] = 6,
        ["ManyLocals"] = 141,
        ["Goto"] = 9,
        ["Lambdas"] = 15,
        ["OwnStream"] = 4,
        ["SatStream"] = 3,
        ["Struct"] = 8,
        ["Yielding"] = 85,
        ["DynamicAwait"] = 6,
        ["ExceptionsInLocals"] = 5,
        ["Locked"] = 3,
        ["Generic"] = 42,
    };

    [Test]
    public async Task a_body_gives_its_result_where_no_await_suspends([ValueSource(nameof(_shapes))] string shape)
    {
        Stage.OpenAll();

        Assert.That(await Run(shape), Is.EqualTo(_results[shape]));
        AssertBalance();
    }

    [Test]
    public async Task a_body_gives_its_result_where_every_await_suspends([ValueSource(nameof(_shapes))] string shape)
    {
        Stage.OnArrival = point => Task.Run(() => Stage.OpenForGood(point));

        Assert.That(await Run(shape), Is.EqualTo(_results[shape]));
        AssertBalance();
    }

    [Test]
    public async Task a_body_gives_its_result_where_it_is_paused_before_every_await([ValueSource(nameof(_shapes))] string shape)
    {
        var resumes = new ConcurrentBag<Task>();
        Stage.OpenAll();
        Stage.OnArrival = _ =>
        {
            Sitter.Pause();
            resumes.Add(Task.Run(Sitter.Resume));
        };
        var result = await Run(shape);
        await Task.WhenAll(resumes);

        Assert.That(result, Is.EqualTo(_results[shape]));
        AssertBalance();
    }

    [Test]
    public async Task a_body_that_is_interrupted_at_any_of_its_awaits_cleans_up(
        [ValueSource(nameof(_shapes))] string shape, [Values] bool suspends)
    {
        for (var number = 0; ; number++)
        {
            if (number > 200)
            {
                Assert.Fail("There is no end to it.");
            }

            var (result, count, stage) = await RunInterrupted(shape, number, suspends);
            Assert.That(Imbalance(stage), Is.Empty, $"interrupted at await {number}");
            if (count <= number)
            {
                break;
            }

            // A body that was given the outcome of its last await, but for those in its cleanup, has never met the interrupt.
            Assert.That(result, number > 0 ? Is.Null.Or.EqualTo(_results[shape]) : Is.Null, $"interrupted at await {number}");
        }
    }

    [Test]
    public async Task a_body_that_is_restarted_at_any_of_its_awaits_gives_its_result([ValueSource(nameof(_shapes))] string shape)
    {
        for (var number = 0; ; number++)
        {
            if (number > 200)
            {
                Assert.Fail("There is no end to it.");
            }

            var stage = new Stage();
            var count = 0;
            stage.OpenAll();
            stage.OnArrival = _ =>
            {
                if (count++ == number)
                {
                    Sitter.Restart();
                }
            };
            var result = await Invoke(Create("Shapes", stage), shape).WaitAsync(Stage.Patience);

            Assert.That(result, Is.EqualTo(_results[shape]), $"restarted at await {number}");
            Assert.That(Imbalance(stage), Is.Empty, $"restarted at await {number}");
            if (count <= number)
            {
                break;
            }
        }
    }

    [Test]
    public async Task the_stack_trace_of_an_interrupt_names_the_line_of_the_await()
    {
        var scene = Create("Interrupts", Stage);
        Task<int?> call = Invoke(scene, "Traced");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);

        // Where there is no state machine to tell whose body it is, the moved body shows its own name.
        var name = compilation is Compilations.RuntimeAsync or Compilations.RuntimeAsyncDebug ? "Interrupts.<Traced>$sat(" : "Interrupts.Traced()";
        Assert.That((string)scene.Trace, Does.Contain($"Interrupts.cs:line {scene.Line}").And.Contain(name));
    }

    [Test]
    public async Task an_interrupted_method_goes_on_where_the_flag_of_ConfigureAwait_says(
        [Values("IsToldWhereToGoOn", "IsToldByOneOfTwo")] string method, [Values] bool captures)
    {
        using var thread = new SingleThread();
        var scene = Create("Interrupts", Stage);
        scene.Captures = captures;
        Task<int?> call = (await thread.Run(() => new[] { (Task<int?>)Invoke(scene, method) }))[0];

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Story, Is.EqualTo(captures ? "there" : "elsewhere"));
    }

    [Test]
    public async Task cleanup_runs_from_the_inside_outwards()
    {
        Task<int?> call = Invoke(Create("Interrupts", Stage), "CleansUp");

        Sitter.Cancel();
        Stage.OpenForGood("catch", "finally", "await using");

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Story, Is.EqualTo(
            "catch, catch is over, finally, finally is over, using, await using, await using is over, cancellation"));
    }

    [Test]
    public async Task a_pause_holds_at_completed_awaits()
    {
        Stage.When("first", Sitter.Pause);
        Task<int?> call = Invoke(Create("Pauses", Stage), "NeverSuspends");
        Assert.That(Stage.Story, Is.EqualTo("first"));

        Sitter.Resume();
        Assert.That(await call.InTime(), Is.EqualTo(1));
        Assert.That(Stage.Story, Is.EqualTo("first, second, third"));
    }

    [Test]
    public async Task helpers_end_before_their_callers(
        [Values("method", "lambda", "local function", "generic class", "value task", "pooled value task", "notify only", "class awaiter",
            "struct")] string kind)
    {
        Task<int?> call = Create("Helpers", Stage).Through(kind);

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Story, Is.EqualTo("inner, inner finally, outer finally"));
    }

    [Test]
    public async Task nested_calls_end_before_their_callers()
    {
        Task<int?> call = Create("Nested", Stage).Outer();
        Stage.OpenForGood("inner finally");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(
            Stage.Story,
            Is.EqualTo("outer startup, inner startup, inner finally, inner cancellation, outer catch, outer finally, outer cancellation"));
    }

    [Test]
    public async Task a_method_of_a_struct_works_on_a_copy_as_unwoven()
    {
        dynamic scene = Activator.CreateInstance(
            Compilations.Get(compilation).GetType("AssemblyToProcess.Gating.StructScene")!,
            (Action<string>)Stage.Say,
            (Func<string, Task>)Stage.At)!;
        Task<int?> call = scene.Work();
        Sitter.Pause();
        Stage.Open("work");
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(3));
        Assert.That(Stage.Story, Is.EqualTo("number 3"));
    }

    private static Task<int?> Invoke(dynamic scene, string method)
    {
        var definition = ((Type)scene.GetType()).GetMethod(method)!;
        var result = definition.IsGenericMethod
            ? definition.MakeGenericMethod(typeof(int)).Invoke(scene, new object[] { 42 })
            : definition.Invoke(scene, null);
        return result is ValueTask<int?> task ? task.AsTask() : (Task<int?>)result;
    }

    private static string[] Imbalance(Stage stage)
    {
        var open = new List<string>();
        foreach (var line in stage.Lines)
        {
            if (line[0] == '+')
            {
                open.Add(line[1..]);
            }
            else if (!open.Remove(line[1..]))
            {
                open.Add("closed twice: " + line);
            }
        }

        return [.. open];
    }

    private async Task<int?> Run(string shape) => await Invoke(Create("Shapes", Stage), shape).WaitAsync(Stage.Patience);

    private async Task<(int? Result, int Awaits, Stage Stage)> RunInterrupted(string shape, int number, bool suspends)
    {
        var stage = new Stage();
        var count = 0;
        if (!suspends)
        {
            stage.OpenAll();
        }

        stage.OnArrival = point =>
        {
            if (count++ == number)
            {
                if (suspends)
                {
                    // Most awaits are ended by the cancel. One in a cleanup is not, and goes on a little later.
                    Task.Run(async () =>
                    {
                        Sitter.Cancel();
                        await Task.Delay(20);
                        stage.OpenForGood(point);
                    });
                }
                else
                {
                    Sitter.Cancel();
                }
            }
            else if (suspends)
            {
                Task.Run(() => stage.OpenForGood(point));
            }
        };
        var result = await Invoke(Create("Shapes", stage), shape).WaitAsync(Stage.Patience);
        return (result, count, stage);
    }

    private void AssertBalance() => Assert.That(Imbalance(Stage), Is.Empty);

    private dynamic Create(string type, Stage stage)
    {
        var scene = Activator.CreateInstance(Compilations.Get(compilation).GetType("AssemblyToProcess.Gating." + type)!)!;
        scene.GetType().GetProperty("Say")!.SetValue(scene, (Action<string>)stage.Say);
        scene.GetType().GetProperty("At")!.SetValue(scene, (Func<string, Task>)stage.At);
        return scene;
    }
}
