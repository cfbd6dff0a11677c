/** What the operator's signals mean. */

export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";
const STOP_SIGNALS: readonly StopSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** `deno task` passes a terminal's Ctrl-C on although it arrived already, 0.5 to 7 ms apart: within this time it is the same one. */
export const SAME_SIGNAL_MS = 500;

/** The first asks for an orderly stop; one more, later than an echo can be, means now. */
export function readSignal(first_at: number | undefined, now: number): "stop" | "echo" | "now" {
  if (first_at === undefined) return "stop";
  return now - first_at > SAME_SIGNAL_MS ? "now" : "echo";
}

/** Calls back on signals until the returned function is called. A closed terminal counts as one. */
export function listenToSignals(on: { stop(signal: StopSignal): void; now(signal: StopSignal): void }): () => void {
  let first_at: number | undefined;
  const listeners = STOP_SIGNALS.map((signal) => {
    const listener = () => {
      const now = performance.now();
      const meaning = readSignal(first_at, now);
      first_at ??= now;
      if (meaning === "stop") on.stop(signal);
      if (meaning === "now") on.now(signal);
    };
    Deno.addSignalListener(signal, listener);
    return () => Deno.removeSignalListener(signal, listener);
  });
  // After a signal its echo may still come, and without a listener it would end the process with 130: then they stay until it exits.
  return () => {
    if (first_at === undefined) listeners.forEach((remove) => remove());
  };
}
