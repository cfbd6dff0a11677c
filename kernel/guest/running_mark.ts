/**
 * Memory that a shell shares with one of its Workers, so that it can see what a Worker does that no longer answers: which call's code runs, and which calls have
 * begun. The Worker's bootstrap holds it, never the module. Serials are the shell's numbers for calls, in the order in which it says them.
 */
const { load, store } = Atomics;

/** Cells of the mark: the call whose code runs now (0: none), the last that has begun, and whether no more may begin. */
const RUNNING = 0;
const BEGUN = 1;
const STOPPED = 2;

export type RunningMark = Int32Array;

export function newRunningMark(): RunningMark {
  return new Int32Array(new SharedArrayBuffer(12));
}

/**
 * By the Worker, before the code of a call: false when the call must not begin. Each side writes its own cell first and reads the other's then, so either
 * the shell sees that the call has begun, or the Worker that it may not.
 */
export function begin(mark: RunningMark, serial: number): boolean {
  store(mark, BEGUN, serial | 0);
  if (load(mark, STOPPED) !== 0) return false;
  store(mark, RUNNING, serial | 0);
  return true;
}

/** By the Worker: the code has returned, perhaps with a promise. */
export function pause(mark: RunningMark): void {
  store(mark, RUNNING, 0);
}

/** Of an instance that came to its end: the call whose code was running, and which had not begun. */
export interface LastRun {
  /** Code of some call was running. */
  readonly busy: boolean;
  isRunning(serial: number): boolean;
  hasNotBegun(serial: number): boolean;
}

/** By the shell: nothing begins there any more. */
export function stop(mark: RunningMark): LastRun {
  store(mark, STOPPED, 1);
  const begun = load(mark, BEGUN);
  const running = load(mark, RUNNING);
  return {
    busy: running !== 0,
    isRunning: (serial) => running !== 0 && (serial | 0) === running,
    hasNotBegun: (serial) => ((serial - begun) | 0) > 0,
  };
}
