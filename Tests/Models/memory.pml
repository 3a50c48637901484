/*
 * A processor whose stores wait in a buffer: other threads see them later than they were made, while the thread itself goes on, and sees
 * its own. A load is never early otherwise: all loads of the protocols are volatile, interlocked or under a lock.
 *
 * As on Arm64, plain stores leave the buffer in any order, and a release store (Volatile.Write, the end of a lock) only after all that were
 * made before it. What x86 does, where all leave in the order in which they were made, is one of those orders.
 *
 * A model defines THREADS and VARIABLES before it includes this file.
 */

#define SIZE 3

typedef Buffer {
  byte what[SIZE];
  byte value[SIZE];
  bit isRelease[SIZE];
  byte count
};

byte memory[VARIABLES];
Buffer buffer[THREADS];

#define holds(t, i, x) (buffer[t].count > i && buffer[t].what[i] == x)

/* What a thread reads: its own latest store, or what everybody sees. */
#define load(t, x) \
  (holds(t, 2, x) -> buffer[t].value[2] : (holds(t, 1, x) -> buffer[t].value[1] : (holds(t, 0, x) -> buffer[t].value[0] : memory[x])))

inline put(t, x, v, release) {
  d_step {
    buffer[t].count < SIZE;
    buffer[t].what[buffer[t].count] = x;
    buffer[t].value[buffer[t].count] = v;
    buffer[t].isRelease[buffer[t].count] = release;
    buffer[t].count++
  }
}

/* A plain store, and one that no earlier store of the thread is seen after. */
#define store(t, x, v) put(t, x, v, 0)
#define storeRelease(t, x, v) put(t, x, v, 1)

/* One store becomes visible; the later ones move up. */
inline leave(t, i) {
  memory[buffer[t].what[i]] = buffer[t].value[i];
  k = i;
  do
  :: k + 1 < buffer[t].count ->
    buffer[t].what[k] = buffer[t].what[k + 1];
    buffer[t].value[k] = buffer[t].value[k + 1];
    buffer[t].isRelease[k] = buffer[t].isRelease[k + 1];
    k++
  :: else -> break
  od;
  buffer[t].count--;
  buffer[t].what[buffer[t].count] = 0;
  buffer[t].value[buffer[t].count] = 0;
  buffer[t].isRelease[buffer[t].count] = 0;
  k = 0
}

/* A full fence: also what every interlocked operation, and the beginning of every lock, begins with. */
inline drain(t) {
  k = 0;
  do
  :: k < buffer[t].count ->
    memory[buffer[t].what[k]] = buffer[t].value[k];
    buffer[t].what[k] = 0;
    buffer[t].value[k] = 0;
    buffer[t].isRelease[k] = 0;
    k++
  :: else -> break
  od;
  buffer[t].count = 0;
  k = 0
}

hidden byte k;

/* Interlocked.MemoryBarrierProcessWide: each thread has passed a full fence at some point of its own code, one sooner than another. */
inline fenceProcessWide(t) {
  d_step { drain(t); other = 0 }
  do
  :: d_step { other < THREADS -> drain(other); other++ }
  :: else -> break
  od;
  other = 0
}

#define isFree(t, i) \
  (buffer[t].count > i && !buffer[t].isRelease[i] \
    && buffer[t].what[i] != buffer[t].what[0] \
    && (i < 2 || buffer[t].what[i] != buffer[t].what[1]))

/* The processor of one thread, which makes its stores visible at any time. */
proctype Processor(byte t) {
end:
  do
  :: d_step { buffer[t].count > 0 -> leave(t, 0) }
  :: d_step { isFree(t, 1) -> leave(t, 1) }
  :: d_step { isFree(t, 2) -> leave(t, 2) }
  od
}

/* A lock: its beginning is a full fence, its end a release store; or a fence too, where a model is to be smaller. */
inline enter(t, l) {
  d_step { load(t, l) == 0 && (memory[l] == 0 || memory[l] == t + 1); drain(t); memory[l] = t + 1 }
}

#ifdef LOCKS_END_AT_ONCE
inline exit(t, l) { d_step { drain(t); memory[l] = 0 } }
#else
#define exit(t, l) storeRelease(t, l, 0)
#endif

/* Interlocked.CompareExchange: its result is in swapped. */
inline compareExchange(t, x, to, from, swapped) {
  d_step {
    drain(t);
    swapped = (memory[x] == from);
    memory[x] = (swapped -> to : memory[x])
  }
}

/* The same right after another one: there is nothing in the buffer. */
inline compareExchangeNext(x, to, from, swapped) {
  d_step {
    swapped = (memory[x] == from);
    memory[x] = (swapped -> to : memory[x])
  }
}

inline exchange(t, x, v, before) {
  d_step { drain(t); before = memory[x]; memory[x] = v }
}
