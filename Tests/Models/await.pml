/*
 * One method with two awaits; what it awaits may complete, the call may be interrupted, and be paused and resumed, all at once.
 *
 * models: Frame.Suspend, Frame.Arm, Frame.OnArmed, Frame.TakeInterrupt, Frame.FirstNode, Frame.TakePhase, Frame.ThrowIfInterruptDue
 * models: AwaitNode.Prepare, AwaitNode.ResumeBy, AwaitNode.Arm, AwaitNode.OnCompleted, AwaitNode.TryGo, AwaitNode.TryPark
 * models: AwaitNode.Unpark, AwaitNode.TryLeave, AwaitNode.Resume, AwaitNode.ResumeLeft, AwaitNode.CreateAfter
 * models: FrameTree.Interrupt, FrameTree.TryInterrupt, FrameTree.LeaveLocked, FrameTree.InterruptAfterPause, FrameTree.IsNextLocked
 * models: Scope.Pause, Scope.Resume, FrameTree.TakeParkedLocked, FrameTree.TryPark, FrameTree.TryParkInterrupted, FrameTree.StandsStill
 * models: Scope.NeedsAttention, Scope.CatchUp, Scope.MarkInterrupted, Scope.MarkCaughtUpLocked
 * models: Gate.AwaitUnsafeOnCompleted, Gate.BeforeCall, Interruption.BeforeResult, Interruption.HasEnded, Call.Release
 * in: Sitters.Runtime/Gating/Frame.cs, Sitters.Runtime/Gating/AwaitNode.cs, Sitters.Runtime/Gating/AwaitNode.Left.cs
 * in: Sitters.Runtime/Gating/FrameTree.cs, Sitters.Runtime/Gating/FrameTree.Interrupting.cs, Sitters.Runtime/Gating/FrameTree.Standing.cs
 * in: Sitters.Runtime/Gating/Scope.cs, Sitters.Runtime/Gating/Scope.Pausing.cs, Sitters.Runtime/Gating/Interruption.cs, Sitters.Runtime/CompilerServices/Gate.cs
 * in: Sitters.Runtime/Calls/Call.Pausing.cs
 *
 * Two sizes: without PAUSES the method has two awaits, and nobody pauses; with it, it has one.
 *
 * Left out: the frames inside and around the method (the tree), settling, awaits that suspend although they have completed, and the epochs
 * that say that a call must look (register.pml, broadcast.pml).
 *
 * holds: the continuation runs once for each await that suspends
 * holds: a method goes on with what it awaited, or with the interrupt, and never without either
 * holds: once an interrupt was ordered, the method ends, however long what it awaits may take
 * holds: what a pause holds back is not lost when it ends
 * holds: once the call was seen to stand still in a pause, nothing of it runs before that ends; nor does an await go on that
 *        completes after the fence of the pause
 *
 * fault: INTERRUPT_WITHOUT_FENCE      Scope.MarkInterrupted has no fence
 * fault: INTERRUPT_FENCES_FIRST       it fences before it stores
 * fault: COMPLETION_LOOKS_FIRST       AwaitNode.OnCompleted looks whether attention is needed, and then takes the await
 * fault: COMPLETION_TAKES_NOTHING     it does not store that at all
 * fault: LEAVES_WHAT_IS_TAKEN         AwaitNode.TryLeave does not look whether the await is taken
 * fault: ARMED_IS_NOT_LOOKED_AT       Frame.OnArmed does nothing
 * fault: LOOKS_BEFORE_IT_IS_ARMED     Frame.OnArmed runs before the node is armed
 * fault: ARMED_LOOKS_WITHOUT_FENCE    it has no fence between the scope's epoch, which it has seen, and the scope's flag
 * fault: PAUSES COMPLETION_GIVES_BACK_EARLY  AwaitNode.OnCompleted gives the await back before it knows whether it parks
 * fault: PAUSES PARKS_UNDER_NO_LOCK   FrameTree.TryPark looks whether the scope is paused before it takes the lock, and not again
 * fault: PAUSES RESUMES_TWICE         AwaitNode.Resume does not take the continuation away
 * fault: PAUSES FORGETS_INTERRUPT     Call.Release does not look for an interrupt that came during the pause
 * fault: PAUSES LEFT_RUNS_IN_PAUSE    AwaitNode.Resume of what was left does not look whether there is a pause
 * fault: PAUSES STILL_WITHOUT_FENCE   who waits until the call stands still does not fence
 * fault: PAUSES STILL_THOUGH_TAKEN    AwaitNode.StandsStill does not look whether the await is taken
 */

/* The threads: the method's first, who completes its first await, who interrupts, one of the pool, and who pauses or completes the other */
#define METHOD 0
#define FIRST 1
#define INTERRUPTER 2
#define POOL 3
#ifdef PAUSES
#define LOCKS_END_AT_ONCE
#define PAUSER 4
#define THREADS 5
#define AWAITS 1
#else
#define SECOND 4
#define THREADS 5
#define AWAITS 2
#endif

/* The variables. Of a node there are two: the one that the method has first, and the one that takes its place when that is left. */
#define LOCK 0
#define EPOCH 1
#define NODE 2
#define TAKEN 3 /* of AwaitNode._taken, whether it is Taken (1) or Undecided (2) */
#define STATE 5
#define CONTINUATION 7
#define ASKED 9 /* the node that each of the two awaits is to call back */
#define VARIABLES 11

#include "memory.pml"

#define CAUGHT_UP 0
#define SLOW_PATH_ONLY 1

#define IDLE 0
#define WAITING 1
#define PARKED 2
#define RELEASED 3
#define LEFT 4
#define LEFT_AND_DONE 5

/* Scope._flags: written by interlocked operations under the lock, so never in a buffer. */
bit isPaused, isInterrupted;

/* Guarded by the lock: Frame.Phase, and what is parked. */
bit isDue, isDelivered;
bit parked[3];

/* What the model looks at, and no thread. */
bit isSuspended;
bit hasCompleted[3];
byte awaited;
bit hasEnded, hasThrown;
bit isOrdered;
bit isFirm, isStill;
bit willComplete[3];

chan goOn = [0] of { byte };
chan armed = [2] of { byte };
chan posted = [6] of { byte };

#define needsAttention(t) (load(t, EPOCH) != CAUGHT_UP)
#define isNext (isInterrupted && !isPaused)

inline post(n) { posted ! n }

/* The method goes on, on this thread: which then has nothing more to do. */
inline runContinuation(t) {
  d_step {
    assert(isSuspended);
    assert(!isStill);
    isSuspended = 0
  }
  goOn ! t
}

/* Scope.CatchUp, Scope.MarkCaughtUpLocked */
inline catchUp(t) {
  if
  :: needsAttention(t) ->
    atomic {
      enter(t, LOCK);
      if
      :: !isPaused && !isInterrupted -> store(t, EPOCH, CAUGHT_UP)
      :: else
      fi;
      exit(t, LOCK)
    }
  :: else
  fi
}

/* Scope.IsInterruptDue, FrameTree.IsInterruptDue */
inline isInterruptDue(t, due) {
  due = 0;
  if
  :: isInterrupted ->
    atomic {
      enter(t, LOCK);
      due = isNext && !isDelivered;
      exit(t, LOCK)
    }
  :: else
  fi
}

/* AwaitNode.TryLeave, FrameTree.LeaveLocked: under the lock */
inline tryLeave(t, n, swapped) {
  swapped = 0;
  if
#ifndef LEAVES_WHAT_IS_TAKEN
  :: load(t, TAKEN + n) == 1 -> skip
#endif
  :: else ->
    compareExchange(t, STATE + n, LEFT_AND_DONE, PARKED, swapped);
    if
    :: swapped
    :: else ->
      compareExchangeNext(STATE + n, LEFT_AND_DONE, RELEASED, swapped);
      if
      :: swapped
      :: else -> compareExchangeNext(STATE + n, LEFT, WAITING, swapped)
      fi
    fi
  fi
}

/* Scope.TryInterrupt, FrameTree.TryInterrupt */
inline tryInterrupt(t, n, swapped) {
  if
  :: isInterrupted ->
    atomic {
      enter(t, LOCK);
      swapped = 0;
      n = load(t, NODE)
    };
    if
    :: isNext && !isDue && !isDelivered && n != 0 ->
      tryLeave(t, n - 1, swapped)
    :: else
    fi;
    atomic {
      if
      :: swapped ->
        isDue = 1;
        store(t, NODE, n + 1)
      :: else
      fi;
      exit(t, LOCK)
    };
    if
    :: swapped -> swapped = 0; post(n - 1)
    :: else
    fi;
    n = 0
  :: else
  fi
}

/* Scope.TryPark, FrameTree.TryPark, AwaitNode.TryPark */
inline tryPark(t, n, swapped) {
  swapped = 0;
  catchUp(t);
  if
  :: isPaused ->
    atomic {
      enter(t, LOCK);
      if
#ifdef PARKS_UNDER_NO_LOCK
      :: true -> tryGo(t, n, PARKED, swapped)
#else
      :: isPaused -> tryGo(t, n, PARKED, swapped)
#endif
      :: else
      fi;
      if
      :: swapped -> store(t, TAKEN + n, 0); parked[n] = 1
      :: else
      fi;
      exit(t, LOCK)
    }
  :: else
  fi
}

/* AwaitNode.TryGo */
inline tryGo(t, n, to, swapped) {
  compareExchange(t, STATE + n, to, WAITING, swapped);
  if
  :: swapped
  :: else -> compareExchangeNext(STATE + n, to, RELEASED, swapped)
  fi
}

/* AwaitNode.OnCompleted */
inline onCompleted(t, n, i, swapped, isAfterFence) {
  isAfterFence = isFirm;
#ifdef COMPLETION_LOOKS_FIRST
  i = needsAttention(t);
  storeRelease(t, TAKEN + n, 1);
#else
#ifndef COMPLETION_TAKES_NOTHING
  storeRelease(t, TAKEN + n, 1);
#endif
  i = needsAttention(t);
#endif
  if
  :: i == 0 ->
    if
    :: load(t, STATE + n) == WAITING || load(t, STATE + n) == RELEASED ->
      store(t, STATE + n, IDLE);
      assert(!(isAfterFence && isFirm));
      runContinuation(t)
    :: else
    fi
  :: else ->
    i = 0;
#ifdef COMPLETION_GIVES_BACK_EARLY
    storeRelease(t, TAKEN + n, 0);
#else
    storeRelease(t, TAKEN + n, 2);
#endif
    tryPark(t, n, swapped);
    if
    :: swapped -> swapped = 0; tryInterrupt(t, i, swapped)
    :: else ->
      tryGo(t, n, IDLE, swapped);
      if
      :: swapped ->
        swapped = 0;
        assert(!(isAfterFence && isFirm));
        runContinuation(t)
      :: else -> compareExchangeNext(STATE + n, LEFT_AND_DONE, LEFT, swapped); swapped = 0
      fi
    fi
  fi;
  isAfterFence = 0;
  i = 0
}

/* What is awaited: it calls the node back that it was given, once. */
proctype Completion(byte t, i) {
  byte n, j;
  bit swapped, isAfterFence;
end:
  willComplete[i] && load(t, ASKED + i) != 0;
  n = load(t, ASKED + i) - 1;
  hasCompleted[i] = 1;
  onCompleted(t, n, j, swapped, isAfterFence)
}

/* AwaitNode.Execute, on a thread of the pool */
proctype Pool(byte t) {
  byte n, i, state;
  bit swapped, isAfterFence;
end:
  atomic { posted ? n; isAfterFence = isFirm };
  state = load(t, STATE + n);
  if
  :: state < LEFT -> onCompleted(t, n, i, swapped, isAfterFence)
  :: else ->
    /* Scope.TryParkInterrupted */
    swapped = 0;
#ifndef LEFT_RUNS_IN_PAUSE
    if
    :: isPaused ->
      atomic {
        enter(t, LOCK);
        if
        :: isPaused -> parked[n] = 1; swapped = 1
        :: else
        fi;
        exit(t, LOCK)
      }
    :: else
    fi;
#endif
    if
    :: swapped -> swapped = 0
    :: else ->
#ifdef RESUMES_TWICE
      i = load(t, CONTINUATION + n);
#else
      exchange(t, CONTINUATION + n, 0, i);
#endif
      if
      :: i -> i = 0; assert(!(isAfterFence && isFirm)); runContinuation(t)
      :: else
      fi
    fi
  fi;
  atomic { n = 0; state = 0; isAfterFence = 0 };
  goto end
}

/* The method. It runs on the thread that resumes it; the builder, and what asks the awaiter, are its last words there. */
proctype Method() {
  byte t = METHOD;
  byte n;
  bit isTrue;

next:
  /* Gate.BeforeCall, Frame.ThrowIfInterruptDue */
  if
  :: needsAttention(t) ->
    catchUp(t);
    isInterruptDue(t, isTrue);
    if
    :: isTrue -> isDelivered = 1; hasThrown = 1; goto over
    :: else
    fi
  :: else
  fi;

  /* Frame.Suspend, AwaitNode.Prepare, AwaitNode.ResumeBy */
  if
  :: load(t, NODE) == 0 -> store(t, NODE, 1)
  :: else
  fi;
  n = load(t, NODE) - 1;
  store(t, TAKEN + n, 0);
  if
  :: load(t, CONTINUATION + n) == 0 -> store(t, CONTINUATION + n, 1)
  :: else
  fi;
  isSuspended = 1;

  /* Frame.Arm, Frame.TakeInterrupt */
  if
  :: needsAttention(t) ->
    catchUp(t);
    isInterruptDue(t, isTrue);
    if
    :: isTrue ->
      isDue = 1;
      isSuspended = 0;
      goto resumed
    :: else
    fi
  :: else
  fi;
#ifdef LOOKS_BEFORE_IT_IS_ARMED
  armed ! t;
#endif
  storeRelease(t, STATE + n, WAITING);

  /* The awaiter is asked to call back, and then Frame.OnArmed: on the same thread, while the method may already run on another. */
  storeRelease(t, ASKED + awaited, n + 1);
#ifndef ARMED_IS_NOT_LOOKED_AT
#ifndef LOOKS_BEFORE_IT_IS_ARMED
  armed ! t;
#endif
#endif
end:
  goOn ? t;

resumed:
  /* Gate.BeforeResult, Interruption.BeforeResult */
  if
  :: isInterrupted ->
    if
    :: isDue ->
      isDue = 0;
      if
      :: hasCompleted[awaited] -> skip
      :: !hasCompleted[awaited] -> isDelivered = 1; hasThrown = 1; goto over
      fi
    :: else -> assert(hasCompleted[awaited])
    fi
  :: else -> assert(hasCompleted[awaited])
  fi;
  awaited++;
  if
  :: awaited < AWAITS -> goto next
  :: else
  fi;
over:
  hasEnded = 1
}

/* Frame.OnArmed */
proctype Armed() {
  byte t, n;
  bit swapped;
end:
  armed ? t;
  if
  :: needsAttention(t) ->
#ifndef ARMED_LOOKS_WITHOUT_FENCE
    d_step { drain(t) };
#endif
    tryInterrupt(t, n, swapped)
  :: else
  fi;
  t = 0;
  goto end
}

/* FrameTree.Interrupt */
proctype Interrupter() {
  byte n, other;
  bit swapped;
  enter(INTERRUPTER, LOCK);
#ifdef INTERRUPT_FENCES_FIRST
  fenceProcessWide(INTERRUPTER);
  store(INTERRUPTER, EPOCH, SLOW_PATH_ONLY);
#else
  d_step { drain(INTERRUPTER); memory[EPOCH] = SLOW_PATH_ONLY }
#ifndef INTERRUPT_WITHOUT_FENCE
  fenceProcessWide(INTERRUPTER);
#endif
#endif
  d_step { drain(INTERRUPTER); isInterrupted = 1 }
  exit(INTERRUPTER, LOCK);
  tryInterrupt(INTERRUPTER, n, swapped);
  isOrdered = 1
}

#ifdef PAUSES
/* Scope.Pause; who waits until the call stands still (PausedWait); Scope.Resume, Call.Release */
proctype Pauser() {
  byte n, other, state;
  bit swapped, hadParked[3];
  atomic {
    enter(PAUSER, LOCK);
    isPaused = 1;
    store(PAUSER, EPOCH, SLOW_PATH_ONLY)
  };
  exit(PAUSER, LOCK);
#ifndef STILL_WITHOUT_FENCE
  fenceProcessWide(PAUSER);
  isFirm = 1;
#endif

  /* FrameTree.StandsStill, AwaitNode.StandsStill */
  atomic {
    enter(PAUSER, LOCK);
    n = load(PAUSER, NODE)
  };
  if
  :: n != 0 ->
    n--;
    state = load(PAUSER, STATE + n);
#ifdef STILL_THOUGH_TAKEN
    if
    :: state == WAITING || state == PARKED -> isStill = 1
#else
    if
    :: (state == WAITING && !load(PAUSER, TAKEN + n)) || state == PARKED -> isStill = 1
#endif
    :: else
    fi
  :: else
  fi;
  atomic { n = 0; state = 0; exit(PAUSER, LOCK) };

  d_step { isFirm = 0; isStill = 0 }
  atomic {
    enter(PAUSER, LOCK);
    isPaused = 0;
    hadParked[0] = parked[0];
    hadParked[1] = parked[1];
    parked[0] = 0;
    parked[1] = 0;
    exit(PAUSER, LOCK)
  };
#ifndef FORGETS_INTERRUPT
  tryInterrupt(PAUSER, n, swapped);
#endif
  n = 0;
  do
  :: n < 2 ->
    if
    :: hadParked[n] ->
      /* AwaitNode.Unpark */
      compareExchange(PAUSER, STATE + n, RELEASED, PARKED, swapped);
      if
      :: swapped || load(PAUSER, STATE + n) >= LEFT -> post(n)
      :: else
      fi
    :: else
    fi;
    n++
  :: else -> break
  od
}
#endif

init {
  byte t;
  atomic {
    do
    :: t < THREADS -> run Processor(t); t++
    :: else -> break
    od;
    t = 0;
    run Method();
    run Armed();
    run Pool(POOL);
    if
    :: willComplete[0] = 1; run Completion(FIRST, 0)
    :: skip
    fi;
    if
    :: run Interrupter()
    :: skip
    fi;
#ifdef PAUSES
    run Pauser()
#else
    if
    :: willComplete[1] = 1; run Completion(SECOND, 1)
    :: skip
    fi
#endif
  }

  /* When nothing can happen any more: */
  timeout;
  d_step {
    assert(hasEnded || isSuspended);
    assert(hasEnded || isPaused || !isOrdered);
    assert(hasEnded || isPaused || !willComplete[awaited])
  }
}
