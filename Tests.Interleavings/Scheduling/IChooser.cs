namespace Tests.Interleavings.Scheduling;

/// <summary>Decides who runs next.</summary>
internal interface IChooser
{
    /// <summary>Whether it is asked where the running thread can go on.</summary>
    /// <param name="running">It is about to do what it says (<see cref="LogicalThread.Next"/>).</param>
    /// <param name="point">The number of the scheduling point in the run.</param>
    bool Wants(LogicalThread running, int point);

    /// <summary>
    /// Chooses among the threads that can go on. The first one is what happens by itself: the running thread goes on, or, where it can't, the
    /// oldest.
    /// </summary>
    /// <param name="point">The number of the scheduling point in the run.</param>
    /// <param name="ready">At least one thread.</param>
    /// <param name="isRunning">The first of them runs now, so that any other choice is a preemption.</param>
    /// <returns>An index into them.</returns>
    int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning);

    /// <summary>A thread has done something.</summary>
    void OnDone(LogicalThread thread, Operation operation)
    {
    }

    /// <summary>A thread has left a lock.</summary>
    void OnLeft(LogicalThread thread, Place guard)
    {
    }

    /// <summary>A thread can't go on, since another one has the lock.</summary>
    void OnBlocked(LogicalThread thread)
    {
    }
}
