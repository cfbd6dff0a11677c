/**
 * The run-once table: which calls run here and which answers are kept. A key runs once in the life of this cell, however often and over
 * however many links it is asked for: while it runs, the answer goes to the newest link that asked; when it has run, the same answer goes out again.
 * Answers are kept until the caller has them, at most WIRE.done_count, done_bytes and done_ms; the oldest go first.
 * A kernel's ids belong to its link: an answer is never said on a link that did not ask.
 */
import type { Payload } from "../../contract/wire.ts";
import type { FaultCode } from "../../contract/fault.ts";
import { WIRE } from "../../contract/limits.ts";
import { type CallKey, callKey, type InstanceId } from "../../contract/names.ts";

/** An answer as it travels. */
export interface Answer {
  readonly ok: boolean;
  readonly code?: FaultCode;
  readonly payload: Payload;
}

/** Where somebody waits: the link and the kernel's number on it. */
export interface Asker {
  readonly link: number;
  readonly id: number;
}

interface Running {
  /** How many run in its instance. */
  readonly load: { running: number };
  readonly key: CallKey;
  /** The shell's own number for it; the Worker knows it by that. */
  readonly serial: number;
  readonly instance: InstanceId;
  /** The newest link that asked, while one is left. */
  asker: Asker | undefined;
  /** Older links that asked and live. */
  older: readonly Asker[];
  /** Of its arguments. */
  readonly bytes: number;
  /** It has streams among its arguments, or its answer is out and has some. */
  streams: boolean;
  /** Streams of its answer that are not at their end. */
  open_streams: number;
}

interface Done {
  readonly answer: Answer;
  readonly at: number;
}

/** What is to be done about a call that came in. */
export type Asked =
  | { readonly is: "new"; readonly serial: number }
  | { readonly is: "running"; readonly serial: number }
  | { readonly is: "done"; readonly answer: Answer };

/** A running call that was ended. */
export interface EndedCall {
  readonly key: CallKey;
  readonly serial: number;
  readonly instance: InstanceId;
  readonly answer: Answer;
  /** Where the answer goes; undefined when no link that asked is left: it is kept until one asks again. */
  readonly asker: Asker | undefined;
}

export interface DoneBounds {
  readonly count: number;
  readonly bytes: number;
  readonly ms: number;
}
const DONE_BOUNDS: DoneBounds = Object.freeze({ count: WIRE.done_count, bytes: WIRE.done_bytes, ms: WIRE.done_ms });
const NONE: readonly Asker[] = Object.freeze([]);

export class ServedCalls {
  readonly #bounds: DoneBounds;
  readonly #running = new Map<CallKey, Running>();
  readonly #serials = new Map<number, Running>();
  /** link → the kernel's number on it → the call, where that link's word is the one that counts. */
  readonly #asked = new Map<number, Map<number, Running>>();
  readonly #done = new Map<CallKey, Done>();
  readonly #loads = new Map<InstanceId, { running: number }>();
  #bytes = 0;
  #done_bytes = 0;
  #next = 1;

  constructor(bounds: DoneBounds = DONE_BOUNDS) {
    this.#bounds = bounds;
  }

  /** Somebody asks for the key. `instance` serves it, should it be new; `streams`: there are some among its arguments, of so many `bytes`. */
  ask(key: CallKey, instance: InstanceId, asker: Asker, { streams = false, bytes = 0 } = {}): Asked {
    const running = this.#running.get(key);
    if (running !== undefined) {
      this.#askAgain(running, asker);
      return { is: "running", serial: running.serial };
    }
    const done = this.#done.get(key);
    if (done !== undefined) return { is: "done", answer: done.answer };
    const serial = this.#next++;
    const load = this.#loadOf(instance);
    load.running++;
    const call: Running = { load, key, serial, instance, asker, older: NONE, bytes, streams, open_streams: 0 };
    this.#bytes += bytes;
    this.#running.set(key, call);
    this.#serials.set(serial, call);
    this.#index(asker, call);
    return { is: "new", serial };
  }

  /** Arguments of what runs. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The call has its answer; undefined when it does not run (any more): a second answer is nobody's. */
  finish(serial: number, answer: Answer, now: number): EndedCall | undefined {
    const call = this.#serials.get(serial);
    if (call === undefined) return undefined;
    const { key, instance, asker } = call;
    this.#serials.delete(serial);
    this.#running.delete(key);
    this.#bytes -= call.bytes;
    if (asker !== undefined) this.#asked.get(asker.link)?.delete(asker.id);
    if (--call.load.running === 0) this.#loads.delete(instance);
    this.#done.set(key, { answer, at: now });
    this.#done_bytes += answer.payload.length;
    if (!this.#fits()) this.expire(now);
    return { key, serial, instance, answer, asker };
  }

  /** Its answer is out, with so many streams: it runs on until they are at their end. */
  answered(serial: number, streams: number): Asker | undefined {
    const call = this.#serials.get(serial);
    if (call === undefined) return undefined;
    call.streams = true;
    call.open_streams = streams;
    return call.asker;
  }

  /** One of its answer's streams is at its end; true when none is left. */
  streamEnded(serial: number): boolean {
    const call = this.#serials.get(serial);
    return call !== undefined && call.open_streams > 0 && --call.open_streams === 0;
  }

  /** The running call that the link knows by that id, if this link's word on it is the one that counts. */
  askedBy({ link, id }: Asker): { readonly serial: number; readonly instance: InstanceId } | undefined {
    return this.#asked.get(link)?.get(id);
  }

  /** Whether the key runs or has run here. */
  knows(key: CallKey): boolean {
    return this.#running.has(key) || this.#done.has(key);
  }

  /** Whether that instance runs anything. */
  runs(instance: InstanceId): boolean {
    return this.#loads.has(instance);
  }

  /** Which instance runs that call. */
  instanceOf(serial: number): InstanceId | undefined {
    return this.#serials.get(serial)?.instance;
  }

  /** Where the call's own affairs (nested calls) are said; undefined when it has ended or nobody is left who asked. */
  askerOf(serial: number): Asker | undefined {
    return this.#serials.get(serial)?.asker;
  }

  /** The kernel's number for the call on that link. */
  idOn(serial: number, link: number): number | undefined {
    const call = this.#serials.get(serial);
    if (call?.asker?.link === link) return call.asker.id;
    return call?.older.find((one) => one.link === link)?.id;
  }

  serialsOf(instance: InstanceId): number[] {
    return [...this.#serials.values()].filter((call) => call.instance === instance).map((call) => call.serial);
  }

  /** That link is closed: its ids mean nothing any more. Gives the calls whose streams went with it. */
  forgetLink(link: number): readonly { readonly serial: number; readonly instance: InstanceId }[] {
    this.#asked.delete(link);
    const broken: { readonly serial: number; readonly instance: InstanceId }[] = [];
    for (const call of this.#running.values()) {
      call.older = call.older.filter((one) => one.link !== link);
      if (call.asker?.link !== link) continue;
      call.asker = call.older.at(-1);
      call.older = call.older.slice(0, -1);
      if (call.asker !== undefined) this.#index(call.asker, call);
      if (call.streams) broken.push({ serial: call.serial, instance: call.instance });
    }
    return broken;
  }

  /** That caller has the answers with these numbers. */
  acknowledged(caller: string, ranges: readonly (readonly [number, number])[]): void {
    for (const [from, to] of ranges) for (let id = from; id <= to; id++) this.#drop(callKey(caller, id));
  }

  /** Drops answers that are too old, too many or too large together. */
  expire(now: number): void {
    for (const [key, done] of this.#done) {
      if (this.#fits() && now - done.at < this.#bounds.ms) return;
      this.#drop(key);
    }
  }

  /** Keys that must come back to this cell: those that run, then the kept ones, the newest first. */
  held(): CallKey[] {
    return [...this.#running.keys(), ...[...this.#done.keys()].reverse()];
  }

  /** Links count up: the newest that asked is the one whose word counts. */
  #askAgain(call: Running, asker: Asker): void {
    if (call.asker !== undefined) this.#asked.get(call.asker.link)?.delete(call.asker.id);
    const others = [...call.older, ...call.asker === undefined ? [] : [call.asker]].filter((a) =>
      a.link !== asker.link
    );
    const all = [...others, asker].sort((a, b) => a.link - b.link);
    call.asker = all.at(-1)!;
    call.older = all.slice(0, -1);
    this.#index(call.asker, call);
  }

  #index({ link, id }: Asker, call: Running): void {
    let of_link = this.#asked.get(link);
    if (of_link === undefined) this.#asked.set(link, of_link = new Map());
    of_link.set(id, call);
  }

  #loadOf(instance: InstanceId): { running: number } {
    let load = this.#loads.get(instance);
    if (load === undefined) this.#loads.set(instance, load = { running: 0 });
    return load;
  }

  #fits(): boolean {
    return this.#done.size <= this.#bounds.count && this.#done_bytes <= this.#bounds.bytes;
  }

  #drop(key: CallKey): void {
    const done = this.#done.get(key);
    if (done === undefined) return;
    this.#done.delete(key);
    this.#done_bytes -= done.answer.payload.length;
  }
}
