/**
 * Words about streams on their way between a link and a Worker. A served call with streams in its answer is over when these are, and so is a call that was
 * made; who produces and who consumes is known by which end of the call is here.
 */
import { fault } from "../../contract/fault.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { Payload, StreamWord } from "../../contract/wire.ts";
import type { PortStreamWord, ToWorker } from "../port.ts";
import type { CallVoice } from "./call_voice.ts";
import type { MadeCalls } from "./made_calls.ts";
import { refusal } from "./refusal.ts";
import type { EndedCall, ServedCalls } from "./served_calls.ts";

export interface StreamParts {
  readonly made: MadeCalls;
  readonly served: ServedCalls;
  readonly voice: CallVoice;
  /** A served call is over with its streams. */
  readonly ended: (call: EndedCall | undefined) => void;
}

export class StreamTraffic {
  readonly #parts: StreamParts;

  constructor(parts: StreamParts) {
    this.#parts = parts;
  }

  fromKernel(link: number, word: StreamWord, payload: Payload): void {
    if (word.at === "callee") this.#toCallee(link, word, payload);
    else this.#toMaker(link, word, payload);
  }
  fromWorker(instance: InstanceId, word: PortStreamWord, now: number): void {
    if (word.at === "callee") this.#fromCallee(instance, word, now);
    else this.#fromMaker(instance, word);
  }

  #toCallee(link: number, word: StreamWord, payload: Payload): void {
    const call = this.#parts.served.askedBy({ link, id: word.id });
    if (call !== undefined) this.#parts.voice.deliver(call.instance, portWord({ ...word, id: call.serial }, payload));
  }

  #toMaker(link: number, word: StreamWord, payload: Payload): void {
    const call = this.#parts.made.get(word.id);
    if (call?.link !== link) return;
    if (!call.orphan) this.#parts.voice.deliver(call.instance, portWord({ ...word, id: call.worker_id }, payload));
    if (word.t !== "end" || call.streams === 0 || --call.streams > 0) return;
    this.#parts.made.end(call.id);
    this.#parts.voice.received(link, call.id);
  }

  #fromCallee(instance: InstanceId, word: PortStreamWord, now: number): void {
    const asker = this.#parts.served.instanceOf(word.id) === instance ? this.#parts.served.askerOf(word.id) : undefined;
    if (asker === undefined) return;
    this.#parts.voice.sayStream(asker.link, { ...word, id: asker.id });
    if (word.t !== "end" || !this.#parts.served.streamEnded(word.id)) return;
    const text = "the streams of this answer are over; they can't be told again";
    this.#parts.ended(this.#parts.served.finish(word.id, refusal(fault("moved", text, { maybe_ran: true })), now));
  }

  #fromMaker(instance: InstanceId, word: PortStreamWord): void {
    const call = this.#parts.made.find(instance, word.id);
    if (call?.link !== undefined) this.#parts.voice.sayStream(call.link, { ...word, id: call.id });
  }
}

function portWord(word: StreamWord, payload: Payload): ToWorker {
  return word.t === "items" || word.t === "end" ? { ...word, payload } : word;
}
