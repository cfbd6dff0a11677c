/** Streams of calls in flight: items one way, pulls the other, each word from one end of its call to the other. What they cost is in stream_ledger.ts. */
import { type Fault, fault } from "../contract/fault.ts";
import { type CellId, OPERATOR } from "../contract/names.ts";
import type { Payload, StreamWord } from "../contract/wire.ts";
import { NO_PAYLOAD } from "../primitives/payload.ts";
import { doesNotRead } from "./outcome.ts";
import type { CallFlow } from "./call_flow.ts";
import type { CallEntry } from "./call_ledger.ts";
import { StreamGauge } from "./stream_gauge.ts";
import { refuseStreams, StreamLedger } from "./stream_ledger.ts";

export class StreamFlow {
  readonly #flow: CallFlow;
  /** Of each call its answer's streams by their numbers, those among its arguments by -1, -2, … */
  readonly #gauges = new WeakMap<CallEntry, Map<number, StreamGauge>>();

  constructor(flow: CallFlow) {
    this.#flow = flow;
  }

  /** The answer has so many; why they can't be had, else. */
  begin(entry: CallEntry, count: number): Fault | undefined {
    if (entry.origin.cell === OPERATOR) {
      return fault("invalid_argument", STREAM_FOR_NOBODY, { maybe_ran: true, hint: STREAM_HINT });
    }
    const { hit } = this.#flow;
    const refused = refuseStreams(entry.from, count, hit) ?? refuseStreams(entry.to, count, hit) ??
      this.#refuseShare(entry, count);
    if (refused !== undefined) return { ...refused, maybe_ran: true };
    entry.streams = new StreamLedger(count, [entry.from, entry.to]);
    return undefined;
  }

  /** A part of what its callee may have open is left for others, however many one caller would like. */
  #refuseShare({ from, to }: CallEntry, more: number): Fault | undefined {
    if (from === undefined || to === undefined) return undefined;
    const { api, limits: { open_streams } } = to;
    const share = Math.ceil(open_streams * SHARE);
    if (to.open_streams + more <= share) return undefined; // so many in all
    const held = this.#flow.ledger.where((e) => e.from === from && e.to === to && e.streams !== undefined)
      .reduce((sum, { streams }) => sum + streams!.size, 0);
    if (held + more <= share) return undefined;
    this.#flow.hit(api, { limit: "open_streams", found: held + more, allowed: share, about: { caller: from.api } });
    return fault(
      "quota",
      `'${from.api}' holds ${held} streams of '${api}' and ${more} more would begin; one caller may hold ${share} of limits.open_streams ${open_streams}`,
      { hint: "read streams to their end or break off" },
    );
  }

  /** A word about a stream, on its way to the call's other end. What fits no stream is dropped. */
  word(entry: CallEntry, word: StreamWord, payload: Payload): void {
    const telling = word.t === "items" || word.t === "end";
    const of_answer = telling === (word.at === "callee");
    const known = of_answer ? entry.streams?.has(word.no) : word.no < (entry.lends?.streams ?? 0);
    if (!known || entry.to === undefined) return;
    const gauged = this.#gaugeOf(entry, of_answer ? word.no : -1 - word.no).take(word, payload.length);
    if (gauged === "again") return;
    const [from, to] = word.at === "caller" ? [entry.caller.api, entry.api] : [entry.api, entry.caller.api];
    if (gauged === "beyond") return this.#flow.breakOff(entry, goesBeyond(from, word.t));
    if (!this.#flow.ends.stream(entry, word, payload)) return this.#flow.breakOff(entry, doesNotRead(to, true));
    if (!of_answer) return;
    if (word.t === "pull") return this.#flow.readingBegan(entry);
    if (word.t === "end") return this.#ended(entry, word.no, word.code === undefined);
    if (word.t !== "stop") return;
    // Nobody waits for its producer's word on that: one that goes on, or says nothing, would stay in its consumer's count for ever.
    this.#flow.ends.answer(entry, { t: "end", at: "caller", id: entry.origin.id, no: word.no }, NO_PAYLOAD);
    this.#ended(entry, word.no, true);
  }

  #gaugeOf(entry: CallEntry, key: number): StreamGauge {
    let of_call = this.#gauges.get(entry);
    if (of_call === undefined) this.#gauges.set(entry, of_call = new Map());
    let gauge = of_call.get(key);
    if (gauge === undefined) of_call.set(key, gauge = new StreamGauge());
    return gauge;
  }

  #ended(entry: CallEntry, no: number, ok: boolean): void {
    entry.streams?.end(no);
    // An answer whose pieces are still to come ends with the last of them.
    if (entry.streams?.size === 0 && entry.answering === "no") this.#flow.finish(entry, ok);
  }

  /** The link of this cell broke: what it had of streams is gone with it. */
  linkBroke(cell: CellId): void {
    const text = "the link over which this stream went broke";
    const has = ({ streams, lends }: CallEntry) => streams !== undefined || (lends?.streams ?? 0) > 0;
    const { ledger } = this.#flow;
    for (const entry of ledger.where((e) => has(e) && (e.origin.cell === cell || e.to?.port.cell === cell))) {
      if (entry.origin.cell === cell) this.#flow.giveUp(entry, text);
      else this.#flow.fail(entry, fault("moved", text, { maybe_ran: true }));
    }
  }
}

function goesBeyond(api: string, word: "pull" | "items" | "end" | "stop"): Fault {
  const what = word === "pull"
    ? "asked for more of a stream than may be under way"
    : "told more of a stream than was asked for";
  return fault("rate_limited", `'${api}' ${what}`, { maybe_ran: true, retriable: false });
}

/** Of the streams that a service may have open, for one caller. */
const SHARE = 3 / 4;
const STREAM_FOR_NOBODY = "the answer is a stream, which only modules read";
const STREAM_HINT = "call it from a module, or call a method that gives a list";
