using System.Text.RegularExpressions;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Stress;

/// <summary>Where calls stand as another thread sees it while they go on: never a tree that there was not.</summary>
[NonParallelizable]
internal sealed partial class WaitsUnderWatchTests
{
    private const int Calls = 2_000;
    private const int AtOnce = 8;

    private readonly Waiting _subject = new() { At = async _ => await Task.Yield() };
    private volatile bool _isOver;

    [TearDown]
    public void Resume() => Sitter.Resume();

    [Test]
    public async Task a_tree_is_whole_while_its_calls_are_paused_restarted_and_end()
    {
        var wrong = new HashSet<string>();
        var looks = 0;
        var watching = OnThread(() =>
        {
            foreach (var call in Sitter.ActiveCalls)
            {
                var tree = Tree(call.Waits);
                looks++;
                if (!(call.Name == "Outer" ? OfOuter() : OfInner()).IsMatch(tree))
                {
                    wrong.Add(tree);
                }
            }
        });
        var random = new Random(1);
        var steering = OnThread(() =>
        {
            Action act = random.Next(8) == 0 ? Sitter.Restart : Sitter.Pause;
            act();
            Thread.Yield();
            Sitter.Resume();
        });

        for (var i = 0; i < Calls / AtOnce; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => _subject.Outer())).InTime();
        }

        _isOver = true;
        await Task.WhenAll(watching, steering).InTime();
        Assert.That(wrong, Is.Empty);
        Assert.That(looks, Is.Positive);
    }

    private Task OnThread(Action act) => Task.Factory.StartNew(
        () =>
        {
            while (!_isOver)
            {
                act();
            }
        },
        TaskCreationOptions.LongRunning);

    private static string Tree(IEnumerable<SitWait> waits) => string.Join(" | ", waits.Select(wait =>
        $"{wait.MethodName[(wait.MethodName.LastIndexOf('.') + 1)..]}{(wait.Awaits is null ? "" : $": {wait.Awaits}")}"
        + (wait.Children.Count == 0 ? "" : $" > {Tree(wait.Children)}")));

    [GeneratedRegex("^(Outer(: Waiting.Between|: the end of the pause)?( > Between(: Waiting.Inner)?( > Inner(: Scene.At|: the end of the pause)?)?)?)?$")]
    private static partial Regex OfOuter();

    [GeneratedRegex("^(Inner(: Scene.At|: the end of the pause)?)?$")]
    private static partial Regex OfInner();
}
