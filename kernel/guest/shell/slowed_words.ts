/** The hands of the rates: each module's words pass its gate (rate_gate.ts), or wait for the clock. */
import type { Limits } from "../../contract/limits.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { Clock } from "../../contract/powers.ts";
import { RateGate, type Slowed } from "./rate_gate.ts";
import type { WorkerWord } from "./call_machine.ts";

export interface SlowedListener {
  /** It may go on its way. */
  word(instance: InstanceId, word: WorkerWord): void;
  /** Words of this module wait; at most once a second for each. */
  slowed(instance: InstanceId, why: Slowed): void;
}

interface Gated {
  readonly gate: RateGate<WorkerWord>;
  told_at: number;
  cancel: () => void;
}

const TELL_MS = 1_000;

export class SlowedWords {
  readonly #clock: Pick<Clock, "monotonic" | "after">;
  readonly #listener: SlowedListener;
  readonly #gates = new Map<InstanceId, Gated>();
  readonly #now: () => number;

  constructor(clock: Pick<Clock, "monotonic" | "after">, listener: SlowedListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#now = () => clock.monotonic();
  }

  /** From now on its words are measured. */
  watch(instance: InstanceId, limits: Limits): void {
    this.forget(instance);
    const gate = new RateGate<WorkerWord>(limits, this.#now());
    this.#gates.set(instance, { gate, told_at: -Infinity, cancel: () => {} });
  }

  /** Its Worker is no more, and neither is what it had to say. */
  forget(instance: InstanceId): void {
    this.#gates.get(instance)?.cancel();
    this.#gates.delete(instance);
  }

  /** Bytes that wait, of all modules. */
  get waiting_bytes(): number {
    let bytes = 0;
    for (const { gate } of this.#gates.values()) bytes += gate.waiting_bytes;
    return bytes;
  }

  take(instance: InstanceId, word: WorkerWord): void {
    const gated = this.#gates.get(instance);
    const bytes = "payload" in word ? word.payload.length : 0;
    if (gated === undefined || gated.gate.pass(bytes, this.#now)) return this.#listener.word(instance, word);
    const first = !gated.gate.waits;
    gated.gate.wait(word, bytes);
    if (first) this.#arm(instance, gated);
    this.#tell(instance, gated);
  }

  #arm(instance: InstanceId, gated: Gated): void {
    gated.cancel = this.#clock.after(gated.gate.pause(), () => {
      for (const word of gated.gate.release(this.#now())) this.#listener.word(instance, word);
      if (gated.gate.waits && this.#gates.get(instance) === gated) this.#arm(instance, gated);
    });
  }

  #tell(instance: InstanceId, gated: Gated): void {
    const now = this.#now();
    if (now - gated.told_at < TELL_MS) return;
    gated.told_at = now;
    this.#listener.slowed(instance, gated.gate.slowed());
  }
}
