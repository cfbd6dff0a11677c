import { AsyncLocalStorage } from "node:async_hooks";
import type { Caller } from "../../contract/wire.ts";

/** One call while it is served. */
export interface ServedCall {
  readonly id: number;
  readonly caller: Caller;
  readonly trace: string;
  /** On the monotonic clock. */
  readonly deadline: number;
  /** Once true, nothing that still runs of it acts in its name. */
  over: boolean;
  /** Aborted when the caller gave up. Made when first asked for: most calls never are. */
  readonly signal: AbortSignal;
  readonly cancel: () => void;
}

/** Which call the running code serves, across awaits. */
export interface CallContext {
  run<T>(call: ServedCall, then: () => T): T;
  /** The call being served, or undefined outside and after it ended. */
  current(): ServedCall | undefined;
}

export function openCallContext(): CallContext {
  const storage = new AsyncLocalStorage<ServedCall>();
  return {
    run: (call, then) => storage.run(call, then),
    current() {
      const call = storage.getStore();
      return call === undefined || call.over ? undefined : call;
    },
  };
}

const { AbortController: Controller } = globalThis;

export function servedCall(facts: Pick<ServedCall, "id" | "caller" | "trace" | "deadline">): ServedCall {
  let controller: AbortController | undefined;
  let cancelled = false;
  return {
    ...facts,
    over: false,
    get signal() {
      if (controller === undefined) {
        controller = new Controller();
        if (cancelled) controller.abort();
      }
      return controller.signal;
    },
    cancel() {
      cancelled = true;
      controller?.abort();
    },
  };
}
