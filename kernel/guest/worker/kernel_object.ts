import { type Fault, fault, FaultError } from "../../contract/fault.ts";
import { KERNEL_API } from "../../contract/names.ts";
import type { Caller, Kernel } from "../sdk/mod.ts";
import { bearerKernel } from "./bearer_kernel.ts";
import type { CallContext, ServedCall } from "./call_context.ts";
import { eventStream } from "./event_stream.ts";
import type { MadeCalls } from "./made_calls.ts";
import { defineProperty, freeze } from "./primordials.ts";
import { serviceHandle } from "./service_handle.ts";
import { toolAuthority } from "./tool_calls.ts";

/** What a module's constructor gets first. What needs a grant is asked of the kernel, which refuses by name. */
export function kernelObject(calls: MadeCalls, context: CallContext, sleep: (ms: number) => Promise<void>): Kernel {
  const ask = (name: string, ...args: unknown[]): Promise<unknown> =>
    calls.call({ api: KERNEL_API, aspect: "default", name, kind: "call" }, args);
  const getApi = (name: string) => serviceHandle(calls, String(name), "default");
  const asCaller = () => {
    const call = context.current();
    if (call === undefined) throw new FaultError(noCaller());
    // Bound to this very call, whose end is the end of its authority: code that runs later in another's name has none of it.
    const options = { as_caller: true, parent: call } as const;
    const getApi = (name: string) => serviceHandle(calls, String(name), "default", options);
    return freeze({ ...kernel, ...toolAuthority(calls, options), getApi, get_api: getApi });
  };
  const asBearer = (token: string, { signal }: { readonly signal?: AbortSignal } = {}) =>
    bearerKernel(calls, String(token), signal);
  const caller = () => {
    const call = context.current();
    return call && callerOf(call);
  };
  const kernel = {
    getApi,
    get_api: getApi,
    caller,
    asCaller,
    as_caller: asCaller,
    asBearer,
    ...toolAuthority(calls, {}),
    sleep,
    secret: (name: string) => ask("secret", name),
    prompt: (name: string) => ask("prompt", name),
    log: (name: string) =>
      freeze({
        read: (options: { from?: number } = {}) => ask("log_read", name, options),
        append: (record: unknown) => ask("log_append", name, record),
      }),
    status: () => ask("status"),
    events: (kinds: readonly string[]) => eventStream(kinds, (asked) => ask("events", asked), sleep),
    reportLimit: (hit: unknown) => ask("limit", hit),
    propose: (change: unknown) => ask("propose", change),
    proposals: () => ask("proposals"),
    shadow: (asked: unknown) => ask("shadow", asked),
    adopt: (id: string) => ask("adopt", id),
    routeShare: (asked: unknown) => ask("route_share", asked),
    route_share: (asked: unknown) => ask("route_share", asked),
    judged: (id: string, findings: unknown) => ask("judged", { id, findings }),
    reject: (id: string, why: string) => ask("reject", { id, why }),
    rollback: (api: string) => ask("rollback", api),
    reload: (...api: string[]) => ask("reload", ...api),
  };
  return freeze(kernel) as unknown as Kernel;
}

function noCaller(): Fault {
  return fault("not_granted", "kernel.asCaller(): no call is being served here", {
    hint: "call it while a call is served, before its answer is out; use kernel.getApi() elsewhere",
  });
}

/** The caller as data; `signal`, aborted when the caller gives up, is there but not among its keys. */
export function callerOf(call: ServedCall): Caller {
  const caller = { api: call.caller.api, principal: call.caller.principal, trace_id: call.trace };
  defineProperty(caller, "signal", { get: () => call.signal });
  return freeze(caller) as Caller;
}
