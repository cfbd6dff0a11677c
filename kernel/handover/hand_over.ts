/**
 * Kernel hot swap, on the side of the kernel that leads (architecture.md): it asks for a successor, tells it what it knows, and when that one leads goes away
 * (retire.ts). Until then it serves as if nothing were; a successor that fails leaves nothing but an event.
 */
import type { FromWatchdog, ToWatchdog } from "../contract/channel.ts";
import type { EmitEvent } from "../contract/events.ts";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { MetaFile } from "../contract/meta_config.ts";
import type { Clock } from "../contract/powers.ts";
import type { Leadership } from "../lifecycle/mod.ts";

export interface HandOverParts {
  readonly epoch: number;
  readonly clock: Clock;
  readonly leadership: Leadership;
  readonly emit: EmitEvent;
  readonly watchdog: { send(message: ToWatchdog): void };
  /** `exportState()` of the Kernel that runs. */
  readonly state: () => Promise<unknown>;
  /** The sockets of this kernel bear the public names (again): the successor may have come so far as to give its own these names. */
  readonly publish: () => Promise<void>;
  /** Another kernel leads: finish what is in flight, then end. Called once. */
  readonly retire: () => void;
}

/** Changes of modules that are under way when a successor asks for the state get so long to end. */
const SETTLE_MS = 6_000;

/** A refusal that is retriable is no fault of the version's. */
type Outcome = Result<{ readonly epoch: number }>;

export class HandOver {
  readonly #parts: HandOverParts;
  #asked: { readonly to: MetaFile; readonly ended: PromiseWithResolvers<Outcome> } | undefined;
  /** Why there was no state to tell: known here only, while the watchdog says that the attempt is over. */
  #no_state: string | undefined;
  /** No successor is told a state, and publishes, before this kernel has published what it had to. */
  #published: Promise<void> = Promise.resolve();
  #taking_over: PromiseWithResolvers<void> | undefined;

  constructor(parts: HandOverParts) {
    this.#parts = parts;
  }

  /** Resolves when the successor leads, or has failed. `upgrade`: the version is what runs, the program on disk is another. */
  async to(to: MetaFile, { upgrade = false } = {}): Promise<Outcome> {
    const { leadership, watchdog } = this.#parts;
    if (this.#asked !== undefined || !leadership.leads) {
      return refuse(fault("conflict", "a hand-over to another kernel is under way", { hint: "try again in a moment" }));
    }
    const asked = this.#asked = { to, ended: Promise.withResolvers<Outcome>() };
    watchdog.send({ t: "start_successor", meta: to.file, hash: to.hash, ...(upgrade && { upgrade }) });
    return await asked.ended.promise;
  }

  /** On the successor's side: the state is imported, the sockets are published. Resolves when this kernel leads. */
  async takeOver(): Promise<void> {
    this.#taking_over = Promise.withResolvers();
    this.#parts.watchdog.send({ t: "imported" });
    await this.#taking_over.promise;
  }

  /** The successor waits for the state. Changes of modules stop, so that it stays true. */
  async tellState(): Promise<void> {
    const { leadership, clock, watchdog, state } = this.#parts;
    await this.#published;
    if (!await leadership.hold(clock, SETTLE_MS)) return watchdog.send({ t: "state", state: null });
    try {
      watchdog.send({ t: "state", state: await state() });
    } catch (error) {
      this.#no_state = `exportState() failed: ${error instanceof Error ? error.message : error}`;
      watchdog.send({ t: "state", state: null });
    }
  }

  /** Who leads from now on. */
  lead({ epoch, why, again, alone }: Extract<FromWatchdog, { t: "lead" }>): void {
    const { leadership, retire } = this.#parts;
    if (epoch !== this.#parts.epoch) {
      leadership.leave();
      this.#asked?.ended.resolve(ok({ epoch }));
      this.#asked = undefined;
      return retire();
    }
    this.#taking_over?.resolve();
    if (alone) leadership.formerGone();
    if (why !== undefined) this.#failed(why, again);
  }

  #failed(told: string, told_again = false): void {
    const { leadership, emit, publish } = this.#parts;
    const [why, again] = this.#no_state === undefined ? [told, told_again] : [this.#no_state, false];
    this.#no_state = undefined;
    leadership.resume();
    this.#published = publish();
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked === undefined) return;
    const { file } = asked.to;
    const message = `${file} did not take over, the kernel before it serves on: ${why}`;
    emit({ kind: "kernel.swap_failed", message, detail: { config: file } });
    const hint = "`logs` has what the new kernel said";
    asked.ended.resolve(refuse(fault("load_failed", message, { hint, retriable: again })));
  }
}
