using Mono.Cecil;
using Tests.Interleavings.Exploring;
using Tests.Interleavings.Rewriting;

namespace Tests.Interleavings;

/// <summary>
/// What the schedules are good for: a protocol in which a second look, an order or a lock is left out fails in one of them, and soon.
/// </summary>
[NonParallelizable]
public sealed class MutationTests
{
    private static IEnumerable<TestCaseData> Defects =>
    [
        Defect("an interrupt that comes while an await is set up is not looked for",
            Mutation.Drop("Frame.OnArmed", "TryInterrupt"), new(1, "completion", "cancel")),
        Defect("a call that becomes known does not look what was ordered meanwhile",
            Mutation.Drop("Call.Register", "Apply"), new(0, "completion", "pause")),
        Defect("a call that looks what was ordered passes over pauses",
            Mutation.Drop("Call.Apply", "FollowPauses"), new(0, "completion", "pause")),
        Defect("an end of the body that comes before anybody waits for it is not looked for",
            Mutation.Drop("CallExecution.WaitForFirst", "FinishFirst"), new(0, "completion", "cancel")),
        Defect("an await that completes does not catch up with a pause",
            Mutation.Drop("Scope.TryPark", "CatchUp"), new(0, "pause", "completion"), preemptions: 2),
        Defect("the end of a helper does not hand the interrupt on",
            Mutation.Drop("FrameTree.Remove", "TryInterrupt"), new(0, "cancel", "helper's end")),
        Defect("an abandoned shared call stays where callers look for it",
            Mutation.Drop("Flight.AddWaiter", "Invoke"), new(0, "caller's cancel", "joiner leaving")),
        Defect("a call becomes known without its lock", Mutation.Unlock("Call.Register"), new(0, "completion", "cancel")),
        Defect("a call looks what was ordered without its lock", Mutation.Unlock("Call.Apply"), new(0, "completion", "cancel")),
        Defect("an await is parked without the lock", Mutation.Unlock("FrameTree.TryPark"), new(0, "completion", "pause")),
        Defect("a helper is added without the lock", Mutation.Unlock("FrameTree.Add"), new(0, "cancel", "helper's end")),
        Defect("a helper is removed without the lock", Mutation.Unlock("FrameTree.Remove"), new(0, "cancel", "helper's end")),
    ];

    [TestCaseSource(nameof(Defects))]
    public void A_schedule_finds_that(Action<IReadOnlyList<ModuleDefinition>> mutate, object scenario, int preemptions)
    {
        var explorer = new Explorer(new Subject(new Assemblies(mutate)), (Scenario)scenario);

        explorer.Explore(preemptions, turns: 0, budget: 20_000);

        Assert.That(explorer.Found, Is.Not.Null, $"{explorer.Schedules} schedules have not found it");
        TestContext.Out.WriteLine($"{explorer.Found}; schedule {explorer.Schedules} of {scenario}");
    }

    private static TestCaseData Defect(string what, Action<IReadOnlyList<ModuleDefinition>> mutate, Scenario scenario, int preemptions = 1) =>
        new TestCaseData(mutate, scenario, preemptions).SetName($"A_schedule_finds_that({what})");
}
