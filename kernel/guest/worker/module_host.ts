import type { Fault } from "../../contract/fault.ts";
import { releaseMemory } from "../../primitives/release_memory.ts";
import { encodeValue } from "../../primitives/value_codec.ts";
import type { FromWorker, ToWorker } from "../port.ts";
import { type CallContext, type ServedCall, servedCall } from "./call_context.ts";
import type { MadeCalls } from "./made_calls.ts";
import type { ModuleLife } from "./module_life.ts";
import type { ModuleState } from "./module_state.ts";
import type { Outbox } from "./outbox.ts";
import { monotonic, SafeMap, wallClock } from "./primordials.ts";
import { serveCall, type Served } from "./serve_call.ts";

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
  readonly context: CallContext;
  readonly outbox: Outbox;
  readonly tally: Tally;
  /** Timers that are set. */
  readonly timers: { count(): number; close(): void };
  /** Calls of `crypto.subtle` that have not ended. */
  readonly crypto_calls: () => number;
}

export function countError(tally: Tally): void {
  tally.error_count++;
  tally.last_error_time = wallClock() / 1000;
}

/** Does what the shell says, one message after the other. */
export function hostModule(hosted: Hosted): (message: ToWorker) => void {
  const { served, life, state, calls, context, outbox, tally, timers, crypto_calls } = hosted;
  const serving = new SafeMap<number, ServedCall>();

  async function serve(order: ToWorker & { t: "call" }): Promise<void> {
    const { id, caller, trace, ms } = order;
    const call = servedCall({ id, caller, trace, deadline: monotonic() + ms });
    serving.set(id, call);
    const answer = await context.run(call, () => serveCall(served, order, call));
    call.over = true;
    if (!serving.delete(id)) return; // cancelled: nobody waits
    outbox.post(answer.ok ? { t: "reply", id, ok: true, payload: answer.value } : refusal(id, answer.fault));
  }

  async function end(): Promise<void> {
    await life.shutdown();
    timers.close();
  }

  return (message) => {
    switch (message.t) {
      case "call":
        return void serve(message);
      case "reply":
        return calls.settle(message);
      case "cancel": {
        const call = serving.get(message.id);
        serving.delete(message.id);
        return call?.cancel();
      }
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
        return outbox.post({ t: "pong", seq: message.seq, active_tasks, ...tally });
      }
    }
  };
}

function refusal(id: number, fault: Fault): FromWorker {
  const told = encodeValue(fault, "fault");
  const payload = told.ok ? told.value : new Uint8Array(0);
  return { t: "reply", id, ok: false, code: fault.code, payload };
}
