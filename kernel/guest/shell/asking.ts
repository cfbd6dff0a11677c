/** Saying calls of this cell's modules to a kernel, and ending them here: on which link, as part of which served call, or not yet. */
import { fault } from "../../contract/fault.ts";
import type { Links } from "./call_words.ts";
import type { CallVoice } from "./call_voice.ts";
import type { MadeCall, MadeCalls } from "./made_calls.ts";
import type { PostponedCalls } from "./postponed_calls.ts";
import { refusal } from "./refusal.ts";
import type { Answer, ServedCalls } from "./served_calls.ts";

export interface AskingParts {
  readonly links: Links;
  readonly made: MadeCalls;
  readonly served: ServedCalls;
  readonly postponed: PostponedCalls;
  readonly voice: CallVoice;
}

export class Asking {
  readonly #parts: AskingParts;

  constructor(parts: AskingParts) {
    this.#parts = parts;
  }

  /** One that was said before is said again with its cancel, where no link knows it now: whoever runs it must hear of it. */
  giveUp(call: MadeCall): void {
    if (call.cancelled) return;
    call.cancelled = true;
    if (call.link === undefined) {
      this.#parts.postponed.forget(call);
      this.end(call, refusal(fault("cancelled", "the call was cancelled before it was sent")), false);
    } else if (this.#parts.links.isAttached(call.link)) {
      this.#parts.voice.say(call.link, { t: "cancel", id: call.id });
    }
  }

  /** The kernel that has it leads no more and never let it out: it is said to the newest one, at once or when that is there. */
  takeBack(call: MadeCall, now: number): void {
    const { root } = this.#parts.links;
    const former = call.link;
    call.link = undefined;
    if (call.cancelled) this.end(call, refusal(fault("cancelled", "the call was cancelled before it was sent")), false);
    else if (root !== undefined && root !== former) this.say(call, root, now);
  }

  end(call: MadeCall, answer: Answer, live: boolean): void {
    this.#parts.made.end(call.id);
    this.#parts.voice.toMaker(call, answer, live, 0);
  }

  /** Says the call on `link`, or where the call is known that it belongs to. */
  say(call: MadeCall, link: number | undefined, now: number): void {
    const { parent } = call;
    if (parent === undefined || this.#parts.served.instanceOf(parent) === undefined) {
      if (link !== undefined) this.#sayOn(call, link, undefined);
      return;
    }
    const asker = this.#parts.served.askerOf(parent);
    if (asker === undefined) this.#parts.postponed.add(parent, call, now);
    else this.#sayOn(call, asker.link, asker.id);
  }

  /** What it lends for longer holds with every kernel there is: a borrower may call it as part of a call that another one has. */
  #sayOn(call: MadeCall, link: number, parent: number | undefined): void {
    const { links, voice } = this.#parts;
    voice.sayCall(call, link, parent);
    const { lends, instance: from, api } = call;
    if (lends?.kept === undefined) return;
    for (const other of links.others(link)) voice.say(other, { t: "lend", from, names: lends.kept, api });
  }

  /** The call it belongs to is over, or nobody asks for it any more. */
  sayAlone(call: MadeCall): void {
    const { root } = this.#parts.links;
    if (call.kind === "lent") {
      const text = "the call with which this function was lent is over";
      this.end(call, refusal(fault("moved", text, { maybe_ran: call.link !== undefined })), false);
    } else if (root !== undefined) this.#parts.voice.sayCall(call, root, undefined);
  }
}
