/**
 * What a Worker's words and its silence tell: who waits for the next word, a sign that it is not busy; and whether its module is dormant. That one waits
 * for nothing, so no code of it can run before it is told something: it has said so itself (a pong without tasks: no call, timer, run() or use of
 * crypto.subtle) and has been told nothing since.
 */
import type { Clock } from "../../contract/powers.ts";
import type { Builtin } from "../../contract/spec.ts";
import type { LoadOrder } from "../../contract/wire.ts";
import type { FromWorker, ToWorker } from "../port.ts";

/** Builtins that do all they do while they are called; what others have under way is not counted. */
const AT_ONCE: ReadonlySet<string> = new Set<Builtin>(["node:sqlite", "node:events", "node:util", "node:buffer"]);

export class SignsOfLife {
  readonly #clock: Clock;
  #awaited: (() => void)[] = [];
  readonly #may_be_dormant: boolean;
  #dormant = false;
  /** It was told something after the last ping. */
  #told = true;
  #worked = false;

  constructor(clock: Clock, { builtins, wasm }: Pick<LoadOrder, "builtins" | "wasm">) {
    this.#clock = clock;
    this.#may_be_dormant = !wasm && builtins.every((name) => AT_ONCE.has(name));
  }

  get dormant(): boolean {
    return this.#dormant;
  }

  told({ t }: Pick<ToWorker, "t">): void {
    if (t === "release") return;
    this.#told = t !== "ping";
    if (this.#told) this.#dormant = false;
  }
  /** One of the words of this turn. */
  spoke(t: FromWorker["t"] | undefined): void {
    if (t !== "pong") this.#worked = true;
  }
  /** Something else than a pong came in this turn. */
  get worked(): boolean {
    return this.#worked;
  }
  /** The end of a turn in which it spoke. */
  turned(active_tasks: number): void {
    const worked = this.#worked;
    this.#worked = false;
    this.heard(worked, active_tasks);
  }
  /** It spoke: work, or a pong alone that tells how many tasks it has. */
  heard(work: boolean, active_tasks: number): void {
    this.#dormant = this.#may_be_dormant && !work && !this.#told && active_tasks === 0;
    for (const then of this.#awaited.splice(0)) then();
  }

  /** Calls back at the next word. */
  await(then: () => void): void {
    this.#awaited.push(then);
  }
  /** Whether one comes in time. */
  async within(ms: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const cancel = this.#clock.after(ms, () => resolve(false));
    this.await(() => resolve(true));
    const came = await promise;
    cancel();
    return came;
  }
}
