/** Whether a process grows: what counts is how deep its memory falls between collections. */
import assert from "node:assert/strict";

/** What a third of the run may end above the one before; a heap settles for a while after its start. */
const GROWTH_MB = 32;

export class MemoryGauge {
  readonly #pid: number;
  readonly samples: number[] = [];
  constructor(pid: number) {
    this.#pid = pid;
  }
  /** To be taken at even distances of work. */
  sample(): void {
    if (Deno.build.os !== "linux") return; // no /proc elsewhere: the check runs where it can
    const text = Deno.readTextFileSync(`/proc/${this.#pid}/status`);
    this.samples.push(Number(/VmRSS:\s+(\d+) kB/.exec(text)![1]) / 1024);
  }
  assertFlat(): void {
    if (this.samples.length === 0) return;
    const third = Math.floor(this.samples.length / 3);
    const middle = Math.min(...this.samples.slice(third, 2 * third));
    const last = Math.min(...this.samples.slice(-third));
    assert.ok(last - middle < GROWTH_MB, `it grew: ${this.samples.map((mb) => mb.toFixed(0)).join(" ")} MB`);
  }
  toString(): string {
    return `${this.samples.map((mb) => mb.toFixed(0)).join(" ")} MB`;
  }
}
