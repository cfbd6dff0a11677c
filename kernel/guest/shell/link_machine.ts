/**
 * The cell's side of the links to its kernels, as a pure machine: what happened goes in, what is to be done comes out, in order. Which link lives is
 * attach_machine.ts, what becomes of calls is call_machine.ts; here they are told of one another.
 */
import type { Fault } from "../../contract/fault.ts";
import type { CallKey, InstanceId } from "../../contract/names.ts";
import type { LastRun } from "../running_mark.ts";
import type { CellMessage, KernelMessage, LastWords, Payload } from "../../contract/wire.ts";
import { type AttachEffect, AttachMachine, type CellIdentity } from "./attach_machine.ts";
import { type CallEffect, CallMachine, type WorkerWord } from "./call_machine.ts";

export type LinkEvent =
  | { readonly on: "connected" | "closed"; readonly link: number }
  | { readonly on: "proved"; readonly link: number; readonly proof: string }
  /** A whole message; its pieces have been put together. */
  | { readonly on: "message"; readonly link: number; readonly message: KernelMessage; readonly payload: Payload }
  /** A call or a reply that exceeds what its module takes in one message, or for which there is no room now. */
  | { readonly on: "refused"; readonly link: number; readonly message: KernelMessage; readonly why: Fault }
  /** Time has passed; the parent's process id reads so. */
  | { readonly on: "time"; readonly parent: number }
  /** The end of a turn of the loop: what was collected is said. */
  | { readonly on: "turn" }
  | { readonly on: "worker"; readonly instance: InstanceId; readonly message: WorkerWord }
  /** The instance's Worker is no more. */
  | { readonly on: "gone"; readonly instance: InstanceId }
  /** The shell's own word about an instance or itself; with `link` only for that kernel. */
  | { readonly on: "say"; readonly message: CellMessage; readonly payload?: Payload; readonly link?: number };

/** What the shell itself has to carry out. */
export type Order = Extract<
  KernelMessage,
  { t: "load" | "run" | "shutdown" | "unload" | "export" | "import" | "ask" | "vet" }
>;

export type LinkEffect =
  | Exclude<AttachEffect, { do: "attached" | "lost" | "send" }>
  | CallEffect
  /** Say on this link, before anything else, what runs here. */
  | { readonly do: "report"; readonly link: number; readonly holds: readonly CallKey[] }
  | { readonly do: "order"; readonly link: number; readonly message: Order; readonly payload: Payload };

/** News of instances kept for the next link; there are far fewer instances. */
const NEWS_KEPT = 256;

export class LinkMachine {
  readonly #attach: AttachMachine;
  readonly #calls: CallMachine;
  #news: { readonly message: CellMessage; readonly payload?: Payload }[] = [];
  #effects: LinkEffect[] = [];

  /** `serves` tells whether an instance takes calls now. */
  constructor(me: CellIdentity, serves: (instance: InstanceId) => boolean, now: number) {
    this.#attach = new AttachMachine(me, now);
    this.#calls = new CallMachine(this.#attach, serves);
  }

  /** When a `time` event is due at the latest; undefined while nothing is waited for. */
  wakeAt(): number | undefined {
    return this.#attach.wakeAt();
  }
  /** Questions about calls. */
  get calls(): Pick<CallMachine, "callerOf" | "askerOf" | "owes" | "madeBytes" | "servedBytes"> {
    return this.#calls;
  }

  /** What the newest kernel should know of an instance that came to its end. */
  lastWords(instance: InstanceId, last: LastRun): LastWords {
    const link = this.#attach.newest;
    return link === undefined ? { spared: [] } : this.#calls.lastWords(instance, last, link);
  }

  step(event: LinkEvent, now: number): readonly LinkEffect[] {
    if (this.#effects.length > 0) this.#effects = [];
    switch (event.on) {
      case "connected":
        this.#follow(this.#attach.connected(event.link, now), now);
        break;
      case "proved":
        this.#follow(this.#attach.proved(event.link, event.proof), now);
        break;
      case "closed":
        this.#follow(this.#attach.closed(event.link, now), now);
        break;
      case "time":
        this.#calls.expire(now);
        this.#follow(this.#attach.time(now, event.parent), now);
        break;
      case "message":
        this.#fromKernel(event.link, event.message, event.payload, now);
        break;
      case "refused":
        if (this.#attach.isAttached(event.link)) this.#calls.refused(event.link, event.message, event.why);
        break;
      case "worker":
        this.#calls.fromWorker(event.instance, event.message, now);
        break;
      case "gone":
        this.#calls.gone(event.instance, now);
        break;
      case "say":
        this.#say(event);
        break;
      case "turn":
        this.#calls.turn();
        break;
    }
    const calls = this.#calls.takeEffects();
    if (this.#effects.length === 0) return calls;
    this.#effects.push(...calls);
    return this.#effects;
  }

  #follow(effects: readonly AttachEffect[], now: number): void {
    for (const effect of effects) {
      if (effect.do === "attached") this.#attached(effect.link, now);
      else if (effect.do === "lost") this.#calls.lost(effect.link, now);
      else if (effect.do === "send") this.#send(effect.link, effect.message);
      else this.#effects.push(effect);
    }
  }

  #attached(link: number, now: number): void {
    this.#effects.push({ do: "report", link, holds: this.#calls.held() });
    for (const { message, payload } of this.#news.splice(0)) this.#send(link, message, payload);
    this.#calls.attached(link, now);
  }

  #fromKernel(link: number, message: KernelMessage, payload: Payload, now: number): void {
    if (message.t === "nonce") return this.#follow(this.#attach.nonce(link, message.nonce, now), now);
    if (message.t === "welcome") return this.#follow(this.#attach.welcome(link), now);
    if (!this.#attach.isAttached(link)) return;
    switch (message.t) {
      case "call":
      case "reply":
      case "cancel":
      case "ack":
      case "resay":
      case "hand_back":
      case "items":
      case "end":
      case "pull":
      case "stop":
        return this.#calls.fromKernel(link, message, payload, now);
      case "newer":
        return this.#follow(this.#attach.newer(link), now);
      case "bye":
        this.#effects.push({ do: "end", code: 0, reason: "the host stops" });
        return;
      case "load":
      case "run":
      case "shutdown":
      case "unload":
      case "export":
      case "import":
      case "ask":
      case "vet":
        this.#effects.push({ do: "order", link, message, payload });
        return;
      case "credit":
      case "piece":
        return; // link_io.ts has dealt with these
    }
  }

  #say(news: { message: CellMessage; payload?: Payload; link?: number }): void {
    const link = news.link ?? this.#attach.newest;
    if (link !== undefined && this.#attach.isAttached(link)) return this.#send(link, news.message, news.payload);
    // A report says the rest by itself.
    const { t } = news.message;
    const kept = news.link === undefined && (t === "failed" || t === "ended");
    if (kept && this.#news.length < NEWS_KEPT) this.#news.push(news);
  }

  #send(link: number, message: CellMessage, payload?: Payload): void {
    this.#effects.push({ do: "send", link, message, payload });
  }
}
