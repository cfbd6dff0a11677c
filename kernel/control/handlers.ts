/** What the kernel hands in: one handler for each verb. */
import type { Payload } from "../contract/wire.ts";
import type { ControlVerb, ControlVerbs, LogRecord } from "../contract/control.ts";
import type { LoggedEvent } from "../contract/events.ts";
import type { Result } from "../contract/fault.ts";

/** What a verb's stream carries; other verbs have nothing to send before their answer. */
export type ItemOf<V extends ControlVerb> = V extends "logs" ? LogRecord : V extends "events" ? LoggedEvent : never;

/** One request, seen from its handler. */
export interface ControlStream<Item> {
  /** Aborted when the client cancels or goes away, or the server closes. A stream then answers; a call is given up. */
  readonly signal: AbortSignal;
  /** For what happens now: never waits. When the client does not read, the item is dropped, and the stream says later how many were. */
  push(item: Item): void;
  /** For the past: resolves when there is room for the next one, also when the request was aborted; then nothing was sent. */
  send(item: Item): Promise<void>;
}

/** An answer whose payload was written elsewhere: it is forwarded without looking. `payload` is a value, or a Fault when not ok. */
export class EncodedAnswer {
  constructor(readonly ok: boolean, readonly payload: Payload) {}
}

/** Params are parsed. A handler that throws is a defect and is answered as `internal`. */
export type ControlHandlers = {
  readonly [V in ControlVerb]: (
    params: ControlVerbs[V]["params"],
    stream: ControlStream<ItemOf<V>>,
  ) => Promise<Result<ControlVerbs[V]["answer"]> | EncodedAnswer>;
};
