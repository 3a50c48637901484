/*
 * One process-wide fence serves a whole broadcast: a scope that has not caught up with the broadcast's epoch has needed attention since
 * that fence, so its interrupt needs none of its own. One that has caught up does.
 *
 * models: Scope.MarkInterrupted, Scope.CatchUp, Scope.NeedsAttention, AwaitNode.OnCompleted, AwaitNode.TryLeave, ControlEpoch.Advance
 * models: Orders.ExecuteOnCalls, FrameTree.Interrupt
 * in: Sitters.Runtime/Gating/Scope.cs, Sitters.Runtime/Gating/AwaitNode.cs, Sitters.Runtime/Gating/ControlEpoch.cs
 * in: Sitters.Runtime/Control/Orders.cs, Sitters.Runtime/Gating/FrameTree.Interrupting.cs
 *
 * holds: an await is taken by its completion, or left to the interrupt, and never both
 * holds: one of the two happens
 *
 * fault: SPARES_EVERY_FENCE     Scope.MarkInterrupted takes the broadcast's fence for its own, whatever the scope has seen
 * fault: SPARES_AT_EQUAL_EPOCH  it does so too where the scope has caught up with just that epoch
 * fault: BROADCASTS_UNFENCED    the broadcast has no fence
 */

#define METHOD 0
#define ORDERER 1
#define THREADS 2

#define EPOCH 0
#define CURRENT 1
#define TAKEN 2
#define STATE 3
#define VARIABLES 4

#include "memory.pml"

#define BEGUN_AT 1
#define SLOW_PATH_ONLY 9

#define WAITING 1
#define IDLE 2
#define LEFT 3

byte runs;

/* A method that looks at what was ordered, or does not come to that, and whose await then completes. */
proctype Method() {
  byte seen, epoch;
  bit swapped;
  if
  :: /* Scope.CatchUp: it has not missed anything that concerns it */
    epoch = load(METHOD, CURRENT);
    seen = load(METHOD, EPOCH);
    if
    :: seen != epoch && seen != SLOW_PATH_ONLY -> compareExchange(METHOD, EPOCH, epoch, seen, swapped)
    :: else
    fi
  :: skip
  fi;

  /* AwaitNode.OnCompleted */
  store(METHOD, TAKEN, 1);
  epoch = load(METHOD, EPOCH);
  if
  :: epoch == load(METHOD, CURRENT) ->
    if
    :: load(METHOD, STATE) == WAITING -> store(METHOD, STATE, IDLE); runs++
    :: else
    fi
  :: else ->
    store(METHOD, TAKEN, 2);
    compareExchange(METHOD, STATE, IDLE, WAITING, swapped);
    if
    :: swapped -> runs++
    :: else
    fi
  fi
}

proctype Orderer() {
  byte other, seen;
  bit swapped;

  /* Controller.Advance, and the fence of the broadcast */
  storeRelease(ORDERER, CURRENT, BEGUN_AT + 1);
#ifndef BROADCASTS_UNFENCED
  fenceProcessWide(ORDERER);
#endif

  /* Scope.MarkInterrupted */
  exchange(ORDERER, EPOCH, SLOW_PATH_ONLY, seen);
  if
#ifdef SPARES_EVERY_FENCE
  :: false
#else
#ifdef SPARES_AT_EQUAL_EPOCH
  :: seen > BEGUN_AT + 1 -> fenceProcessWide(ORDERER)
#else
  :: seen >= BEGUN_AT + 1 -> fenceProcessWide(ORDERER)
#endif
#endif
  :: else
  fi;

  /* AwaitNode.TryLeave */
  if
  :: load(ORDERER, TAKEN) == 1 -> skip
  :: else ->
    compareExchange(ORDERER, STATE, LEFT, WAITING, swapped);
    if
    :: swapped -> runs++
    :: else
    fi
  fi
}

init {
  atomic {
    memory[EPOCH] = BEGUN_AT;
    memory[CURRENT] = BEGUN_AT;
    memory[STATE] = WAITING;
    run Processor(METHOD);
    run Processor(ORDERER);
    run Method();
    run Orderer()
  }

  /* When nothing can happen any more: */
  timeout;
  assert(runs == 1)
}
