/** How long something may take, and who may end it earlier. Dispose of it when it is over. */
import { fault } from "meta-machine";

export interface Bounds extends Disposable {
  /** Its reason is a fault that says what did not come in time, or that it was given up. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left; never below 0. */
  left(): number;
  /** Its time stands still, until it is renewed. */
  hold(): void;
  /** It goes on: from here on it may take as long again. */
  renew(): void;
  /** Ends it at once. */
  giveUp(): void;
}

export interface BoundsOptions {
  readonly ms: number;
  /** What did not happen in time: "the turn did not end", for instance; and what did not, once it was renewed. */
  readonly what: string;
  readonly then?: string;
  /** The setting that allows more. */
  readonly setting: string;
  readonly now: () => number;
  /** Those within which this lies: each ends this too. */
  readonly within?: readonly (AbortSignal | undefined)[];
}

export function openBounds({ ms, what, then = what, setting, now, within = [] }: BoundsOptions): Bounds {
  const controller = new AbortController();
  const expire = (found: string) => setTimeout(() => controller.abort(late(found, ms, setting)), ms);
  let ends_at = now() + ms;
  let timer = expire(what);
  const outer = within.filter((signal) => signal !== undefined);
  const giveUp = (reason?: unknown) => controller.abort(isFault(reason) ? reason : givenUp());
  const listeners = outer.map((signal) => {
    const listener = () => giveUp(signal.reason);
    if (signal.aborted) listener();
    else signal.addEventListener("abort", listener, { once: true });
    return () => signal.removeEventListener("abort", listener);
  });
  return {
    signal: controller.signal,
    left: () => Math.max(0, ends_at - now()),
    hold: () => clearTimeout(timer),
    renew() {
      clearTimeout(timer);
      ends_at = now() + ms;
      timer = expire(then);
    },
    giveUp,
    [Symbol.dispose]() {
      clearTimeout(timer);
      listeners.forEach((remove) => remove());
    },
  };
}

function late(what: string, ms: number, setting: string): Error {
  return fault("conflict", `${what} within ${ms} ms`, {
    retriable: true,
    hint: `ask again, ask for less, or raise ${setting} in the config's params (and limits.call_timeout_ms above it)`,
  });
}

function givenUp(): Error {
  return fault("conflict", "the caller gave up", { retriable: true, hint: "ask again" });
}

/** An error of ours, also when it has come through other hands. */
function isFault(reason: unknown): boolean {
  return reason instanceof Error && "hint" in reason && "retriable" in reason;
}
