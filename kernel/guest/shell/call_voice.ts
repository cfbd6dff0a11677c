/** What is said of calls, to kernels and to Workers, collected in order. */
import type { InstanceId } from "../../contract/names.ts";
import { WIRE } from "../../contract/limits.ts";
import type { CellMessage, Payload } from "../../contract/wire.ts";
import type { PortStreamWord, ToWorker } from "../port.ts";
import { toRanges } from "../../primitives/id_ranges.ts";
import type { MadeCall } from "./made_calls.ts";
import type { Answer, Asker } from "./served_calls.ts";

export type CallEffect =
  | { readonly do: "send"; readonly link: number; readonly message: CellMessage; readonly payload: Payload | undefined }
  | { readonly do: "deliver"; readonly instance: InstanceId; readonly message: ToWorker };

/** Ranges in one `ack`: its header must stay below WIRE.header_bytes. */
const RANGES_PER_ACK = 64;
/** Answers that their callees keep for us: far fewer than WIRE.done_count. */
export const ACK_AT = 128;

const NONE: readonly CallEffect[] = Object.freeze([]);

export class CallVoice {
  readonly #acks = new Map<number, number[]>();
  #effects: CallEffect[] = [];

  takeEffects(): readonly CallEffect[] {
    const effects = this.#effects;
    if (effects.length === 0) return NONE;
    this.#effects = [];
    return effects;
  }

  say(link: number, message: CellMessage, payload?: Payload): void {
    this.#effects.push({ do: "send", link, message, payload });
  }
  deliver(instance: InstanceId, message: ToWorker): void {
    this.#effects.push({ do: "deliver", instance, message });
  }

  /** The call on that link, as part of the kernel's call `parent`; marked when another link may have heard of it. */
  sayCall(call: MadeCall, link: number, parent: number | undefined): void {
    const { id, instance: from, api, aspect, name, kind, timeout, trace, lends, payload } = call;
    const again = call.link !== undefined;
    call.link = link;
    const plain = { t: "call", id, from, api, aspect, name, kind } as const;
    this.say(
      link,
      parent === undefined && timeout === undefined && trace === undefined && lends === undefined && !again ? plain : {
        ...plain,
        ...(parent !== undefined && { parent }),
        ...(timeout !== undefined && { timeout }),
        ...(trace !== undefined && { trace }),
        ...(lends !== undefined && { lends }),
        ...(again && { again }),
      },
      payload,
    );
    if (call.cancelled) this.say(link, { t: "cancel", id });
  }

  /** The kernel lost its words: all of it once more, on the link that asks for it. */
  resayCall(call: MadeCall, link: number): void {
    const { id, instance: from, api, aspect, name, kind, payload } = call;
    this.say(link, { t: "call", id, from, api, aspect, name, kind, resaid: true }, payload);
  }

  /** The answer to whoever asked; with so many streams that follow. */
  reply({ link, id }: Asker, { ok, code, payload }: Answer, streams = 0): void {
    const plain = { t: "reply", id, ok } as const;
    this.say(
      link,
      code === undefined && streams === 0
        ? plain
        : { ...plain, ...(code !== undefined && { code }), ...(streams > 0 && { streams }) },
      payload,
    );
  }

  /** The answer to the module that made the call, unless that is gone. */
  toMaker(call: MadeCall, { ok, code, payload }: Answer, live: boolean, streams: number): void {
    if (call.orphan) return;
    const plain = { t: "reply", id: call.worker_id, ok, live, streams, payload } as const;
    this.deliver(call.instance, code === undefined ? plain : { ...plain, code });
  }

  sayStream(link: number, word: PortStreamWord): void {
    if (word.t !== "items" && word.t !== "end") return this.say(link, word);
    const { payload, ...message } = word;
    this.say(link, message, payload);
  }

  /** An answer has come; the kernel hears of it by and by. */
  received(link: number, id: number): void {
    const ids = this.#acks.get(link);
    if (ids === undefined) this.#acks.set(link, [id]);
    else ids.push(id);
  }

  /** Says which answers were received: all, or only where there are many. That has time, and every word wakes the kernel. */
  acknowledge(which: "all" | "many"): void {
    for (const [link, ids] of this.#acks) {
      if (which === "many" && ids.length < ACK_AT) continue;
      this.#acks.delete(link);
      ids.sort((a, b) => a - b);
      for (let first = 0; first < ids.length; first += WIRE.ack_ids) {
        const ranges = toRanges(ids.slice(first, first + WIRE.ack_ids));
        for (let at = 0; at < ranges.length; at += RANGES_PER_ACK) {
          this.say(link, { t: "ack", ids: ranges.slice(at, at + RANGES_PER_ACK) });
        }
      }
    }
  }

  forget(link: number): void {
    this.#acks.delete(link);
  }
}
