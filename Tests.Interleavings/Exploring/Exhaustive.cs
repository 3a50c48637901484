using Tests.Interleavings.Scheduling;

namespace Tests.Interleavings.Exploring;

/// <summary>
/// All schedules up to a number of preemptions, one after another: depth first, from what happens by itself, and of those that differ only in
/// the order of things that have nothing in common as few as it can tell.
/// </summary>
/// <param name="preemptions">The number.</param>
/// <param name="turns">
/// How often another thread than the oldest may go on where the running one can't: each time is a choice too, but takes nobody's turn away.
/// </param>
/// <param name="isReduced">False for all of them, to compare.</param>
/// <remarks>
/// Another choice is tried where a run has shown that it changes something: two threads did something at one place, and nothing but the schedule
/// said which of them comes first (a race). Then the later one is let go before the earlier, or in the place of the turn in which that was done
/// (dynamic partial order reduction, bounded). And a thread that was preempted is to find something changed when it goes on: else it might have
/// gone on before, and the rest of such a run is left to that one (sleep sets). One thing is found with a preemption more than it needs: who
/// finds a lock taken gives its turn away, which counts as none.
/// </remarks>
internal sealed class Exhaustive(int preemptions, int turns = int.MaxValue, bool isReduced = true) : IChooser
{
    private readonly List<Choice> _choices = [];
    private readonly List<LogicalThread> _sleepers = [];
    private int _next;
    private int _used;
    private int _turns;
    private bool _begins;

    /// <summary>The rest of the run is like one of another schedule.</summary>
    public bool IsLikeAnother { get; private set; }

    public bool Wants(LogicalThread running, int point)
    {
        running.Choice = -1;
        return _used < preemptions && !IsLikeAnother;
    }

    public int Choose(int point, IReadOnlyList<LogicalThread> ready, bool isRunning)
    {
        if (IsLikeAnother)
        {
            return 0;
        }

        if (ready.Count == 1)
        {
            if (!isRunning)
            {
                GiveTurn(ready[0], -1);
            }

            return 0;
        }

        if (!isRunning && _turns >= turns)
        {
            GiveTurn(ready[0], -1);
            return 0;
        }

        if (_next == _choices.Count && !TryAdd(point, ready, isRunning))
        {
            return 0;
        }

        var choice = _choices[_next];
        if (!choice.IsLike(point, ready, isRunning))
        {
            throw new ScheduleFailure(
                $"The run is not determined by its choices: at choice {_next} there were {choice.Ready.Length} threads at point {choice.Point}, "
                    + $"and now there are {ready.Count} at point {point}.");
        }

        _used += choice.IsPreemption ? 1 : 0;
        _turns += choice.IsTurn ? 1 : 0;
        var chosen = ready[choice.Taken];
        if (isRunning && choice.Taken == 0)
        {
            chosen.Choice = _next;
        }
        else
        {
            if (isRunning && isReduced)
            {
                ready[0].Sleep = choice.Step;
                _sleepers.Add(ready[0]);
            }

            GiveTurn(chosen, _next);
        }

        _next++;
        return choice.Taken;
    }

    public void OnDone(LogicalThread thread, Operation operation)
    {
        if (!isReduced || IsLikeAnother)
        {
            return;
        }

        for (var i = _sleepers.Count - 1; i >= 0; i--)
        {
            var sleeper = _sleepers[i];
            if (sleeper != thread && (sleeper.Next.Meets(operation) || sleeper.Sleep.Meets(operation.Place.Number)))
            {
                _sleepers.RemoveAt(i);
            }
        }

        if (operation.Kind == OperationKind.Undivided && thread.Choice >= 0)
        {
            _choices[thread.Choice].Step.Add(operation.Place.Number);
        }

        operation.Place.Order(thread, operation, earlier => OnRace(earlier, thread));
    }

    public void OnLeft(LogicalThread thread, Place guard) => guard.Leave(thread);

    public void OnBlocked(LogicalThread thread) => _sleepers.Clear();

    /// <summary>Begins again.</summary>
    public void Again()
    {
        _choices.Clear();
        _begins = true;
    }

    /// <summary>Goes on to the next schedule.</summary>
    /// <returns>False if that was the last one.</returns>
    public bool Next()
    {
        if (_begins)
        {
            _begins = false;
            Begin();
            return true;
        }

        while (_choices.Count > 0)
        {
            if (_choices[^1].TryNext())
            {
                Begin();
                return true;
            }

            _choices.RemoveAt(_choices.Count - 1);
        }

        return false;
    }

    private bool TryAdd(int point, IReadOnlyList<LogicalThread> ready, bool isRunning)
    {
        var choice = new Choice(point, ready, isRunning, isTriedFor: isReduced ? 0 : ~0UL, thread => _sleepers.Contains(thread));
        if (choice.Taken < 0)
        {
            IsLikeAnother = true;
            return false;
        }

        _choices.Add(choice);
        return true;
    }

    private void GiveTurn(LogicalThread thread, int choice)
    {
        if (_sleepers.Contains(thread))
        {
            IsLikeAnother = true;
        }

        thread.Choice = choice;
        thread.Turn = choice;
    }

    private void OnRace(Deed earlier, LogicalThread later)
    {
        TryFor(earlier.Choice, later);
        TryFor(earlier.Turn, later);
    }

    private void TryFor(int choice, LogicalThread thread)
    {
        if (choice >= 0)
        {
            _choices[choice].Try(thread.Id);
        }
    }

    private void Begin()
    {
        _next = 0;
        _used = 0;
        _turns = 0;
        _sleepers.Clear();
        IsLikeAnother = false;
    }

    /// <summary>A choice of the run, and what else is to be tried there.</summary>
    private sealed class Choice
    {
        private readonly bool _isRunning;
        private readonly ulong _asleep;
        private ulong _tried;
        private ulong _triedFor;

        public Choice(int point, IReadOnlyList<LogicalThread> ready, bool isRunning, ulong isTriedFor, Func<LogicalThread, bool> sleeps)
        {
            Point = point;
            Ready = [.. ready.Select(thread => thread.Id)];
            _isRunning = isRunning;
            _triedFor = isTriedFor;
            Taken = -1;
            for (var i = ready.Count - 1; i >= 0; i--)
            {
                if (sleeps(ready[i]))
                {
                    _asleep |= 1UL << i;
                }
                else
                {
                    Taken = i;
                }
            }

            _tried = Taken < 0 ? 0 : 1UL << Taken;
        }

        public int Point { get; }

        /// <summary>The ids of the threads.</summary>
        public int[] Ready { get; }

        public int Taken { get; private set; }

        public bool IsPreemption => _isRunning && Taken != 0;

        public bool IsTurn => !_isRunning && Taken != 0;

        /// <summary>What the running thread did where it went on, up to the next choice.</summary>
        public Step Step { get; } = new();

        public bool IsLike(int point, IReadOnlyList<LogicalThread> ready, bool isRunning) =>
            Point == point && Ready.Length == ready.Count && _isRunning == isRunning;

        /// <summary>This thread is to be let go here, or, if it can't or sleeps, any.</summary>
        public void Try(int thread)
        {
            var index = Array.IndexOf(Ready, thread);
            var bit = index < 0 ? 0 : 1UL << index;
            _triedFor |= (bit & ~_asleep) == 0 ? ~0UL : bit;
        }

        public bool TryNext()
        {
            for (var i = 0; i < Ready.Length; i++)
            {
                var bit = 1UL << i;
                if ((_triedFor & ~_tried & ~_asleep & bit) != 0)
                {
                    _tried |= bit;
                    Taken = i;
                    return true;
                }
            }

            return false;
        }
    }
}
