/**
 * The traffic of calls through this cell, as a pure machine: those its modules make and those they serve. It loses no call and runs none twice:
 * every unanswered call is said again on a new link under the same id, and every key runs once (served_calls.ts).
 *
 * Root calls go to the newest link that is not fenced. What belongs to a served call (its nested calls, their cancels, its answer) stays on the newest
 * link that asked for that call, while it lives.
 */
import { fault } from "../../contract/fault.ts";
import type { CallKey, InstanceId } from "../../contract/names.ts";
import type { CellMessage, KernelMessage } from "../../contract/wire.ts";
import type { FromWorker, ToWorker } from "../port.ts";
import { toRanges } from "./id_ranges.ts";
import { type MadeCall, MadeCalls } from "./made_calls.ts";
import { refusal } from "./refusal.ts";
import { type Answer, type EndedCall, ServedCalls } from "./served_calls.ts";

/** What a Worker says about calls. */
export type WorkerWord = Extract<FromWorker, { t: "call" | "reply" | "cancel" }>;
/** What a kernel says about calls. */
export type KernelWord = Extract<KernelMessage, { t: "call" | "reply" | "cancel" | "ack" }>;

export type CallEffect =
  | { readonly do: "send"; readonly link: number; readonly message: CellMessage; readonly payload?: Uint8Array }
  | { readonly do: "deliver"; readonly instance: InstanceId; readonly message: ToWorker };

/** What the traffic needs to know of the links. */
export interface Links {
  /** Where new root calls go; undefined while they have to wait. */
  readonly root: number | undefined;
  isAttached(link: number): boolean;
}

/** Ranges in one `ack`: its header must stay below WIRE.header_bytes. */
const RANGES_PER_ACK = 64;

export class CallMachine {
  readonly #links: Links;
  readonly #serves: (instance: InstanceId) => boolean;
  readonly #made = new MadeCalls();
  readonly #served = new ServedCalls();
  readonly #acks = new Map<number, number[]>();
  #effects: CallEffect[] = [];

  /** `serves` tells whether an instance takes calls now. */
  constructor(links: Links, serves: (instance: InstanceId) => boolean) {
    this.#links = links;
    this.#serves = serves;
  }

  /** Payload bytes of unanswered calls of this cell. */
  get madeBytes(): number {
    return this.#made.bytes;
  }
  /** Whose call it is that a reply from the kernel answers. */
  callerOf(id: number): InstanceId | undefined {
    return this.#made.get(id)?.instance;
  }
  /** Whether the instance has calls to answer. */
  owes(instance: InstanceId): boolean {
    return this.#served.runs(instance);
  }
  /** Keys that must come back to this cell. */
  held(): CallKey[] {
    return this.#served.held();
  }
  /** What is to be done, in order, since the last asking. */
  takeEffects(): CallEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** That link is the newest now: it hears of every call that no living link knows. */
  attached(link: number): void {
    for (const call of this.#made.unanswered()) {
      if (call.link === undefined || !this.#links.isAttached(call.link)) this.#sendCall(call, link);
    }
  }

  lost(link: number): void {
    this.#acks.delete(link);
    this.#served.forgetLink(link);
    const { root } = this.#links;
    if (root === undefined) return;
    for (const call of this.#made.unanswered()) if (call.link === link) this.#sendCall(call, root);
  }

  /** Answers kept too long go. */
  expire(now: number): void {
    this.#served.expire(now);
  }

  fromKernel(link: number, word: KernelWord, payload: Uint8Array, now: number): void {
    switch (word.t) {
      case "call":
        return this.#serve(link, word, payload);
      case "reply":
        return this.#answered(link, word, payload);
      case "ack":
        return this.#served.acknowledged(word.keys);
      case "cancel": {
        const call = this.#served.askedBy({ link, id: word.id });
        if (call === undefined) return;
        // The kernel has answered its caller already; this answer is for one that asks again.
        const answer = refusal(fault("cancelled", "the call was cancelled", { maybe_ran: true }));
        this.#served.finish(call.serial, answer, now);
        this.#effects.push({ do: "deliver", instance: call.instance, message: { t: "cancel", id: call.serial } });
        return;
      }
    }
  }

  /** A call or a reply that exceeds what its module takes in one message. */
  tooLarge(link: number, message: KernelMessage, max_bytes: number): void {
    const text = `the message is larger than the ${max_bytes} bytes its receiver takes`;
    const refused = (maybe_ran: boolean) => refusal(fault("too_large", text, { maybe_ran }));
    if (message.t === "call") return this.#reply({ link, id: message.id }, refused(false));
    if (message.t !== "reply") return;
    if (this.#made.wasGiven(message.id)) mapPush(this.#acks, link, message.id);
    const call = this.#made.end(message.id);
    if (call !== undefined) this.#toCaller(call, refused(true), message.live);
  }

  fromWorker(instance: InstanceId, word: WorkerWord, now: number): void {
    switch (word.t) {
      case "call": {
        const { id: worker_id, parent, t: _, ...made } = word;
        const belongs = parent !== undefined && this.#served.instanceOf(parent) === instance;
        const call = this.#made.add({ ...made, instance, worker_id }, belongs ? parent : undefined);
        const link = (belongs ? this.#served.askerOf(parent)?.link : undefined) ?? this.#links.root;
        if (link !== undefined) this.#sendCall(call, link);
        return;
      }
      case "reply": {
        if (this.#served.instanceOf(word.id) !== instance) return;
        const { ok, code, payload } = word;
        this.#replyEnded(this.#served.finish(word.id, { ok, payload, ...(code !== undefined && { code }) }, now));
        return;
      }
      case "cancel": {
        const call = this.#made.find(instance, word.id);
        if (call !== undefined) this.#giveUp(call);
        return;
      }
    }
  }

  /** The instance's Worker is no more: what it served may have run; nobody waits for what it asked. */
  gone(instance: InstanceId, now: number): void {
    const text = "the module's Worker ended while it served the call";
    const killed = refusal(fault("module_killed", text, { maybe_ran: true }));
    for (const serial of this.#served.serialsOf(instance)) this.#replyEnded(this.#served.finish(serial, killed, now));
    for (const call of this.#made.of(instance)) {
      call.orphan = true;
      this.#giveUp(call);
    }
  }

  /** Says which answers were received in this turn. */
  acknowledge(): void {
    for (const [link, ids] of this.#acks) {
      const ranges = toRanges(ids);
      for (let at = 0; at < ranges.length; at += RANGES_PER_ACK) {
        this.#send(link, { t: "ack", ids: ranges.slice(at, at + RANGES_PER_ACK) });
      }
    }
    this.#acks.clear();
  }

  #serve(link: number, call: Extract<KernelMessage, { t: "call" }>, payload: Uint8Array): void {
    if (!this.#served.knows(call.key) && !this.#serves(call.to)) {
      return this.#reply({ link, id: call.id }, refusal(fault("moved", `the instance ${call.to} is no longer here`)));
    }
    const asked = this.#served.ask(call.key, call.to, { link, id: call.id });
    if (asked.is === "running") return;
    if (asked.is === "done") return this.#reply({ link, id: call.id }, asked.answer);
    const { aspect, name, kind, caller, trace, ms } = call;
    this.#effects.push({
      do: "deliver",
      instance: call.to,
      message: { t: "call", id: asked.serial, aspect, name, kind, caller, trace, ms, payload },
    });
  }

  #answered(link: number, reply: Extract<KernelMessage, { t: "reply" }>, payload: Uint8Array): void {
    // A second answer is acknowledged too, or its keeper would keep it.
    if (this.#made.wasGiven(reply.id)) mapPush(this.#acks, link, reply.id);
    const call = this.#made.end(reply.id);
    if (call === undefined) return;
    const { ok, live, code } = reply;
    this.#toCaller(call, { ok, payload, ...(code !== undefined && { code }) }, live);
  }

  #toCaller(call: MadeCall, answer: Answer, live: boolean): void {
    if (call.orphan) return;
    this.#effects.push({
      do: "deliver",
      instance: call.instance,
      message: { t: "reply", id: call.worker_id, live, ...answer },
    });
  }

  #giveUp(call: MadeCall): void {
    if (call.cancelled) return;
    call.cancelled = true;
    if (call.link === undefined) {
      this.#made.end(call.id);
      this.#toCaller(call, refusal(fault("cancelled", "the call was cancelled before it was sent")), false);
    } else if (this.#links.isAttached(call.link)) {
      this.#send(call.link, { t: "cancel", id: call.id });
    }
  }

  /** Says the call on that link; with `again` when another link may have heard of it. */
  #sendCall(call: MadeCall, link: number): void {
    const parent = call.parent === undefined ? undefined : this.#served.idOn(call.parent, link);
    const again = call.link !== undefined;
    const { id, instance: from, api, aspect, name, kind, timeout, trace } = call;
    call.link = link;
    this.#send(link, {
      ...{ t: "call", id, from, api, aspect, name, kind },
      ...(parent !== undefined && { parent }),
      ...(timeout !== undefined && { timeout }),
      ...(trace !== undefined && { trace }),
      ...(again && { again }),
    }, call.payload);
    if (call.cancelled) this.#send(link, { t: "cancel", id });
  }

  #replyEnded(ended: EndedCall | undefined): void {
    if (ended?.asker !== undefined) this.#reply(ended.asker, ended.answer);
  }

  #reply(asker: { readonly link: number; readonly id: number }, answer: Answer): void {
    const { ok, code, payload } = answer;
    this.#send(asker.link, { t: "reply", id: asker.id, ok, ...(code !== undefined && { code }) }, payload);
  }

  #send(link: number, message: CellMessage, payload?: Uint8Array): void {
    this.#effects.push({ do: "send", link, message, ...(payload !== undefined && { payload }) });
  }
}

function mapPush(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
