using AssemblyToProcess.Streams;

namespace Tests.Streams;

/// <summary>What the tests of sat streams have in common: a consumer that asks for elements when the test says.</summary>
internal abstract class StreamFixture : ControllerFixture
{
    [SetUp]
    public void CleanUpAtOnce() => Stage.OpenForGood("cleanup");

    protected SatStreams Streams => Set<SatStreams>();

    /// <summary>Lets the subject pass all its points: at once, or each from another thread after it has come there.</summary>
    protected void OpenPoints(bool suspends)
    {
        // Not the fixture's, which may be the next test's by then.
        var stage = Stage;
        if (suspends)
        {
            stage.OnArrival = point => Task.Run(() => stage.OpenForGood(point));
        }
        else
        {
            stage.OpenAll();
        }
    }

    /// <summary>Asks for all elements, and says each.</summary>
    protected async Task<List<T>> All<T>(IAsyncEnumerable<T> stream)
    {
        var all = new List<T>();
        await foreach (var element in stream)
        {
            Stage.Say($"got {element}");
            all.Add(element);
        }

        return all;
    }
}
