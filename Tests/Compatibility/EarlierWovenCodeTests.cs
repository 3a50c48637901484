namespace Tests.Compatibility;

/// <summary>Code that an earlier version has woven runs on the runtime of today. What the scenarios do is in TestAssets/Woven.</summary>
[NonParallelizable]
internal sealed class EarlierWovenCodeTests
{
    private static readonly TestCaseData[] _scenarios =
    [
        new("Task", "startup, body, completion 7; 7"),
        new("ValueTask", "startup, body, completion seven; seven"),
        new("NotAsync", "startup, body, completion 7; 7"),
        new("Stream", "startup, completion; 6"),
        new("Cache", "body a 1, body b 2, body c 3, body b 2; a1 b2 a1 c3 b2"),
        new("Failure", "attempt 1, attempt 2, exception refused; refused"),
        new("Policy", "attempt 1, retry, attempt 2; 2"),
        new("RetryMember", "startup, attempt 1, attempt 2; 2"),
        new("Timeout", "finally, timeout; default"),
        new("Helper", "helper's finally, cancellation; default"),
        new("Token", "helper's finally, token, cancellation; default"),
        new("Restart", "startup, helper's finally, restart, startup; started again"),
        new("Pause", "pause, resume; Paused, then done"),
    ];

    [Test]
    public void all_that_it_refers_to_is_there() => Assert.That(KeptWovenAssembly.Missing(), Is.Empty, KeptWovenAssembly.Remedy);

    [Test]
    public void all_its_types_load() => Assert.That(KeptWovenAssembly.LoadFailures(), Is.Empty, KeptWovenAssembly.Remedy);

    [Test]
    public void each_scenario_is_run() =>
        Assert.That(
            KeptWovenAssembly.Scenarios,
            Is.EquivalentTo(_scenarios.Select(scenario => scenario.Arguments[0])),
            KeptWovenAssembly.Remedy);

    [TestCaseSource(nameof(_scenarios))]
    public async Task it_does_what_it_did(string scenario, string expected)
    {
        string actual;
        try
        {
            actual = await KeptWovenAssembly.Run(scenario);
        }
        catch (Exception exception) when (exception is TypeLoadException or MissingMemberException or TypeInitializationException)
        {
            throw new AssertionException($"{exception.GetBaseException().Message}\n{KeptWovenAssembly.Remedy}", exception);
        }

        Assert.That(actual, Is.EqualTo(expected));
    }
}
