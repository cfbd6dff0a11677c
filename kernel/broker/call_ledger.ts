/** Every call in flight, once: who made it, who serves it, until when. A call leaves the ledger with exactly one outcome. */
import { ownPayload } from "../primitives/payload.ts";
import { type ApiName, type CallKey, callKey, type CellId, OPERATOR } from "../contract/names.ts";
import type { Caller, CallKind, Lends, Payload } from "../contract/wire.ts";
import type { ServiceGrant } from "../contract/spec.ts";
import type { Seat } from "./seat.ts";
import type { StreamLedger } from "./stream_ledger.ts";

/** Who waits for the outcome: a module in a cell, or the operator. Answers go through `origin`. */
export interface CallEntry {
  /** The kernel's own number, the `id` on the callee's link. */
  readonly id: number;
  readonly api: ApiName;
  readonly aspect: string;
  readonly name: string;
  readonly kind: CallKind;
  readonly caller: Caller;
  /** A tracer may put its own in place before the call is delivered. */
  trace: string;
  readonly depth: number;
  /** Of one that waited for a person's yes: when that came. */
  started: number;
  /** Of an answer with streams: until when their reader has to begin; infinite once it has, and of a call that has ended. */
  deadline: number;
  /** The call that was being served when this one was made. */
  readonly parent: CallEntry | undefined;
  readonly origin: CallOrigin;
  /** The instance that made it, or undefined for the operator. */
  readonly from: Seat | undefined;
  /** The instance that serves it; undefined while it is held. */
  to: Seat | undefined;
  /** What has come of it while it is held: first the call's own payload, then pieces. */
  held: { readonly payload: Payload; readonly more: boolean }[];
  /** Pieces of the call are still to come from its caller. */
  more_to_come: boolean;
  /** The callee was sent a beginning and no end: it must be sent one, whatever becomes of the call. */
  begun_there: boolean;
  /** Of a reply in pieces: what its first piece said. `lost`: the link that had it is gone. */
  answering: "no" | "ok" | "fault" | "lost";
  /** What its caller lends with it. */
  readonly lends: Lends | undefined;
  /** Grants that bound it besides those of the module that made it: of the callers in whose name it acts. */
  readonly under: readonly (readonly ServiceGrant[])[];
  /** The caller's own number for the call with which the function was lent that this one calls. */
  readonly made: number | undefined;
  /** Streams of its answer, once that is out: which are told to their end. */
  streams: StreamLedger | undefined;
}

/** What is known of a call when it is admitted. */
export type NewCall = Omit<CallEntry, "to" | "held" | "more_to_come" | "begun_there" | "answering" | "streams">;

/** An entry as it begins: not delivered, nothing answered. What waits is a copy: a payload is a span that keeps its whole chunk alive. */
export function newEntry(
  call: NewCall,
  payload: Payload,
  { more, waits }: { readonly more: boolean; readonly waits: boolean },
): CallEntry {
  // Field by field: every call has one, and copying twenty fields by name takes much longer.
  return {
    id: call.id,
    api: call.api,
    aspect: call.aspect,
    name: call.name,
    kind: call.kind,
    caller: call.caller,
    trace: call.trace,
    depth: call.depth,
    started: call.started,
    deadline: call.deadline,
    parent: call.parent,
    origin: call.origin,
    from: call.from,
    lends: call.lends,
    under: call.under,
    made: call.made,
    to: undefined,
    held: [{ payload: waits ? ownPayload(payload) : payload, more }],
    more_to_come: more,
    begun_there: false,
    answering: "no",
    streams: undefined,
  };
}

/** Held, and its caller was asked to say it again. */
export function awaitsWords({ to, held }: CallEntry): boolean {
  return to === undefined && held.length === 0;
}

/** The key under which its callee's cell knows it, once for all links and kernels. */
export function keyOf({ origin: { asker, id } }: CallEntry): CallKey {
  return callKey(asker, id);
}

/** Where outcomes of one caller's calls go. */
export interface CallOrigin {
  /** The caller's cell, or "@operator". */
  readonly cell: CellId | string;
  /** The caller's part of the call's key: its cell, or this kernel's operator. */
  readonly asker: string;
  /** The caller's own number for the call. */
  readonly id: number;
}

export class CallLedger {
  readonly #by_id = new Map<number, CallEntry>();
  /** caller's cell → caller's number → entry; the operator names its calls by themselves */
  readonly #by_origin = new Map<string, Map<number, CallEntry>>();
  #next = 1;

  nextId(): number {
    return this.#next++;
  }

  open(entry: CallEntry): void {
    this.#by_id.set(entry.id, entry);
    if (entry.origin.cell === OPERATOR) return;
    let calls = this.#by_origin.get(entry.origin.cell);
    if (calls === undefined) this.#by_origin.set(entry.origin.cell, calls = new Map());
    calls.set(entry.origin.id, entry);
  }

  /** False when it had been closed before: an outcome counts once. */
  close(entry: CallEntry): boolean {
    if (!this.#by_id.delete(entry.id)) return false;
    const calls = this.#by_origin.get(entry.origin.cell);
    if (calls?.get(entry.origin.id) === entry) calls.delete(entry.origin.id);
    if (entry.to !== undefined) entry.to.in_flight--;
    return true;
  }

  /** Its seat is gone, and it goes on without one. */
  takeBack(entry: CallEntry): void {
    if (entry.to !== undefined) entry.to.in_flight--;
    entry.to = undefined;
  }

  get(id: number): CallEntry | undefined {
    return this.#by_id.get(id);
  }
  ofOrigin(cell: string, id: number): CallEntry | undefined {
    return this.#by_origin.get(cell)?.get(id);
  }
  all(): Iterable<CallEntry> {
    return this.#by_id.values();
  }
  /** All calls that match, as a list that stays valid while they are closed. */
  where(matches: (entry: CallEntry) => boolean): CallEntry[] {
    return [...this.#by_id.values()].filter(matches);
  }
  /** Calls that this module has at that api, served or waiting. */
  countBetween(caller: string, api: string): number {
    let count = 0;
    for (const entry of this.#by_id.values()) if (entry.api === api && entry.from?.api === caller) count++;
    return count;
  }
  forgetOrigin(cell: string): void {
    this.#by_origin.delete(cell);
  }
  get size(): number {
    return this.#by_id.size;
  }
}
