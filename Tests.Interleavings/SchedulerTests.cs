using Tests.Interleavings.Exploring;
using Tests.Interleavings.Scheduling;
using Tests.Interleavings.Tiny;
using Run = (System.Action[] Threads, System.Action[] Closing, System.Func<string?> Verdict);

namespace Tests.Interleavings;

/// <summary>What the scheduler finds in subjects of a few lines, of which it is known what is wrong with them.</summary>
[NonParallelizable]
public sealed class SchedulerTests
{
    [Test]
    public void A_lost_update_is_found_with_one_preemption()
    {
        Assert.That(Explore(LostUpdate, preemptions: 0).Found, Is.Null);
        Assert.That(Explore(LostUpdate, preemptions: 1).Found?.Failure, Is.EqualTo("1"));
    }

    [Test]
    public void A_deadlock_is_reported()
    {
        var found = Explore(TwoLocks, preemptions: 1).Found;

        Assert.That(found?.Failure, Does.StartWith("deadlock: 0 (call) waits for a guard, which 1 (thread 1) holds; 1 (thread 1) waits for a guard, which 0 (call) holds"));
    }

    [Test]
    public void A_missed_wake_up_is_reported_as_a_deadlock()
    {
        Assert.That(Explore(MissedWakeUp, preemptions: 0).Found, Is.Null);
        Assert.That(Explore(MissedWakeUp, preemptions: 1).Found?.Failure, Does.StartWith("deadlock: 0 (call) waits for a wake-up"));
    }

    [Test]
    public void A_stack_whose_top_has_been_away_meanwhile_is_found() =>
        Assert.That(Explore(Stack, preemptions: 1).Found?.Failure, Is.EqualTo("2 is on the stack, and taken"));

    [Test]
    public void A_run_that_does_not_end_is_reported()
    {
        var found = Explore(Spinning, preemptions: 0).Found;

        Assert.That(found?.Failure, Does.StartWith("the run does not end"));
    }

    [Test]
    public void A_thread_that_throws_is_reported()
    {
        var found = Explore(() => TinySubject.Of(static () => null, static () => throw new InvalidOperationException("no")), preemptions: 0).Found;

        Assert.That(found?.Failure, Does.StartWith("thread 0 (call) has thrown System.InvalidOperationException: no"));
    }

    /// <summary>
    /// The first thread stands before its first write; the other one has its beginning, and its two writes: 2 steps among 3, ten ways. Of these
    /// six differ, in which write comes after which.
    /// </summary>
    [Test]
    public void Two_threads_that_write_twice_have_ten_schedules_and_six_ends()
    {
        var all = TinySubject.Explorer(TwoWritesEach);
        all.Explore(preemptions: int.MaxValue, isReduced: false);
        var reduced = TinySubject.Explorer(TwoWritesEach);
        reduced.Explore(preemptions: int.MaxValue);
        Assert.Multiple(() =>
        {
            Assert.That(all.Schedules, Is.EqualTo(10));
            Assert.That(all.Ends, Has.Count.EqualTo(6));
            Assert.That(reduced.Ends, Is.EquivalentTo(all.Ends));
            Assert.That(reduced.Schedules, Is.LessThan(all.Schedules));
        });
    }

    [TestCase(0, 1)]
    [TestCase(1, 3)]
    [TestCase(2, 7)]
    [TestCase(3, 9)]
    [TestCase(4, 10)]
    public void A_bound_of_preemptions_leaves_the_schedules_that_have_more_out(int preemptions, int schedules)
    {
        var explorer = TinySubject.Explorer(TwoWritesEach);
        explorer.Explore(preemptions, isReduced: false);
        Assert.That(explorer.Schedules, Is.EqualTo(schedules));
    }

    [Test]
    public void Threads_that_have_nothing_in_common_have_one_schedule()
    {
        var explorer = Explore(
            () =>
            {
                var (one, other) = (new Cell(), new Cell());
                return TinySubject.Of(static () => null, () => one.Value = one.Value + 1, () => other.Value = other.Value + 1);
            },
            preemptions: int.MaxValue);
        Assert.That(explorer.Schedules, Is.EqualTo(1));
    }

    private static Explorer Explore(Func<Run> create, int preemptions)
    {
        var explorer = TinySubject.Explorer(create);
        explorer.Explore(preemptions);
        return explorer;
    }

    private static Run LostUpdate()
    {
        var count = new Cell();
        void Add() => count.Value++;
        return TinySubject.Of(() => count.Last == 2 ? null : $"{count.Last}", Add, Add);
    }

    private static Run TwoLocks()
    {
        var (one, other) = (new Guard(), new Guard());
        return TinySubject.Of(static () => null, () => one.Do(() => other.Do(static () => { })), () => other.Do(() => one.Do(static () => { })));
    }

    private static Run TwoWritesEach()
    {
        var cell = new Cell();
        void Write()
        {
            cell.Value = 1;
            cell.Value = 2;
        }

        return TinySubject.Of(static () => null, Write, Write);
    }

    /// <summary>Who waits looks first, and says then that it waits.</summary>
    private static Run MissedWakeUp()
    {
        var (isDone, waits, isWoken) = (new Cell(), new Cell(), new Cell());
        return TinySubject.Of(
            static () => null,
            () =>
            {
                if (isDone.Value == 0)
                {
                    waits.Value = 1;
                    Scheduler.Mine!.WaitUntil(() => isWoken.Last == 1, "a wake-up");
                }
            },
            () =>
            {
                isDone.Value = 1;
                isWoken.Value = waits.Value;
            });
    }

    /// <summary>A stack of 1 and 2, which is known by its top; its other thread takes both, and gives 1 back.</summary>
    private static Run Stack()
    {
        var top = new Cell();
        int[] below = [0, 2, 0];
        top.CompareAndSwap(0, 1);
        var taken = new List<int>();

        int Take()
        {
            while (true)
            {
                var first = top.Value;
                var next = below[first];
                if (top.CompareAndSwap(first, next))
                {
                    return first;
                }
            }
        }

        void Give(int item)
        {
            below[item] = top.Value;
            top.CompareAndSwap(below[item], item);
        }

        return TinySubject.Of(
            () => taken.Contains(top.Last) ? $"{top.Last} is on the stack, and taken" : null,
            () => Take(),
            () =>
            {
                var first = Take();
                taken.Add(Take());
                Give(first);
            });
    }

    private static Run Spinning()
    {
        var cell = new Cell();
        return TinySubject.Of(static () => null, () =>
        {
            while (cell.Value == 0)
            {
            }
        });
    }
}
