const NativeArrayBuffer = ArrayBuffer;
/** More than any machine has addresses for, and less than the language refuses before it tries. */
const NEVER_HAD = 2 ** 52;

/**
 * Makes V8 collect this thread's garbage and give what is free back to the system, within some ten milliseconds. A request for memory that cannot be had
 * is the one way to its last resort without a flag that every module would see (tests/facts holds it to that). Does nothing elsewhere.
 */
export function releaseMemory(): void {
  try {
    new NativeArrayBuffer(NEVER_HAD);
  } catch {
    // as expected
  }
}
