namespace Tests.Tool;

/// <summary>sitters tree PID: the methods in each call.</summary>
internal sealed class TreeTests
{
    private const string Waits =
        """
        ,"control":{"source":"Tool","reason":"deploying","identity":"ann"},"waits":[{"method":"Shop.Jobs.Sync","file":"/src/Sync.cs","line":3,"awaits":"Task.WhenAll","for":65,"children":[
        {"method":"Shop.Orders.Load","file":"/src/Orders.cs","line":12,"awaits":"HttpClient.GetStringAsync","for":3.25},
        {"method":"Shop.Orders.Save","call":"2b3a9c2e-0000-0000-0000-000000000000","file":"/src/Orders.cs","line":20,"awaits":"Lib.Store","unwoven":true,"for":3,"children":[{"method":"Shop.Orders.Sum"}]}]}]
        """;

    private FakeProcess _process = null!;

    [SetUp]
    public void Begin() => _process = new FakeProcess { Calls = [FakeProcess.Call("1f3a9c2e", state: "Paused", more: Waits.Replace("\n", ""))] };

    [TearDown]
    public void End() => _process.Dispose();

    [Test]
    public void helpers_stand_under_what_called_them_with_place_and_time()
    {
        var run = ToolRun.Of(_process.Folder, "tree", FakeProcess.Name);

        Assert.That(run.Output, Is.EqualTo(
            """
            1f3a9c2e  Shop.Jobs.Sync  Paused  1.5s
               by ann (Tool): "deploying"
            └─ Shop.Jobs.Sync  Sync.cs:3 Task.WhenAll  1m05s
               ├─ Shop.Orders.Load  Orders.cs:12 HttpClient.GetStringAsync  3.2s
               └─ 2b3a9c2e  Shop.Orders.Save  Orders.cs:20 Lib.Store (not woven)  3.0s
                  └─ Shop.Orders.Sum  runs

            """));
    }

    [Test]
    public void no_line_is_wider_than_the_terminal_and_the_time_is_never_cut()
    {
        var run = ToolRun.Of(_process.Folder, 50, null, "tree", FakeProcess.Name);

        Assert.That(run.Lines, Has.All.Length.AtMost(50));
        Assert.That(run.Lines[3], Does.EndWith("  3.2s").And.Contain("Orders.Load"));
    }

    [Test]
    public void json_has_the_whole_tree()
    {
        var json = ToolRun.Of(_process.Folder, "tree", FakeProcess.Name, "--format", "json").Json;

        Assert.That(json["calls"]![0]!["waits"]![0]!["children"]!.AsArray(), Has.Count.EqualTo(2));
    }
}
