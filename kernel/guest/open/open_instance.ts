/**
 * A module without a fence: an object of this process that serves and makes calls as a module does, by the same code. For tests of authors, whose own code
 * it is; no host loads anything so.
 */
import { fault, ok, type Result } from "../../contract/fault.ts";
import type { LoadOrder } from "../../contract/wire.ts";
import { NO_PAYLOAD } from "../../primitives/payload.ts";
import type { FromWorker, ToWorker } from "../port.ts";
import type { Kernel } from "../sdk/mod.ts";
import type { ModuleWorker, WorkerListener } from "../shell/module_worker.ts";
import { openAdriftCalls } from "../worker/adrift_calls.ts";
import { openCallContext } from "../worker/call_context.ts";
import { kernelObject } from "../worker/kernel_object.ts";
import { newRunningMark, stop } from "../running_mark.ts";
import { openKeptFunctions } from "../worker/kept_functions.ts";
import { openStreams } from "../worker/open_streams.ts";
import { openMadeCalls } from "../worker/made_calls.ts";
import { countError, findLent, hostModule, type Tally } from "../worker/module_host.ts";
import { openModuleLife, openSleeps } from "../worker/module_life.ts";
import { openModuleState } from "../worker/module_state.ts";
import { openModuleTimers } from "../worker/module_timers.ts";
import type { ModuleTools } from "../worker/module_tools.ts";

/** The object that serves under the order's api, made with the kernel that its own calls go by. */
export type MakeObject = (api: string, kernel: Kernel) => object;

/** In the place of a Worker: what is said to it is done here, in a later turn. */
export function openInstance(order: LoadOrder, listener: WorkerListener, make: MakeObject): ModuleWorker {
  let ended = false;
  const post = (message: FromWorker) => queueMicrotask(() => ended || tell(listener, message));
  const tally: Tally = { error_count: 0, last_error_time: null };
  const failed = () => countError(tally);
  const outbox = { post, postNow: post };
  const context = openCallContext();
  const streams = openStreams(outbox);
  const kept = openKeptFunctions(post);
  const calls = openMadeCalls({ outbox, context, streams, kept }, order.limits);
  const timers = openModuleTimers(order.limits.timers, { awake() {}, uncaught: failed, refused() {} });
  const sleeps = openSleeps(timers);
  const instance = make(order.api, kernelObject(calls, context, sleeps.sleep));
  const life = openModuleLife({}, sleeps, post, failed);
  const state = openModuleState({}, order.limits.state_bytes, post, failed);
  const crypto_calls = () => 0; // it is not looked at less often for being dormant
  const mark = newRunningMark();
  const served = { api: order.api, instance, tools: PLAIN_TOOLS, lent: findLent(calls, kept), failed };
  const receive = hostModule({
    served,
    life,
    state,
    calls,
    adrift: openAdriftCalls(order.api, order.limits),
    streams,
    mark,
    context,
    outbox,
    tally,
    timers,
    crypto_calls,
  });
  post({ t: "ready", tools: [], has_run: false });
  const thread: Thread = {
    untaken_bytes: 0,
    post: (message: ToWorker) => queueMicrotask(() => ended || receive(message)),
    ping: () => thread.post({ t: "ping", seq: 0 }),
    ponged() {},
    stop: () => stop(mark),
    terminate() {
      ended = true;
      timers.close();
    },
  };
  return thread as unknown as ModuleWorker; // all that a shell asks of one
}

type Thread = Pick<ModuleWorker, "untaken_bytes" | "post" | "ping" | "ponged" | "stop" | "terminate">;

function tell(listener: WorkerListener, message: FromWorker): void {
  const { payload = NO_PAYLOAD, ...header } = { payload: undefined, ...message };
  listener.word(header, payload);
  listener.turn();
}

/** Whatever stands in for a service has no schemas: each function of the aspect is a tool. */
const PLAIN_TOOLS: ModuleTools = {
  list: () => Promise.resolve([]),
  entries: () => [],
  prepare: (face, entry, args): Promise<Result<() => unknown>> => {
    const run = (face as Record<string, unknown>)[entry];
    if (typeof run === "function") return Promise.resolve(ok(() => Reflect.apply(run, face, args)));
    const missing = fault("no_attribute", `the stand-in has no tool '${entry}'`);
    return Promise.resolve({ ok: false, fault: missing });
  },
};
