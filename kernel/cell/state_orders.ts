/**
 * Orders to a cell to export a module's state or to import one, and their answers. A state passes through unread; how many there may be is
 * checked here, since what a cell says is a rumour.
 */
import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { InstanceId } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import type { CellMessage, Payload } from "../contract/wire.ts";
import { GrowingPayload } from "../primitives/growing_payload.ts";
import { readJsonPayload } from "../primitives/json_payload.ts";
import { exceedsBytes } from "../primitives/payload.ts";
import { parseFault } from "../primitives/parse_fault.ts";
import type { QueuedPort } from "./queued_port.ts";

interface Order {
  readonly max_bytes: number;
  readonly settle: (outcome: Result<Payload>) => void;
  /** Of an answer in pieces: what its first one said, and what has come. */
  begun?: { readonly ok: boolean; readonly whole: GrowingPayload };
}

/** A fault, the only answer to an import that has bytes, is small. */
const FAULT_BYTES = 65_536;
const UNREADABLE = fault("module_error", "what its cell said of the state could not be read");

export class StateOrders {
  readonly #port: QueuedPort;
  readonly #clock: Clock;
  readonly #orders = new Map<number, Order>();
  #number = 0;

  constructor(port: QueuedPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
  }

  /** The instance's state, at most so many bytes of it within so long. */
  export(instance: InstanceId, { ms, max_bytes }: { ms: number; max_bytes: number }): Promise<Result<Payload>> {
    const late = `exportState did not answer within ${ms} ms`;
    return this.#order({ ms, late, max_bytes }, (id) => this.#port.send({ t: "export", id, instance }));
  }

  /** Resolves when the instance has taken the state. */
  import(
    instance: InstanceId,
    { from, payload, ms }: { from: string; payload: Payload; ms: number },
  ): Promise<Result<Payload>> {
    const late = `importState did not answer within ${ms} ms`;
    return this.#order(
      { ms, late, max_bytes: 0 },
      (id) => this.#port.send({ t: "import", id, instance, from }, payload),
    );
  }

  /** A part of an answer; one that nobody waits for (any more) is dropped. */
  take(message: Extract<CellMessage, { t: "state" | "piece" }>, payload: Payload): void {
    const order = this.#orders.get(message.id);
    if (order === undefined) return;
    if (message.t === "state") order.begun = { ok: message.ok, whole: new GrowingPayload() };
    if (order.begun === undefined) return;
    const { ok: is_state, whole } = order.begun;
    const most = is_state ? order.max_bytes : FAULT_BYTES;
    if (whole.length + payload.length > most) return order.settle(refuse(tooLarge(most)));
    if (!whole.append(payload)) return order.settle(refuse(UNREADABLE));
    if (message.more) return;
    const answer = whole.take();
    if (exceedsBytes(answer, most)) return order.settle(refuse(tooLarge(most)));
    order.settle(is_state ? ok(answer) : refuse(parseFault(readJsonPayload(answer)) ?? UNREADABLE));
  }

  /** The link broke, or the process ended: what was asked for may never be answered. */
  lost(why: Fault): void {
    for (const order of [...this.#orders.values()]) order.settle(refuse(why));
  }

  #order(
    { ms, late, max_bytes }: { ms: number; late: string; max_bytes: number },
    send: (id: number) => boolean,
  ): Promise<Result<Payload>> {
    const id = ++this.#number;
    return new Promise((resolve) => {
      const settle = (outcome: Result<Payload>) => {
        cancel();
        this.#orders.delete(id);
        resolve(outcome);
      };
      const cancel = this.#clock.after(ms, () => settle(refuse(fault("timeout", late))));
      this.#orders.set(id, { max_bytes, settle });
      if (!send(id)) settle(refuse(fault("module_killed", "its process has ended")));
    });
  }
}

function tooLarge(bytes: number): Fault {
  const hint = "keep less in the state, or raise limits.state_bytes";
  return fault("too_large", `the state makes more than limits.state_bytes, ${bytes} bytes`, { hint });
}
