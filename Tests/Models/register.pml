/*
 * A call registers when it first suspends, while everything is cancelled, and everything is paused and resumed.
 *
 * models: Call.Register, Call.Apply, Call.ApplyInterruptsLocked, Call.Interrupt, Call.LeavePausesLocked, Call.FollowPauses
 * models: Call.ChangePauses, Call.FindPauseLocked, Controller.Advance, Controller.Add, Controller.ActiveCalls, CallRegistry.Add
 * models: CallRegistry.Snapshot, ControlEpoch.Advance, ControlEpoch.Current, ControlState.CancelEpoch, StandingPause.Stamp
 * models: Orders.InterruptAll, Orders.ChangePauses, Orders.Follow, InterruptState.TryTake
 * in: Sitters.Runtime/Calls/Call.Registering.cs, Sitters.Runtime/Calls/Call.Pausing.cs, Sitters.Runtime/Calls/Call.Interrupting.cs
 * in: Sitters.Runtime/Calls/Controller.cs, Sitters.Runtime/Calls/CallRegistry.cs, Sitters.Runtime/Gating/ControlEpoch.cs
 * in: Sitters.Runtime/Control/Orders.cs
 *
 * Left out: restarts, which are cancels here; domains; what the call then does in its scopes (await.pml).
 *
 * holds: a call that has registered has taken each cancel that was ordered since it began, and took it once
 * holds: it takes none that was ordered before
 * holds: it is paused if a pause lasts that was ordered after its last cancel, and otherwise not
 *
 * fault: ADDS_LAST                the call enters the registry after it has compared its epoch
 * fault: SNAPSHOT_FIRST           an order lists the calls before it counts
 * fault: EPOCH_FIRST              Controller.Advance counts before it stores what it stands for
 * fault: ADVANCES_WITHOUT_RELEASE both are plain stores
 * fault: READS_EPOCH_LAST         Call.Apply reads the epoch after what it stands for
 * fault: FORGETS_WHEN_ORDERED     Call.Apply does not note the epoch of an order that was stored and does not count yet
 * fault: COMPARES_UNDER_NO_LOCK   Call.Apply reads the call's epoch before it takes the call's lock
 * fault: FOLLOWS_UNDER_NO_LOCK    Call.FollowPauses looks what is paused before it takes the call's lock
 */

#define CALL 0
#define CANCELLER 1
#define PAUSER 2
#define THREADS 3

#define CALL_LOCK 0
#define STRIPE_LOCK 1
#define CONTROLLER_LOCK 2
#define CURRENT 3 /* ControlEpoch.Current */
#define STATE 4   /* ControlDomain.State, one record: the epoch of the last cancel, and the stamp of the pause or 0 */
#define LISTED 5
#define VARIABLES 6

#include "memory.pml"

#define cancelOf(state) (state >> 4)
#define pauseOf(state) (state & 15)

/* Guarded by the call's lock. */
byte epochOfCall, leftPausesAt, taken;
bit isRegistered, isPaused;

/* What the model looks at. */
byte beganAt;

inline apply(t, epoch, state, since, ordered) {
  ordered = 0;
#ifndef READS_EPOCH_LAST
  epoch = load(t, CURRENT);
#endif
#ifdef COMPARES_UNDER_NO_LOCK
  since = epochOfCall;
#endif
  atomic {
    enter(t, CALL_LOCK);
#ifndef COMPARES_UNDER_NO_LOCK
    since = epochOfCall;
#endif
    state = load(t, STATE)
  };
#ifdef READS_EPOCH_LAST
  epoch = load(t, CURRENT);
#endif
  atomic {
    if
    :: isRegistered && cancelOf(state) > since -> ordered = cancelOf(state)
    :: else
    fi;
    if
    :: isRegistered && epoch > epochOfCall -> epochOfCall = epoch
    :: else
    fi;
#ifndef FORGETS_WHEN_ORDERED
    if
    :: ordered > epochOfCall -> epochOfCall = ordered
    :: else
    fi;
#endif
    exit(t, CALL_LOCK)
  };
  if
  :: ordered != 0 ->
    atomic {
      enter(t, CALL_LOCK);
      if
      :: ordered > leftPausesAt -> leftPausesAt = ordered
      :: else
      fi;
      taken++;
      exit(t, CALL_LOCK)
    }
  :: else
  fi;
  /* Call.FollowPauses */
#ifdef FOLLOWS_UNDER_NO_LOCK
  state = load(t, STATE);
#endif
  atomic {
    enter(t, CALL_LOCK);
#ifndef FOLLOWS_UNDER_NO_LOCK
    state = load(t, STATE);
#endif
    isPaused = isRegistered && pauseOf(state) > leftPausesAt;
    exit(t, CALL_LOCK)
  };
  d_step { epoch = 0; state = 0; since = 0; ordered = 0 }
}

inline addToRegistry(t) {
  atomic { enter(t, STRIPE_LOCK); store(t, LISTED, 1) };
  exit(t, STRIPE_LOCK)
}

proctype Callee() {
  byte epoch, state, since, ordered;
  atomic { beganAt = load(CALL, CURRENT); epochOfCall = beganAt };

  /* Call.Register */
  atomic { enter(CALL, CALL_LOCK); isRegistered = 1 };
#ifndef ADDS_LAST
  addToRegistry(CALL);
#endif
  exit(CALL, CALL_LOCK);
  apply(CALL, epoch, state, since, ordered);
#ifdef ADDS_LAST
  addToRegistry(CALL);
#endif
}

inline snapshot(t) {
  fenceProcessWide(t);
  atomic { enter(t, STRIPE_LOCK); isFound = load(t, LISTED); exit(t, STRIPE_LOCK) }
}

/* Controller.Advance: replaces the state, then counts. */
inline advance(t, isPause, isCancel) {
  atomic {
    enter(t, CONTROLLER_LOCK);
    epoch = load(t, CURRENT) + 1;
    state = load(t, STATE);
    if
    :: isCancel -> state = epoch << 4
    :: isPause -> state = (cancelOf(state) << 4) | epoch
    :: else -> state = cancelOf(state) << 4
    fi
  };
#ifdef EPOCH_FIRST
  storeRelease(t, CURRENT, epoch);
  storeRelease(t, STATE, state);
#else
#ifdef ADVANCES_WITHOUT_RELEASE
  store(t, STATE, state);
  store(t, CURRENT, epoch);
#else
  storeRelease(t, STATE, state);
  storeRelease(t, CURRENT, epoch);
#endif
#endif
  exit(t, CONTROLLER_LOCK);
  d_step { epoch = 0; state = 0 }
}

inline order(t, isPause, isCancel) {
#ifdef SNAPSHOT_FIRST
  snapshot(t);
  advance(t, isPause, isCancel);
#else
  advance(t, isPause, isCancel);
  snapshot(t);
#endif
  if
  :: isFound -> apply(t, epoch, state, since, ordered)
  :: else
  fi
}

proctype Canceller() {
  byte epoch, state, since, ordered, other;
  bit isFound;
  order(CANCELLER, 0, 1)
}

proctype Pauser() {
  byte epoch, state, since, ordered, other;
  bit isFound;
  order(PAUSER, 1, 0);
  if
  :: order(PAUSER, 0, 0)
  :: skip
  fi
}

init {
  atomic {
    run Processor(CALL);
    run Processor(CANCELLER);
    run Processor(PAUSER);
    run Callee();
    run Canceller();
    run Pauser()
  }

  /* When nothing can happen any more: */
  timeout;
  d_step {
    assert(taken == (cancelOf(memory[STATE]) > beganAt));
    assert(isPaused == (pauseOf(memory[STATE]) > leftPausesAt))
  }
}
