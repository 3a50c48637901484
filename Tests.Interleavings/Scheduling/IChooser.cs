namespace Tests.Interleavings.Scheduling;

/// <summary>Decides who runs next.</summary>
internal interface IChooser
{
    /// <summary>Whether it is asked where the running thread can go on.</summary>
    /// <param name="point">The number of the scheduling point in the run.</param>
    /// <param name="matters">Another thread touches what is about to be touched here.</param>
    bool Wants(int point, bool matters);

    /// <summary>
    /// Chooses among the threads that can go on. The first one is what happens by itself: the running thread goes on, or, where it can't, the
    /// oldest.
    /// </summary>
    /// <param name="point">The number of the scheduling point in the run.</param>
    /// <param name="ready">At least one thread.</param>
    /// <param name="isRunning">The first of them runs now, so that any other choice is a preemption.</param>
    /// <param name="state">The same number in runs that are in the same state.</param>
    /// <returns>An index into them.</returns>
    int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning, ulong state);
}
