/**
 * The traffic of calls through this cell, as a pure machine: those its modules make and those they serve. It loses no call and runs none twice:
 * every unanswered call is said again on a new link under the same id, and every key runs once (served_calls.ts). Streams are not said again: a call
 * that has some ends as `moved` when its link breaks.
 *
 * Root calls go to the newest link that is not fenced. What belongs to a served call (its nested calls, their cancels, its answer) stays on the newest
 * link that asked for that call, and waits while there is none (postponed_calls.ts).
 */
import { type Fault, fault } from "../../contract/fault.ts";
import type { CallKey, InstanceId } from "../../contract/names.ts";
import type { KernelMessage, LastWords, Payload } from "../../contract/wire.ts";
import type { LastRun } from "../running_mark.ts";
import { type CallEffect, CallVoice } from "./call_voice.ts";
import { Asking } from "./asking.ts";
import type { KernelWord, Links, WorkerWord } from "./call_words.ts";
import { lastWords } from "./last_words.ts";
import { hasStreams, MadeCalls } from "./made_calls.ts";
import { PostponedCalls } from "./postponed_calls.ts";
import { refusal } from "./refusal.ts";
import { type Answer, type EndedCall, ServedCalls } from "./served_calls.ts";
import { StreamTraffic } from "./stream_traffic.ts";

export type { CallEffect } from "./call_voice.ts";
export type { KernelWord, Links, WorkerWord } from "./call_words.ts";

export class CallMachine {
  readonly #links: Links;
  readonly #serves: (instance: InstanceId) => boolean;
  readonly #made = new MadeCalls();
  readonly #served = new ServedCalls();
  readonly #postponed = new PostponedCalls();
  readonly #voice = new CallVoice();
  readonly #asking: Asking;
  readonly #streams = new StreamTraffic({
    ...{ made: this.#made, served: this.#served, voice: this.#voice },
    ended: (call) => this.#ended(call),
  });

  /** `serves` tells whether an instance takes calls now. */
  constructor(links: Links, serves: (instance: InstanceId) => boolean) {
    this.#links = links;
    this.#serves = serves;
    const parts = { made: this.#made, served: this.#served, postponed: this.#postponed, voice: this.#voice };
    this.#asking = new Asking({ links, ...parts });
  }

  /** Payload bytes of unanswered calls of this cell. */
  get madeBytes(): number {
    return this.#made.bytes;
  }
  /** Payload bytes of the calls that run here. */
  get servedBytes(): number {
    return this.#served.bytes;
  }
  /** Whose call it is that a reply from the kernel answers. */
  callerOf(id: number): InstanceId | undefined {
    return this.#made.get(id)?.instance;
  }
  /** Whether the instance has calls to answer. */
  owes(instance: InstanceId): boolean {
    return this.#served.runs(instance);
  }
  /** The kernel's number for a served call, on the link whose word on it counts. */
  askerOf(serial: number) {
    return this.#served.askerOf(serial);
  }
  /** What that link's kernel should know of an instance that came to its end. */
  lastWords(instance: InstanceId, last: LastRun, link: number): LastWords {
    return lastWords(this.#served, instance, last, link);
  }
  /** Keys that must come back to this cell. */
  held(): CallKey[] {
    return this.#served.held();
  }
  /** What is to be done, in order, since the last asking. */
  takeEffects(): readonly CallEffect[] {
    return this.#voice.takeEffects();
  }
  /** The end of a turn. */
  turn(): void {
    this.#voice.acknowledge("many");
  }

  /** That link is the newest now: it hears of every call that no living link knows. */
  attached(link: number, now: number): void {
    for (const call of this.#made.all()) {
      if (call.link === undefined || !this.#links.isAttached(call.link)) this.#asking.say(call, link, now);
    }
  }

  lost(link: number, now: number): void {
    this.#voice.forget(link);
    const text = "the kernel ended while streams of this call were open";
    const moved = refusal(fault("moved", text, { maybe_ran: true }));
    for (const { serial, instance } of this.#served.forgetLink(link)) {
      this.#served.finish(serial, moved, now);
      this.#voice.deliver(instance, { t: "cancel", id: serial });
    }
    const { root } = this.#links;
    for (const call of this.#made.all()) {
      if (call.link !== link) continue;
      if (hasStreams(call)) this.#asking.end(call, moved, true);
      else if (root !== undefined) this.#asking.say(call, root, now);
    }
  }

  /** Time has passed: answers kept too long go, and so does what waited too long for the call it belongs to. */
  expire(now: number): void {
    this.#voice.acknowledge("all");
    this.#served.expire(now);
    for (const call of this.#postponed.expire(now)) this.#asking.sayAlone(call);
  }

  fromKernel(link: number, word: KernelWord, payload: Payload, now: number): void {
    switch (word.t) {
      case "call":
        return this.#serve(link, word, payload, now);
      case "reply":
        return this.#answered(link, word, payload);
      case "ack":
        return this.#served.acknowledged(word.of, word.ids);
      case "resay": {
        const call = this.#made.get(word.id);
        if (call?.link === link) this.#voice.resayCall(call, link);
        return;
      }
      case "hand_back": {
        const call = this.#made.get(word.id);
        if (call?.link === link) this.#asking.takeBack(call, now);
        return;
      }
      case "cancel": {
        const call = this.#served.askedBy({ link, id: word.id });
        if (call === undefined) return;
        // The kernel has answered its caller already; this answer is for one that asks again.
        const answer = refusal(fault("cancelled", "the call was cancelled", { maybe_ran: true }));
        this.#ended(this.#served.finish(call.serial, answer, now));
        return this.#voice.deliver(call.instance, { t: "cancel", id: call.serial });
      }
      default:
        return this.#streams.fromKernel(link, word, payload);
    }
  }

  /** A call or a reply that is not taken. */
  refused(link: number, message: KernelMessage, why: Fault): void {
    const refused = (maybe_ran: boolean) => refusal({ ...why, maybe_ran });
    if (message.t === "call") return this.#voice.reply({ link, id: message.id }, refused(false));
    if (message.t !== "reply") return;
    if (this.#made.wasGiven(message.id)) this.#voice.received(link, message.id);
    const call = this.#made.end(message.id);
    if (call !== undefined) this.#voice.toMaker(call, refused(true), message.live, 0);
  }

  fromWorker(instance: InstanceId, word: WorkerWord, now: number): void {
    switch (word.t) {
      case "call": {
        const { id: worker_id, api, aspect, name, kind, timeout, trace, lends, payload } = word;
        const belongs = word.parent !== undefined && this.#served.instanceOf(word.parent) === instance;
        const parent = belongs ? word.parent : undefined;
        const facts = { instance, worker_id, api, aspect, name, kind, timeout, trace, lends, parent, payload };
        return this.#asking.say(this.#made.add(facts), this.#links.root, now);
      }
      case "reply":
        return this.#replied(instance, word, now);
      case "cancel": {
        const call = this.#made.find(instance, word.id);
        if (call !== undefined) this.#asking.giveUp(call);
        return;
      }
      case "revoke": {
        const { root } = this.#links;
        if (root !== undefined) this.#voice.say(root, { t: "revoke", from: instance, name: word.name });
        return;
      }
      default:
        return this.#streams.fromWorker(instance, word, now);
    }
  }

  /** The instance's Worker is no more: what it served may have run; nobody waits for what it asked. */
  gone(instance: InstanceId, now: number): void {
    const text = "the module's Worker ended while it served the call";
    const killed = refusal(fault("module_killed", text, { maybe_ran: true }));
    for (const serial of this.#served.serialsOf(instance)) this.#tell(this.#served.finish(serial, killed, now));
    for (const call of this.#made.of(instance)) {
      call.orphan = true;
      this.#asking.giveUp(call);
    }
  }

  #serve(link: number, call: Extract<KernelMessage, { t: "call" }>, payload: Payload, now: number): void {
    const asker = { link, id: call.id };
    if (!this.#serves(call.to) && !this.#served.knows(call.key)) {
      return this.#voice.reply(asker, refusal(fault("moved", `the instance ${call.to} is no longer here`)));
    }
    const { aspect, name, kind, caller, trace, ms, streams = 0, made } = call;
    const lent_with = kind === "lent" ? this.#made.get(made ?? -1) : undefined;
    if (kind === "lent" && lent_with?.instance !== call.to && !this.#served.knows(call.key)) {
      return this.#voice.reply(
        asker,
        refusal(fault("cancelled", "the call with which this function was lent is over")),
      );
    }
    const asked = this.#served.ask(call.key, call.to, asker, { streams: streams > 0, bytes: payload.length });
    if (asked.is === "done") return this.#voice.reply(asker, asked.answer);
    if (asked.is === "running") {
      for (const waiting of this.#postponed.release(asked.serial)) this.#asking.say(waiting, link, now);
      return;
    }
    const message = { t: "call", id: asked.serial, aspect, name, kind, caller, trace, ms, streams, payload } as const;
    this.#voice.deliver(call.to, lent_with === undefined ? message : { ...message, made: lent_with.worker_id });
  }

  #answered(link: number, reply: Extract<KernelMessage, { t: "reply" }>, payload: Payload): void {
    const { id, ok, live, code, streams = 0 } = reply;
    const call = this.#made.get(id);
    const answer: Answer = code === undefined ? { ok, payload } : { ok, payload, code };
    if (streams > 0 && ok && call !== undefined) {
      call.streams = streams;
      return this.#voice.toMaker(call, answer, live, streams);
    }
    // A second answer is acknowledged too, or its keeper would keep it.
    if (this.#made.wasGiven(id)) this.#voice.received(link, id);
    if (call === undefined) return;
    this.#made.end(id);
    this.#voice.toMaker(call, answer, live, 0);
  }

  #replied(instance: InstanceId, { id, ok, code, streams, payload }: WorkerWord & { t: "reply" }, now: number): void {
    if (this.#served.instanceOf(id) !== instance) return;
    const answer: Answer = code === undefined ? { ok, payload } : { ok, payload, code };
    if (!ok || streams === 0) return this.#tell(this.#served.finish(id, answer, now));
    const asker = this.#served.answered(id, streams);
    if (asker !== undefined) this.#voice.reply(asker, answer, streams);
  }

  #tell(ended: EndedCall | undefined): void {
    if (ended?.asker !== undefined) this.#voice.reply(ended.asker, ended.answer);
    this.#ended(ended);
  }
  #ended(ended: EndedCall | undefined): void {
    if (ended !== undefined) { for (const call of this.#postponed.release(ended.serial)) this.#asking.sayAlone(call); }
  }
}
