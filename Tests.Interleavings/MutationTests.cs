using Mono.Cecil;
using Tests.Interleavings.Exploring;
using Tests.Interleavings.Rewriting;

namespace Tests.Interleavings;

/// <summary>
/// What the schedules are good for: a protocol in which something is left out, swapped or done twice fails in one of them, and soon. The code's
/// own assertions are taken out before: each defect is found by what must hold for the users of the code, and says by what.
/// </summary>
[NonParallelizable]
public sealed class MutationTests
{
    private static IEnumerable<TestCaseData> Defects =>
    [
        // A second look left out.
        Defect("an interrupt that comes while an await is set up is not looked for",
            Mutation.Drop("Frame.OnArmed", "TryInterrupt"), new(1, "completion", "cancel"), "at rest: cancel has not come to the call"),
        Defect("a call that becomes known does not look what was ordered meanwhile",
            Mutation.Drop("Call.Register", "Apply"), new(0, "completion", "pause"), "during a pause"),
        Defect("a call that looks what was ordered passes over pauses",
            Mutation.Drop("Call.Apply", "FollowPauses"), new(0, "completion", "pause"), "during a pause"),
        Defect("an end of the body that comes before anybody waits for it is not looked for",
            Mutation.Drop("CallExecution.WaitForFirst", "FinishFirst"), new(0, "completion", "cancel"), "nothing of the call runs, and it has not ended"),
        Defect("an await that completes does not catch up with a pause",
            Mutation.Drop("Scope.TryPark", "CatchUp"), new(0, "pause", "completion"), "during a pause", preemptions: 2),
        Defect("the end of a helper does not hand the interrupt on",
            Mutation.Drop("FrameTree.Remove", "TryInterrupt"), new(0, "cancel", "helper's end"), "at rest: cancel has not come to the call"),
        Defect("an abandoned shared call stays where callers look for it",
            Mutation.Drop("Flight.AddWaiter", "Invoke"), new(0, "caller's cancel", "joiner leaving"), "the run does not end"),
        Defect("a stream does not look for a restart before it hands out its first item",
            Mutation.Drop("StreamExecution.First", "TryHandOut", result: 1), new(8, "completion", "restart"), "the stream has ended after 1 items"),

        // A lock not taken.
        Defect("a call follows pauses without its lock",
            Mutation.Unlock("Call.TryChangePauses"), new(0, "pause", "resume"), "the caller's task has not ended"),
        Defect("a call is interrupted without its lock",
            Mutation.Unlock("Call.Interrupt"), new(4, "cancel", "caller's cancel"), "sitters.interrupts is 2, not 1"),
        Defect("an await is parked without the lock",
            Mutation.Unlock("FrameTree.TryPark"), new(0, "pause", "completion", "resume"), "it has not gone on"),
        Defect("what is parked is taken without the lock",
            Mutation.Unlock("Scope.Resume"), new(0, "pause", "completion", "resume"), "it has not gone on"),

        // A claim made a read and a write.
        Defect("two threads may make the call of a scope",
            Mutation.Plain("Scope.TryClaim", "CompareExchange"), new(0, "completion", "cancel"), "a call is still registered"),
        Defect("two threads may finish an attempt",
            Mutation.Plain("CallExecution.FinishFirst", "Exchange"), new(0, "completion", "cancel"), "the callback of an awaiter has thrown", preemptions: 2),

        // An order swapped.
        Defect("the body is made known after the look whether it has ended",
            Mutation.Delay("CallExecution.WaitForFirst", "Write", "get_HasLetGo"), new(0, "completion", "cancel"), "nothing of the call runs, and it has not ended"),
        Defect("the caller has the outcome before the call is over",
            Mutation.Delay("CallExecution.Deliver", "BeginDelivery", "HandOver"), new(4, "completion", "cancel"), "the caller goes on while its call is active"),
        Defect("a consumer has its item before it has the turn",
            Mutation.Delay("StreamExecution.HandOut", "GiveBack", "SetResult"), new(8, "completion", "cancel"), "the caller got System.NotSupportedException"),

        // Something told twice, or not as it should be.
        Defect("observers are told twice of the end",
            Mutation.Twice("Hooks.RunOfEnd", "ObserveEnd"), new(4, "completion", "hook failure"), "a call was observed as"),
        Defect("a hook runs twice",
            Mutation.Twice("Hooks.Start", "Hook"), new(0, "completion", "hook failure"), "2 hooks tell of the end"),
        Defect("observers are told of a pause after the end",
            Mutation.Drop("Call.TakeObserversTurn", "set_IsEndObserved"), new(4, "completion", "pause"), "a call was observed as"),
        Defect("a pause that lasts at the end is not counted off",
            Mutation.Drop("CallTelemetry.End", "EndPause"), new(4, "completion", "pause"), "sitters.call.paused is 1, not 0"),

        // Something not given back, or not counted.
        Defect("a caller's token keeps its registration",
            Mutation.Drop("CallerTokens.Dispose", "Unregister"), new(4, "completion", "cancel"), "the caller's token still has a registration"),
        Defect("the end of a call leaves its deadline set",
            Mutation.Drop("Left.Follow", "Stop"), new(0, "completion", "timeout"), "timers are still set"),
        Defect("the time to settle is stopped before it has started",
            Mutation.Drop("FrameTree.StartSettling", "Stop"), new(1, "cancel", "token settled"), "timers are still set", preemptions: 2),
        Defect("a waiter of a shared run is not counted",
            Mutation.Keep("Flight.TryAdd", "_callers"), new(0, "completion", "joiner leaving"), "the caller got a cancellation"),
        Defect("a consumer that leaves does not end its stream",
            Mutation.Drop("StreamExecution.DisposeAsync", "Advance"), new(8, "completion", "joiner leaving"), "attempt 1 has not ended"),

        // A flow that is another's.
        Defect("an attempt that follows another runs in the flow of what ended that",
            Mutation.Drop("CallExecution.BeginDriving", "Capture"), new(0, "completion", "attempt timeout"), "is without the flow of the caller"),
    ];

    [TestCaseSource(nameof(Defects))]
    public void A_schedule_finds_that(Action<IReadOnlyList<ModuleDefinition>> mutate, object scenario, string invariant, int preemptions)
    {
        var assemblies = new Assemblies(modules =>
        {
            Mutation.DropAssertions(modules);
            mutate(modules);
        });
        var explorer = new Explorer(new Subject(assemblies), (Scenario)scenario);

        explorer.Explore(preemptions, turns: 0, budget: 10_000);

        Assert.That(explorer.Found?.Failure ?? "", Does.Contain(invariant), $"{explorer.Schedules} schedules have not found it");
        TestContext.Out.WriteLine($"{explorer.Found}; schedule {explorer.Schedules} of {scenario}");
    }

    private static TestCaseData Defect(
        string what, Action<IReadOnlyList<ModuleDefinition>> mutate, Scenario scenario, string invariant, int preemptions = 1) =>
        new TestCaseData(mutate, scenario, invariant, preemptions).SetName($"A_schedule_finds_that({what})");
}
