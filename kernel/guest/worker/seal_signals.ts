import { defineProperty } from "./primordials.ts";

/** `AbortSignal.timeout` on the module's own timers: the runtime's would wake the module uncounted. */
export function sealSignals(set: (callback: () => void, ms: number) => unknown): void {
  const Controller = AbortController;
  const Exception = DOMException;
  const timeout = (ms: number): AbortSignal => {
    const controller = new Controller();
    set(() => controller.abort(new Exception("Signal timed out.", "TimeoutError")), ms);
    return controller.signal;
  };
  defineProperty(AbortSignal, "timeout", { value: timeout, writable: true, configurable: true, enumerable: true });
}
