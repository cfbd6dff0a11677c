/** What a cell's main thread can do in the world, gathered in one place; everything else of the shell gets it handed in. */
import type { Clock } from "../../contract/powers.ts";
import { toHex } from "../../primitives/hex.ts";
import { proveToken } from "../../primitives/hmac.ts";
import { connectUnix } from "./connect_unix.ts";
import type { Entered } from "./enter_cell.ts";
import type { LinksOptions } from "./kernel_links.ts";
import type { MemoryFound } from "./memory_release.ts";
import { SHELL_CLOCK } from "./shell_clock.ts";

export interface CellPowers {
  readonly clock: Clock;
  readonly link: Omit<LinksOptions, "cell" | "clock">;
  /** Resident bytes of this process. */
  readonly rss: () => number;
  /** The same, and what of it is this thread's own. */
  readonly memory: () => MemoryFound;
  /** CPU milliseconds since its start. */
  readonly cpu_ms: () => number;
  /** Of that what its main thread, the shell, did not use. */
  readonly module_cpu_ms: () => number;
  /** Makes these tell: what it takes costs two megabytes, which a cell that nobody asks does without. Until then they say 0. */
  readonly prepareFigures: () => Promise<void>;
  readonly stdout: (bytes: Uint8Array) => Promise<void>;
  /** Writes one line. Never throws. */
  readonly stderr: (line: string) => void;
  readonly exit: (code: number) => void;
  /** Ends the process whatever its threads do. */
  readonly kill: () => void;
  /** From 0 up to 1, another one in each cell: for what all of them would do at the same time. */
  readonly spread: number;
}

const INCARNATION_BYTES = 8;

/** Microseconds since the start. */
type Usage = () => { readonly user: number; readonly system: number };

function milliseconds(usage: Usage | undefined): number {
  if (usage === undefined) return 0;
  const { user, system } = usage();
  return (user + system) / 1_000;
}

/** This process's own powers, for the cell that has entered. `exit` is called once, when everything has been said. */
export function cellPowers({ args, token, hung_up }: Entered, exit: (code: number) => void): CellPowers {
  let usage: { readonly process: Usage; readonly thread: Usage } | undefined;
  const incarnation = toHex(crypto.getRandomValues(new Uint8Array(INCARNATION_BYTES)));
  return {
    clock: SHELL_CLOCK,
    link: {
      me: { cell: args.cell, incarnation, pid: Deno.pid, parent: Deno.ppid },
      connect: () => connectUnix(args.socket),
      prove: (nonce) => proveToken(token, nonce, args.cell, incarnation),
      parent: () => Deno.ppid,
      hung_up,
    },
    rss: () => Deno.memoryUsage().rss,
    memory: () => {
      const { rss, heapUsed, external } = Deno.memoryUsage();
      return { rss, own: heapUsed + external };
    },
    cpu_ms: () => Math.round(milliseconds(usage?.process)),
    module_cpu_ms: () => Math.max(0, milliseconds(usage?.process) - milliseconds(usage?.thread)),
    prepareFigures: async () => {
      if (usage !== undefined) return;
      const { cpuUsage: process, threadCpuUsage: thread } = (await import("node:process")).default;
      usage = { process, thread };
    },
    stdout: async (bytes) => {
      for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
    },
    stderr: (line) => {
      try {
        Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
      } catch {
        // nobody reads any more
      }
    },
    exit,
    kill: () => Deno.kill(Deno.pid, "SIGKILL"),
    spread: Math.random(),
  };
}
