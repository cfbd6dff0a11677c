import { fault } from "../../contract/fault.ts";
import type { FromWorker } from "../port.ts";
import { faultOfError } from "./fault_of_error.ts";
import type { ModuleTimers } from "./module_timers.ts";
import { SafeMap } from "./primordials.ts";

/** A module's own life beside its calls. */
export interface ModuleLife {
  readonly has_run: boolean;
  readonly running: () => boolean;
  run(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Waits for a module, all of which end when it is shut down. */
export interface Sleeps {
  sleep(ms: number): Promise<void>;
  wakeAll(): void;
}

/** After the end of its life a module's sleep is short, but never nothing: `while (true) await sleep(…)` must not hold the loop. */
const LAST_SLEEP_MS = 20;
const { Promise: NativePromise } = globalThis;

export function openSleeps(timers: Pick<ModuleTimers, "set">): Sleeps {
  const sleepers = new SafeMap<number, () => void>();
  let last = 0;
  let ending = false;
  return {
    sleep: (ms) =>
      new NativePromise((resolve) => {
        const id = ++last;
        const wake = () => {
          sleepers.delete(id);
          cancel();
          resolve();
        };
        const cancel = timers.set(wake, ending ? Math.min(Number(ms), LAST_SLEEP_MS) : Number(ms));
        if (!ending) sleepers.set(id, wake);
      }),
    wakeAll() {
      ending = true;
      sleepers.forEach((wake) => wake());
    },
  };
}

/** `run` and `shutdown` as the kernel asks for them; what they throw is told, and never ends the Worker. */
export function openModuleLife(
  instance: { readonly run?: unknown; readonly shutdown?: unknown },
  sleeps: Sleeps,
  post: (message: FromWorker) => void,
  failed: () => void,
): ModuleLife {
  const stop = new AbortController();
  let running: Promise<void> | undefined;
  let ended = false;

  async function attempt(phase: "run" | "shutdown", act: () => unknown): Promise<void> {
    try {
      await act();
    } catch (error) {
      failed();
      const told = faultOfError(error);
      post({ t: "failed", phase, fault: told.fault, stack: told.stack });
      return;
    }
    if (phase === "run") post({ t: "ended", what: "run" });
  }

  return {
    has_run: typeof instance.run === "function",
    running: () => running !== undefined && !ended,
    async run() {
      const { run } = instance;
      if (running !== undefined || typeof run !== "function") return;
      running = attempt("run", () => run.call(instance, stop.signal));
      await running;
      ended = true;
    },
    async shutdown() {
      const { shutdown } = instance;
      const asked = typeof shutdown === "function" ? attempt("shutdown", () => shutdown.call(instance)) : undefined;
      stop.abort(new DOMException("the module is shut down", "AbortError"));
      sleeps.wakeAll();
      await asked;
      await running;
      post({ t: "ended", what: "shutdown" });
    },
  };
}

/** Why a module could not be made. */
export function loadFailure(api: string, error: unknown): FromWorker {
  const { fault: told, stack } = faultOfError(error);
  const name = told.name ?? told.code;
  return {
    t: "failed",
    phase: "load",
    fault: fault("load_failed", `Module '${api}' failed to load: ${name}: ${told.message}`),
    stack,
  };
}
