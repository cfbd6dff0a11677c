import { AsyncLocalStorage } from "node:async_hooks";
import type { Caller } from "../../contract/wire.ts";

const { AbortController: Controller } = globalThis;

/** One call while it is served. */
export class ServedCall {
  readonly id: number;
  readonly caller: Caller;
  readonly trace: string;
  /** On the monotonic clock; once the answer is out, its streams have all the time they need. */
  deadline: number;
  /** Once true, nothing that still runs of it acts in its name. */
  over = false;
  #controller: AbortController | undefined;
  #cancelled = false;

  constructor(id: number, caller: Caller, trace: string, deadline: number) {
    this.id = id;
    this.caller = caller;
    this.trace = trace;
    this.deadline = deadline;
  }

  /** Aborted when the caller gave up. Made when first asked for: most calls never are. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new Controller();
      if (this.#cancelled) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#controller?.abort();
  }
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
