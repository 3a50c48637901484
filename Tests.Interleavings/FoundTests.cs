using Tests.Interleavings.Exploring;

namespace Tests.Interleavings;

/// <summary>What schedules have found, each with the one that did.</summary>
[NonParallelizable]
public sealed class FoundTests
{
    /// <summary>Whoever came while the last caller of a shared call left it asked again and again, until that one had gone on.</summary>
    [Test]
    public void A_caller_does_not_wait_for_one_that_leaves_a_shared_call() =>
        Check(new Scenario(0, "caller's cancel", "joiner leaving"), "162>2");

    /// <summary>
    /// The thread that begins an attempt wrote one flag of its scope by a read and a write, and wiped out the flag that a pause had set in
    /// between.
    /// </summary>
    [Test]
    public void A_pause_that_comes_as_an_attempt_begins_holds_it() => Check(new Scenario(0, "pause", "hook failure"), "97>1");

    /// <summary>By the same, a cancel was forgotten.</summary>
    [Test]
    public void A_cancel_that_comes_as_an_attempt_begins_ends_it() => Check(new Scenario(1, "cancel", "hook failure"), "97>1");

    /// <summary>
    /// The time that an operation had to end after its token had fired was stopped before it had started, and then ran on after the call.
    /// </summary>
    [Test]
    public void What_an_operation_has_to_settle_in_ends_with_the_call() =>
        Check(new Scenario(1, "cancel", "hook failure", "token settled"), "216>4 229>3 258>2 261>3 305>1");

    /// <summary>
    /// The thread on which an attempt ended was blocked while another one interrupted that attempt: giving a registration back by
    /// <c>Dispose</c> waits for its callback.
    /// </summary>
    [Test]
    public void An_attempt_that_ends_does_not_wait_for_its_interrupt() =>
        Check(new Scenario(1, "fault", "timeout", "helper's end"), "451>7");

    /// <summary>
    /// A timer of a clock of the user's counts from when it is set: a limit was late by what that clock was moved between its being read and the
    /// timer's being set.
    /// </summary>
    [Test]
    public void A_limit_is_not_put_off_by_a_clock_that_is_moved_while_it_is_set() => Check(new Scenario(9, "completion", "attempt timeout"), "298>2");

    /// <summary>The schedule, and those around it: code that has changed since may have other points.</summary>
    private static void Check(Scenario scenario, string schedule)
    {
        var explorer = new Explorer(Subject.Sound, scenario);
        explorer.Replay(schedule);
        explorer.Explore(preemptions: 1, turns: 0);
        explorer.Explore(preemptions: 0, turns: 1);
        Findings.Judge(explorer);
    }
}
