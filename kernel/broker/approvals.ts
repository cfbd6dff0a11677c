/**
 * Calls that wait for a person's yes: admitted and bound, with all that came of them, delivered to nobody. Each has an id that no other ever had, so that a yes
 * can't reach another call than the one that was read.
 */
import { fault } from "../contract/fault.ts";
import type { EmitEvent } from "../contract/events.ts";
import { WIRE } from "../contract/limits.ts";
import type { OfferedTool } from "../contract/tool_spec.ts";
import type { Payload } from "../contract/wire.ts";
import { clipText } from "../primitives/clip_text.ts";
import { ownPayload } from "../primitives/payload.ts";
import { MESSAGE_COST_BYTES } from "../primitives/window.ts";
import type { CallFlow } from "./call_flow.ts";
import type { CallEntry } from "./call_ledger.ts";
import type { HoldLimits, Route } from "./seat.ts";

/** One that waits. */
export interface Asked {
  readonly id: string;
  readonly entry: CallEntry;
  readonly tool: OfferedTool;
  /** Milliseconds of the monotonic clock. */
  readonly since: number;
}

/** How long a person may take, if who asks waits as long. */
export const APPROVAL_MS = 600_000;
/** More than anybody reads: beyond them a model asks in vain, and so does one that means to bury a question. */
export const MOST_ASKED = 64;
/** Of one principal, so that it can't keep others from asking. */
export const MOST_ASKED_BY_ONE = 16;
/** Of params in an event. */
const SHOWN_UNITS = 500;

/** What of the calls' way is needed here. */
export type ApprovalFlow = Pick<CallFlow, "fail" | "beginAnew" | "routes">;

export class Approvals {
  readonly #flow: ApprovalFlow;
  readonly #emit: EmitEvent;
  readonly #salt: string;
  readonly #asked = new Map<CallEntry, Asked>();
  #bytes = 0;
  #count = 0;

  /** `salt` differs from kernel to kernel. */
  constructor(flow: ApprovalFlow, emit: EmitEvent, salt: string) {
    this.#flow = flow;
    this.#emit = emit;
    this.#salt = salt.slice(0, 4);
  }

  /** Why there is no room for one more question, if there is none. */
  refuses(principal: string): string | undefined {
    if (this.#asked.size >= MOST_ASKED) return `${MOST_ASKED} calls wait for the operator's yes already`;
    let own = 0;
    for (const { entry } of this.#asked.values()) if (entry.caller.principal === principal) own++;
    if (own < MOST_ASKED_BY_ONE) return undefined;
    return `${own} calls of '${principal}' wait for the operator's yes; one principal may ask for ${MOST_ASKED_BY_ONE}`;
  }

  ask(entry: CallEntry, tool: OfferedTool, now: number): void {
    const id = `${this.#salt}${(++this.#count).toString(36)}`;
    this.#asked.set(entry, { id, entry, tool, since: now });
    this.#bytes += bytesOf(entry);
    const { api, principal } = entry.caller;
    this.#emit({
      kind: "approval.asked",
      api: tool.api,
      message: `'${principal}' asks for ${tool.name}`,
      detail: { id, tool: tool.name, principal, caller: api, params: shownParams(entry, SHOWN_UNITS) },
    });
    this.#bound(entry);
  }

  waits(entry: CallEntry): boolean {
    return this.#asked.has(entry);
  }

  /** One more piece of a call that waits. */
  piece(entry: CallEntry, more: boolean, payload: Payload): void {
    const own = ownPayload(payload);
    entry.held.push({ payload: own, more });
    this.#bytes += own.length + MESSAGE_COST_BYTES;
    this.#bound(entry);
  }

  /** What it would be called with, in at most so many characters. */
  params({ entry }: Asked, most: number): string {
    return shownParams(entry, most);
  }

  /** In the order in which they were asked. */
  all(): readonly Asked[] {
    return [...this.#asked.values()];
  }

  /** The operator's word; undefined when none with this id waits. What was approved goes where its api is now. */
  answer(id: string, given: "approved" | "denied"): Asked | undefined {
    const found = this.all().find((asked) => asked.id === id);
    if (found === undefined) return undefined;
    const { entry, tool } = found;
    this.forget(entry);
    const { principal } = entry.caller;
    this.#emit({
      kind: "approval.given",
      api: tool.api,
      message: `${tool.name} for '${principal}': ${given}`,
      detail: { id, tool: tool.name, principal, given },
    });
    if (given === "denied") this.#flow.fail(entry, fault("denied", `the operator refused '${tool.name}'`));
    else this.#flow.beginAnew(entry, limitsOf(this.#flow.routes.of(entry.api))?.call_timeout_ms ?? Infinity);
    return found;
  }

  /** Its time is over. */
  unanswered(entry: CallEntry): void {
    const { id, tool } = this.#asked.get(entry)!;
    this.#flow.fail(
      entry,
      fault("approval_required", `nobody answered whether '${tool.name}' may be called (${id})`, {
        hint:
          "the operator approves with `approve ID` while the call waits, or for good with `approve: never` in the config",
      }),
    );
  }

  /** It has ended, whatever the reason. Harmless for one that never waited. */
  forget(entry: CallEntry): void {
    // Every call that ends comes by here, and hardly ever does one wait.
    if (this.#asked.size > 0 && this.#asked.delete(entry)) this.#bytes -= bytesOf(entry);
  }

  #bound(entry: CallEntry): void {
    if (this.#bytes <= WIRE.queue_bytes) return;
    this.#flow.fail(entry, fault("rate_limited", "too much waits for the operator's yes already"));
  }
}

function limitsOf(route: Route | undefined): HoldLimits | undefined {
  return route?.to === "seat" ? route.seat.limits : route?.to === "hold" ? route.limits : undefined;
}

/** The params as they came, in at most so many characters; bytes and what is still on its way are told by their size. */
function shownParams({ held }: CallEntry, most: number): string {
  const first = held[0]?.payload;
  if (held.length !== 1 || typeof first !== "string") {
    return `${held.reduce((sum, { payload }) => sum + payload.length, 0)} bytes`;
  }
  return clipText(first, most);
}

function bytesOf({ held }: CallEntry): number {
  return held.reduce((sum, { payload }) => sum + payload.length + MESSAGE_COST_BYTES, 0);
}
