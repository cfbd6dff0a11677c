/**
 * Kernel hot swap, on the side of the kernel that leads (architecture.md): it asks for a successor, tells it what it knows, and when that one leads goes away
 * (retire.ts). Until then it serves as if nothing were; a successor that fails leaves nothing but an event.
 */
import { type FromWatchdog, LINE_BYTES, type ToWatchdog } from "../contract/channel.ts";
import type { EmitEvent } from "../contract/events.ts";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { MetaFile } from "../contract/meta_config.ts";
import type { Clock } from "../contract/powers.ts";
import type { Leadership } from "../lifecycle/mod.ts";

export interface HandOverParts {
  readonly epoch: number;
  /** It is to follow another kernel: it leads once the watchdog says so. */
  readonly succeeds?: boolean;
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
/** Of a message's line, for what stands around the state. */
const AROUND_BYTES = 1_024;

/** A refusal that is retriable is no fault of the version's. */
type Outcome = Result<{ readonly epoch: number }>;

export class HandOver {
  readonly #parts: HandOverParts;
  #asked: { readonly to: MetaFile; readonly ended: PromiseWithResolvers<Outcome> } | undefined;
  /** Why there was no state to tell: known here only, while the watchdog says that the attempt is over. */
  #no_state: string | undefined;
  /** No successor is told a state, and publishes, before this kernel has published what it had to. */
  #published: Promise<void> = Promise.resolve();
  readonly #led = Promise.withResolvers<void>();

  constructor(parts: HandOverParts) {
    this.#parts = parts;
    if (!parts.succeeds) this.#led.resolve();
  }

  /** Resolves when this kernel leads, or has led: the watchdog passes over what a kernel wishes before. */
  get led(): Promise<void> {
    return this.#led.promise;
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
    this.#parts.watchdog.send({ t: "imported" });
    await this.#led.promise;
  }

  /** The successor waits for the state. Changes of modules stop, so that it stays true. */
  async tellState(): Promise<void> {
    const { leadership, clock, watchdog } = this.#parts;
    const asked = this.#asked;
    await this.#published;
    const told = await leadership.hold(clock, SETTLE_MS) ? await this.#exported() : { state: null };
    // That attempt may be over, and changes go on; the next one asks anew, and has no use for what was true then.
    if (this.#asked !== asked) return;
    this.#no_state = told.why;
    watchdog.send({ t: "state", state: told.state });
  }

  async #exported(): Promise<{ readonly state: unknown; readonly why?: string }> {
    try {
      const state = await this.#parts.state();
      const bytes = new TextEncoder().encode(JSON.stringify(state)).length + AROUND_BYTES;
      if (bytes <= LINE_BYTES) return { state };
      return { state: null, why: `its state has ${bytes} bytes, and a successor can be told ${LINE_BYTES}` };
    } catch (error) {
      return { state: null, why: `exportState() failed: ${error instanceof Error ? error.message : error}` };
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
    this.#led.resolve();
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
