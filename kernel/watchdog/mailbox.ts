/** What the leading kernel is to hear. While there is none it is kept, bounded, for the next one. */
import type { FromWatchdog } from "../contract/channel.ts";

/** Log lines kept while no kernel is there; the oldest go first. Exits are never dropped: there are no more of them than cells. */
export const KEPT_LOG_LINES = 1_000;

export interface Mailbox {
  tell(message: FromWatchdog): void;
  /** A kernel reads: it first gets what was kept. `send` says false when it can't take a log line. */
  open(send: (message: FromWatchdog) => boolean): void;
  close(): void;
  /** These kernels hear of processes too, though they do not lead. */
  overhear(sends: readonly ((message: FromWatchdog) => boolean)[]): void;
}

export function mailbox(): Mailbox {
  let send: ((message: FromWatchdog) => boolean) | undefined;
  let others: readonly ((message: FromWatchdog) => boolean)[] = [];
  let kept: FromWatchdog[] = [];
  let lines = 0;
  return {
    tell: (message) => {
      if (message.t === "exited" || message.t === "cells") others.forEach((other) => other(message));
      if (send !== undefined) return void send(message);
      // A new kernel hears of all cells at its start anyway.
      if (!isLine(message) && message.t !== "exited") return;
      kept.push(message);
      if (isLine(message) && ++lines > KEPT_LOG_LINES) {
        kept.splice(kept.findIndex(isLine), 1);
        lines--;
      }
    },
    open: (to) => {
      for (const message of kept) to(message);
      [kept, lines, send] = [[], 0, to];
    },
    close: () => send = undefined,
    overhear: (sends) => others = sends,
  };
}

function isLine({ t }: FromWatchdog): boolean {
  return t === "log" || t === "said";
}
