import { fault, FaultError } from "../../contract/fault.ts";
import { after, apply, cancelAfter, cancelEvery, every, monotonic, SafeMap, schedule } from "./primordials.ts";

/** What timers tell the host. */
export interface TimerReports {
  /** Module code is about to run by itself. Once said it holds for AWAKE_MS: who listens stays awake for longer. */
  awake(): void;
  uncaught(error: unknown): void;
  /** One more timer than allowed was asked for. */
  refused(found: number): void;
}

/** A module's timers: counted, bounded, without strings. */
export interface ModuleTimers {
  readonly globals: {
    readonly setTimeout: unknown;
    readonly setInterval: unknown;
    readonly clearTimeout: unknown;
    readonly clearInterval: unknown;
    readonly queueMicrotask: unknown;
  };
  readonly count: () => number;
  /** A timer of the host's on the module's behalf, counted like the module's own; gives what cancels it. Throws at the bound. */
  set(callback: () => void, ms: number): () => void;
  /** No timer fires any more, and no new one is set. */
  close(): void;
}

const AWAKE_MS = 100;

type Callback = (...args: unknown[]) => unknown;

export function openModuleTimers(most: number, reports: TimerReports): ModuleTimers {
  /** By the number that the module knows: the runtime's own handles are objects, and stay here. */
  const pending = new SafeMap<number, () => void>();
  let last = 0;
  let closed = false;
  let announced = -AWAKE_MS;

  function announce(): void {
    const now = monotonic();
    if (now - announced < AWAKE_MS) return;
    announced = now;
    reports.awake();
  }

  function fire(callback: Callback, args: unknown[]): void {
    announce();
    try {
      apply(callback, globalThis, args);
    } catch (error) {
      reports.uncaught(error);
    }
  }

  function admit(name: string, callback: unknown): asserts callback is Callback {
    if (typeof callback !== "function") {
      throw new TypeError(
        `${name}: the handler is ${typeof callback}; pass a function, code is not made from text here`,
      );
    }
    if (pending.size < most) return;
    reports.refused(pending.size + 1);
    throw new FaultError(fault("quota", `${name}: ${most} timers are set; limits.timers allows no more`));
  }

  function setTimeout(callback: unknown, ms?: unknown, ...args: unknown[]): number {
    admit("setTimeout", callback);
    const id = ++last;
    if (closed) return id;
    const timer = after(() => {
      pending.delete(id);
      fire(callback, args);
    }, Number(ms));
    pending.set(id, () => cancelAfter(timer));
    return id;
  }

  function setInterval(callback: unknown, ms?: unknown, ...args: unknown[]): number {
    admit("setInterval", callback);
    const id = ++last;
    if (closed) return id;
    const timer = every(() => fire(callback, args), Number(ms));
    pending.set(id, () => cancelEvery(timer));
    return id;
  }

  function clear(id: unknown): void {
    const key = Number(id);
    const cancel = pending.get(key);
    pending.delete(key);
    cancel?.();
  }

  function queueMicrotask(callback: unknown): void {
    if (typeof callback !== "function") throw new TypeError("queueMicrotask: pass a function");
    schedule(() => {
      try {
        apply(callback as Callback, undefined, []);
      } catch (error) {
        reports.uncaught(error);
      }
    });
  }

  return {
    globals: {
      setTimeout,
      setInterval,
      clearTimeout: (id?: unknown) => clear(id),
      clearInterval: (id?: unknown) => clear(id),
      queueMicrotask,
    },
    count: () => pending.size,
    set(callback, ms) {
      const id = setTimeout(callback, ms);
      return () => clear(id);
    },
    close() {
      closed = true;
      pending.forEach((cancel) => cancel());
      pending.clear();
    },
  };
}
