/** Ctrl-C and SIGTERM, for commands that have something to put away before they end. */

export interface Interrupt {
  readonly signal: AbortSignal;
  /** The default is back: the next signal ends the process. Not after a signal, since its echo may still come and would turn the exit code into 130. */
  forget(): void;
}

/** Aborts at the first signal; the echo that `deno task` sends of a Ctrl-C does nothing. */
export function listenForInterrupt(signals: readonly Deno.Signal[] = ["SIGINT", "SIGTERM"]): Interrupt {
  const controller = new AbortController();
  const listener = () => controller.abort();
  for (const name of signals) Deno.addSignalListener(name, listener);
  return {
    signal: controller.signal,
    forget() {
      if (controller.signal.aborted) return;
      for (const name of signals) Deno.removeSignalListener(name, listener);
    },
  };
}
