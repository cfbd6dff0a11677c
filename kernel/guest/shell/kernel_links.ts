/** The link machine with its hands and its clock: carries out what concerns links, and passes on what concerns the cell. */
import { type Fault, fault } from "../../contract/fault.ts";
import type { CallKey, InstanceId } from "../../contract/names.ts";
import type { Clock, Connection } from "../../contract/powers.ts";
import type { CellMessage, CellReport, KernelMessage, LastWords, Payload } from "../../contract/wire.ts";
import { writeJsonPayload } from "../../primitives/json_payload.ts";
import type { ToWorker } from "../port.ts";
import type { LastRun } from "../running_mark.ts";
import type { CellIdentity } from "./attach_machine.ts";
import { LinkIo, type WhyHeld } from "./link_io.ts";
import { type LinkEvent, LinkMachine, type Order } from "./link_machine.ts";

export interface LinksOptions {
  readonly me: CellIdentity;
  readonly clock: Clock;
  readonly connect: () => Promise<Connection>;
  readonly prove: (nonce: string) => Promise<string>;
  /** The parent's process id as it reads now. */
  readonly parent: () => number;
  /** Resolves when the parent seems to be gone. */
  readonly hung_up: Promise<void>;
  readonly cell: CellSide;
}

/** The cell behind the links. */
export interface CellSide {
  serves(instance: InstanceId): boolean;
  maxBytes(message: KernelMessage, callerOf: (id: number) => InstanceId | undefined): number;
  /** Bytes of calls that may be under way to its modules at once. */
  callBytes(): number;
  /** A message for that module had more than so many bytes. */
  tooLarge(instance: InstanceId, allowed: number): void;
  report(): CellReport["instances"];
  deliver(instance: InstanceId, message: ToWorker): void;
  order(link: number, message: Order, payload: Payload): void;
  /** Something came in, and it was no question for figures: who looks at all cells every second would keep them all awake. */
  moved(bytes: number): void;
  end(code: number, reason: string): void;
}

/** So long after its parent hung up a cell looks for it: its kernel, which saw the same, may end it in order until then. */
const HUNG_UP_MS = 1_000;
/** A report is one frame: of a larger one the loans are left out, then the oldest kept keys. */
const REPORT_BYTES = 983_040;

export class KernelLinks {
  readonly #options: LinksOptions;
  readonly #machine: LinkMachine;
  readonly #io: LinkIo;
  #cancel: () => void = () => {};
  #wake_at: number | undefined;

  constructor(options: LinksOptions) {
    this.#options = options;
    const { clock, cell, me, connect } = options;
    this.#machine = new LinkMachine(me, (instance) => cell.serves(instance), clock.monotonic());
    this.#io = new LinkIo(connect, {
      event: (event) => this.event(event),
      maxBytes: (message) => cell.maxBytes(message, (id) => this.#machine.calls.callerOf(id)),
      callRoom: () => cell.callBytes() - this.#machine.calls.servedBytes,
      refused: (link, { header: message, ...what }) => {
        const instance = message.t === "call"
          ? message.to
          : this.#machine.calls.callerOf("id" in message ? message.id : -1);
        if (instance !== undefined && what.kind === "too_large") cell.tooLarge(instance, what.max_bytes);
        const why = what.kind === "too_large" ? tooLarge(what.max_bytes) : crowded(message.t, cell.callBytes());
        this.event({ on: "refused", link, message, why });
      },
    });
    void options.hung_up.then(() => clock.after(HUNG_UP_MS, () => this.lookAtTime()));
  }

  /** Bytes that wait to be said. */
  get queued_bytes(): number {
    return this.#io.queued_bytes;
  }
  /** Whether the instance has calls to answer. */
  owes(instance: InstanceId): boolean {
    return this.#machine.calls.owes(instance);
  }
  /** What the newest kernel should know of an instance that came to its end. */
  lastWords(instance: InstanceId, last: LastRun): LastWords {
    return this.#machine.lastWords(instance, last);
  }
  /** Says it on the newest link, or on that one. */
  say(message: CellMessage, payload?: Payload, link?: number): void {
    this.event({
      on: "say",
      message,
      ...(payload !== undefined && { payload }),
      ...(link !== undefined && { link }),
    });
  }
  holdReads(hold: boolean, why: WhyHeld): void {
    this.#io.holdReads(hold, why);
  }
  flush(ms: number): Promise<void> {
    return this.#io.flush(ms);
  }
  /** Looks at the time and at the parent; also how it begins. */
  lookAtTime(): void {
    this.event({ on: "time", parent: this.#options.parent() });
  }

  event(event: LinkEvent): void {
    const { cell, clock } = this.#options;
    for (const effect of this.#machine.step(event, clock.monotonic())) {
      switch (effect.do) {
        case "send":
          this.#io.send(effect.link, effect.message, effect.payload);
          break;
        case "deliver":
          cell.deliver(effect.instance, effect.message);
          break;
        case "order":
          cell.order(effect.link, effect.message, effect.payload);
          break;
        case "report":
          this.#io.send(effect.link, { t: "report" }, this.#report(effect.holds));
          break;
        case "connect":
          void this.#io.connect(effect.link);
          break;
        case "close":
          this.#io.close(effect.link);
          break;
        case "prove":
          void this.#prove(effect.link, effect.nonce);
          break;
        case "end":
          cell.end(effect.code, effect.reason);
          break;
      }
    }
    if (event.on === "message") {
      this.#io.endOfTurn();
      if (event.message.t !== "ask") cell.moved(event.payload.length);
    }
    this.#arm();
  }

  async #prove(link: number, nonce: string): Promise<void> {
    this.event({ on: "proved", link, proof: await this.#options.prove(nonce) });
  }

  #report(holds: readonly CallKey[]): string {
    const report: CellReport = { instances: this.#options.cell.report(), holds };
    const payload = writeJsonPayload(report);
    return payload.length <= REPORT_BYTES ? payload : shortReport(report);
  }

  #arm(): void {
    const at = this.#machine.wakeAt();
    if (at === this.#wake_at) return;
    this.#wake_at = at;
    this.#cancel();
    if (at === undefined) return;
    const { clock } = this.#options;
    this.#cancel = clock.after(Math.max(0, at - clock.monotonic()), () => {
      this.#wake_at = undefined;
      this.lookAtTime();
    });
  }
}

/** What must be known of a report, in one frame. */
function shortReport({ instances, holds }: CellReport): string {
  const payload = writeJsonPayload({ instances: instances.map(({ kept: _, ...one }) => one), holds });
  if (payload.length <= REPORT_BYTES || holds.length === 0) return payload;
  return shortReport({ instances, holds: holds.slice(0, Math.floor(holds.length / 2)) });
}

function tooLarge(max_bytes: number): Fault {
  return fault("too_large", `the message is larger than the ${max_bytes} bytes its receiver takes`);
}

function crowded(t: KernelMessage["t"], allowed: number): Fault {
  if (t !== "call") return fault("rate_limited", "too many large messages are under way to this process at once");
  return fault("rate_limited", `calls with more than ${allowed} bytes are under way to this process; no more fit now`, {
    hint: "send large arguments one after the other, or as streams",
  });
}
