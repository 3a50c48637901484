using System.Diagnostics;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

// The time limits of a call. Its clock may be the user's, and is never read or set under the lock.
internal partial class Call
{
    /// <summary>The clock by which the call has begun, and which it keeps.</summary>
    public TimeProvider TimeProvider => ExtrasOrNull?.TimeProvider ?? TimeProvider.System;

    /// <summary>
    /// By the call's clock. Where that fails it is told, and what <see cref="Clock"/> puts in its place counts: nobody is to be kept by a clock,
    /// and no call that has begun is to be lost by one.
    /// </summary>
    public long Now => Told(Clock.Read(TimeProvider, out var failure), failure);

    /// <summary>The time of day as the call's clock has it, in ticks of UTC; the system's where that one fails, which costs no call its end.</summary>
    private long TimeOfDay => Told(Clock.ReadTimeOfDay(TimeProvider, out var failure), failure);

    /// <summary>
    /// Starts a deadline, which is suspended while the call is paused. If its time is over already, it expires right here.
    /// </summary>
    public Deadline Start(Deadline deadline)
    {
        var now = Now;
        bool isDue;
        lock (this)
        {
            isDue = StartLocked(deadline, now);
        }

        Follow((deadline, isDue));
        return deadline;
    }

    public void Stop(Deadline? deadline)
    {
        if (deadline is null)
        {
            return;
        }

        lock (this)
        {
            _deadlines.Remove(deadline);
        }

        deadline.Stop();
    }

    /// <summary>
    /// When the wait for the next attempt ends, or has ended, if there was one; null where that is not known. Only of clocks of the user's, for whoever
    /// moves them.
    /// </summary>
    public long? NextAttemptAt
    {
        get
        {
            lock (this)
            {
                return ExtrasOrNull is { NextAttemptAt: > 0 and var time } ? time : null;
            }
        }
    }

    /// <summary>The wait for the next attempt begins.</summary>
    /// <param name="delay">How long it is; null where that is not known.</param>
    public void NoteWait(TimeSpan? delay)
    {
        if (TimeProvider == TimeProvider.System)
        {
            return;
        }

        var now = Now;
        lock (this)
        {
            Extras.NextAttemptAt = delay is { } wait && wait.Ticks < long.MaxValue - now ? now + wait.Ticks : 0;
        }
    }

    /// <summary>The time limit of the whole call begins, unless it has none, or one that runs already.</summary>
    public void StartTimeout(long since) => Start(TimeLimit.Call, null, Plan.Deadlines, since);

    /// <summary>The same anew, from now on.</summary>
    public void RestartTimeout()
    {
        Stop(Find(TimeLimit.Call, null));
        StartTimeout(Now);
    }

    public void StopTimeout()
    {
        if (Plan.Deadlines is not null)
        {
            Stop(Find(TimeLimit.Call, null));
        }
    }

    /// <summary>The time limit of an attempt begins where the attempt did, unless it has none, or one that runs already.</summary>
    public void StartAttemptTimeout(Scope attempt) => Start(TimeLimit.Attempt, attempt, attempt.Plan.AttemptDeadlines, attempt.StartStamp);

    public void StopAttemptTimeout(Scope attempt)
    {
        if (attempt.Plan.AttemptDeadlines is not null)
        {
            Stop(Find(TimeLimit.Attempt, attempt));
        }
    }

    /// <summary>Starts the grace of a scope, or starts it again.</summary>
    public void StartGrace(Scope scope)
    {
        Stop(Find(TimeLimit.Grace, scope));
        Start(TimeLimit.Grace, scope, Plan.GraceDeadlines, Now);
    }

    /// <inheritdoc/>
    public void CheckTime(Scope scope)
    {
        Register(scope);
        if (scope.IsInterruptible)
        {
            // Not in the hooks of a restart or of the end, where the limit was stopped.
            StartTimeout(StartStamp);
        }

        if (scope.StartStamp != 0)
        {
            StartAttemptTimeout(scope);
        }

        var now = Now;
        List<Deadline> due;
        lock (this)
        {
            due = _pause.IsPaused ? [] : _deadlines.ToList().FindAll(deadline => deadline.DueAt <= now);
        }

        due.ForEach(deadline => deadline.Expire());
    }

    /// <summary>Does what is left to do outside the lock for a deadline that was started.</summary>
    private static void Follow((Deadline Deadline, bool IsDue) started)
    {
        started.Deadline.SetAlarm();
        if (started.IsDue)
        {
            started.Deadline.Expire();
        }
    }

    private long Told(long time, Exception? failure)
    {
        if (failure is not null)
        {
            ReportLater(failure);
        }

        return time;
    }

    private bool StartLocked(Deadline deadline, long now)
    {
        Debug.Assert(Monitor.IsEntered(this), "The deadlines are guarded by the lock.");
        if (_hasEnded)
        {
            // Too late: nothing would stop it any more, and until it is over it would hold the call.
            return false;
        }

        _deadlines.Add(deadline);
        if (_pause.IsPaused)
        {
            deadline.Pause(now);
            return false;
        }

        return !deadline.TryStart(now);
    }

    private Deadline? FindLocked(TimeLimit limit, Scope? scope)
    {
        AssertLocked();
        var deadline = _deadlines.First;
        while (deadline is not null && !(deadline is CallDeadline found && found.Is(limit, scope)))
        {
            deadline = deadline.Next;
        }

        return deadline;
    }

    private Deadline? Find(TimeLimit limit, Scope? scope)
    {
        lock (this)
        {
            return FindLocked(limit, scope);
        }
    }

    private void Start(TimeLimit limit, Scope? scope, DeadlineQueue? queue, long since)
    {
        if (queue is null)
        {
            return;
        }

        var now = Now;
        var deadline = new CallDeadline(this, limit, scope, queue.On(TimeProvider), since);
        bool isDue;
        lock (this)
        {
            if (scope is { HasEnded: true } || FindLocked(limit, scope) is not null)
            {
                return;
            }

            isDue = StartLocked(deadline, now);
        }

        Follow((deadline, isDue));
    }
}
