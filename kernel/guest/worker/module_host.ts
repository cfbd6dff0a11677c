import { type Fault, fault, FaultError, refuse, type Result } from "../../contract/fault.ts";
import type { Borrow } from "../../primitives/revive_tags.ts";
import { releaseMemory } from "../../primitives/release_memory.ts";
import { encodeValue } from "../../primitives/value_codec.ts";
import type { FromWorker, ToWorker } from "../port.ts";
import { begin, pause, type RunningMark } from "../running_mark.ts";
import type { AdriftCalls } from "./adrift_calls.ts";
import { type CallContext, ServedCall } from "./call_context.ts";
import type { KeptFunctions } from "./kept_functions.ts";
import type { LentFunction } from "./lending.ts";
import type { MadeCalls } from "./made_calls.ts";
import type { ModuleLife } from "./module_life.ts";
import type { OpenStreams } from "./open_streams.ts";
import type { ModuleState } from "./module_state.ts";
import type { Outbox } from "./outbox.ts";
import { monotonic, SafeMap, wallClock } from "./primordials.ts";
import { type Answered, type CallOrder, serveCall, type Served } from "./serve_call.ts";

/** What is counted of a module, as `pong` tells it. */
export interface Tally {
  error_count: number;
  /** Seconds since the epoch. */
  last_error_time: number | null;
}

/** What a loaded module needs to be hosted. */
export interface Hosted {
  readonly served: Served;
  readonly life: ModuleLife;
  readonly state: ModuleState;
  readonly calls: MadeCalls;
  readonly adrift: AdriftCalls;
  readonly streams: OpenStreams;
  readonly mark: RunningMark;
  readonly context: CallContext;
  readonly outbox: Outbox;
  readonly tally: Tally;
  /** Timers that are set. */
  readonly timers: { count(): number; close(): void };
  /** Calls of `crypto.subtle` that have not ended. */
  readonly crypto_calls: () => number;
}

const { Promise: NativePromise } = globalThis;

export function countError(tally: Tally): void {
  tally.error_count++;
  tally.last_error_time = wallClock() / 1000;
}

/** A function that this module lent: with the call that is still open, or kept by name. */
export function findLent(calls: MadeCalls, kept: KeptFunctions): (order: CallOrder) => Result<LentFunction> {
  return ({ kind, name, made, caller }) => {
    if (kind === "kept") return kept.find(name, caller.api);
    const fn = made === undefined ? undefined : calls.lent(made, Number(name));
    if (fn !== undefined) return { ok: true, value: fn };
    return refuse(fault("cancelled", "the call with which this function was lent is over, or lent no such function"));
  };
}

/** Does what the shell says, one message after the other. */
export function hostModule(hosted: Hosted): (message: ToWorker) => void {
  const { served, life, state, calls, adrift, streams, mark, context, outbox, tally, timers, crypto_calls } = hosted;
  const serving = new SafeMap<number, ServedCall>();

  function serve(order: CallOrder): void {
    const { id, caller, trace, ms } = order;
    const crowded = adrift.refuse(caller.api);
    if (crowded !== undefined) return outbox.post(refusal(id, crowded));
    if (!begin(mark, id)) return; // the cell is at its end, and has said that this never began
    const call = new ServedCall(id, caller, trace, monotonic() + ms);
    serving.set(id, call);
    const answer = context.run(call, () => serveCall(served, order, call, borrowing(order, call)));
    pause(mark);
    if (answer instanceof NativePromise) void answer.then((late) => answered(call, late));
    else answered(call, answer);
  }

  function answered(call: ServedCall, answer: Answered): void {
    const { id } = call;
    if (!serving.has(id)) { // cancelled: nobody waits
      call.over = true;
      return adrift.ended(call.caller.api);
    }
    if (!answer.ok) {
      finish(call);
      return outbox.post(refusal(id, answer.fault));
    }
    const { payload, streams: told } = answer.value;
    outbox.post({ t: "reply", id, ok: true, streams: told?.length ?? 0, payload });
    if (told === undefined) return finish(call);
    call.deadline = Infinity; // from here on its consumer's pace counts
    const lingers = () => {
      adrift.began(call.caller.api);
      return () => adrift.ended(call.caller.api);
    };
    context.run(call, () => streams.of("callee", id).produce(told, () => finish(call), lingers));
  }

  function finish(call: ServedCall): void {
    call.over = true;
    serving.delete(call.id);
    if (streams.has("callee", call.id)) streams.of("callee", call.id).close(undefined);
  }

  /** What stands for things that the caller lent with this call. */
  function borrowing({ id, streams: count, caller }: CallOrder, call: ServedCall): Borrow {
    return (ref) => {
      switch (ref.kind) {
        case "signal":
          return call.signal;
        case "stream":
          return streams.of("callee", id).consume(ref.no, count);
        case "function": {
          const target = { api: "", aspect: "", name: `${ref.no}`, kind: "lent" } as const;
          return (...args: unknown[]) => call.over ? revoked() : calls.call(target, args, { parent: call });
        }
        case "kept": {
          const target = { api: caller.api, aspect: "", name: ref.name, kind: "kept" } as const;
          return (...args: unknown[]) => calls.call(target, args);
        }
      }
    };
  }

  function cancel(id: number): void {
    const call = serving.get(id);
    if (call === undefined) return;
    serving.delete(id);
    if (call.deadline < Infinity) adrift.began(call.caller.api); // its answer is not out
    call.cancel();
    if (!streams.has("callee", id)) return;
    call.over = true;
    streams.of("callee", id).close(fault("cancelled", "the caller gave the call up"));
  }

  async function end(): Promise<void> {
    await life.shutdown();
    timers.close();
  }

  return (message) => {
    switch (message.t) {
      case "call":
        return serve(message);
      case "reply":
        return calls.settle(message);
      case "items":
      case "pull":
      case "stop":
        return streams.word(message);
      case "end":
        streams.word(message);
        if (message.at === "caller") calls.streamEnded(message.id);
        return;
      case "cancel":
        return cancel(message.id);
      case "run":
        return void life.run();
      case "shutdown":
        return void end();
      case "export":
      case "import":
        return void state.obey(message);
      case "release":
        return releaseMemory();
      case "ping": {
        const active_tasks = serving.size + timers.count() + crypto_calls() + (life.running() ? 1 : 0);
        return outbox.post({ t: "pong", seq: message.seq, active_tasks, timers: timers.count(), ...tally });
      }
    }
  };
}

function revoked(): Promise<never> {
  const why = fault("cancelled", "this function was lent for a call that is over; ask for one that is kept by name", {
    hint: "whoever lends it passes keep(name, fn)",
    retriable: false,
  });
  return NativePromise.reject(new FaultError(why));
}

function refusal(id: number, why: Fault): FromWorker {
  const told = encodeValue(why, "fault");
  return { t: "reply", id, ok: false, code: why.code, streams: 0, payload: told.ok ? told.value : "" };
}
