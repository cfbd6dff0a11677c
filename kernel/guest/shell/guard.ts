/** The hands of the guard: looks at this process as often as guard_machine.ts says, pings, and ends the process when it must. */
import type { InstanceId } from "../../contract/names.ts";
import type { Clock } from "../../contract/powers.ts";
import { GUARD, type GuardAction, GuardMachine } from "./guard_machine.ts";
import type { MemoryFound } from "./memory_release.ts";

export interface GuardListener {
  owes(instance: InstanceId): boolean;
  /** Whether no code of it can run before it is told something. */
  dormant?(instance: InstanceId): boolean;
  ping(instance: InstanceId): void;
  /** Has the Workers give back what they do not use, and this thread with `own`. */
  release(own: boolean): void;
  /** Says why on every channel there is, and ends the process. */
  die(why: Extract<GuardAction, { do: "die" }>): void;
  /** Once for each look: at least every two seconds. */
  looked(): void;
}

export class Guard {
  readonly #machine: GuardMachine;
  readonly #clock: Clock;
  readonly #memory: () => MemoryFound;
  readonly #listener: GuardListener;
  #cancel: () => void = () => {};
  #sleeping = false;
  #stopped = false;

  /** `spread`: from 0 up to 1, another one in each cell. */
  constructor(memory_mb: number, clock: Clock, memory: () => MemoryFound, listener: GuardListener, spread = 0) {
    this.#machine = new GuardMachine(memory_mb, clock.monotonic(), spread);
    this.#clock = clock;
    this.#memory = memory;
    this.#listener = listener;
    this.#arm();
  }

  /** Something moves: look often for a while. `bytes`: of what came in. */
  sign(bytes = 0): void {
    this.#machine.sign(this.#clock.monotonic(), bytes);
    if (this.#sleeping) this.#arm();
  }
  watch(instance: InstanceId, liveness_ms: number): void {
    this.#machine.watch(instance, liveness_ms, this.#clock.monotonic());
    this.sign();
  }
  heard(instance: InstanceId): void {
    this.#machine.heard(instance, this.#clock.monotonic());
  }
  /** It was told something to which it must react, though it owes no answer. */
  expect(instance: InstanceId): void {
    this.#machine.expect(instance);
    this.sign();
  }
  forget(instance: InstanceId): void {
    this.#machine.forget(instance);
  }
  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #arm(): void {
    this.#cancel();
    if (this.#stopped) return;
    const pause = this.#machine.pause();
    this.#sleeping = pause > GUARD.busy_ms;
    this.#cancel = this.#clock.after(pause, () => this.#look());
  }

  #look(): void {
    const owes = (instance: InstanceId) => this.#listener.owes(instance);
    const dormant = (instance: InstanceId) => this.#listener.dormant?.(instance) ?? false;
    for (const action of this.#machine.look({ now: this.#clock.monotonic(), ...this.#memory(), owes, dormant })) {
      if (action.do === "die") {
        this.stop();
        return this.#listener.die(action);
      }
      if (action.do === "release") this.#listener.release(action.own);
      else this.#listener.ping(action.instance);
    }
    this.#listener.looked();
    this.#arm();
  }
}
