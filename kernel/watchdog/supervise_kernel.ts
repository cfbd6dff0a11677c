/** The story of the kernels, one after the other: start, obey, wait for its death, judge, start the next. */
import type { FromWatchdog, Hello, ToWatchdog } from "../contract/channel.ts";
import { buildCommand, type Places } from "./build_command.ts";
import type { ChildrenTable } from "./children_table.ts";
import {
  FRESH_FATE,
  judgeDeath,
  type KernelDeath,
  type KernelFate,
  type KernelVersion,
} from "./kernel_fate_machine.ts";
import { type KernelLink, startKernel } from "./kernel_link.ts";
import type { Mailbox } from "./mailbox.ts";

/** Everything ends within 5 s of the wish: the kernel is told to have this much, and killed this long after the wish. */
export const DRAIN_MS = 4_000;
export const KERNEL_GONE_MS = 4_400;

export interface Supervision {
  readonly places: Places;
  /** Of the kernels. */
  readonly env: Readonly<Record<string, string>>;
  /** Of this process, for secrets that a config binds. */
  readonly variables: ReadonlyMap<string, string>;
  readonly hello: Omit<Hello, "t" | "epoch" | "pass_over">;
  readonly children: ChildrenTable;
  readonly mailbox: Mailbox;
  /** Aborted when the host is to end in order. */
  readonly stop: AbortSignal;
  /** Aborted when it is to end at once. */
  readonly now: AbortSignal;
  nextEpoch(): number;
  askToStop(why: string): void;
  ready(modules: number): void;
  /** Of the watchdog's own log. */
  boundLog(max_bytes: number, keep: number): void;
  stderr(line: string): void;
  log(level: "DEBUG" | "INFO" | "WARNING" | "ERROR", message: string): void;
}

/** Resolves with the exit code when no kernel is left and none shall be: 0 after a stop, 1 when no meta file loads. */
export async function superviseKernel(host: Supervision): Promise<number> {
  let fate = FRESH_FATE;
  while (!host.stop.aborted) {
    const death = await runKernelOnce(host, fate);
    if (host.stop.aborted) break;
    const [next, verdict] = judgeDeath(fate, death);
    fate = next;
    if (verdict.do === "end") return 1;
    if (verdict.passed_over !== undefined) {
      host.log("ERROR", `${verdict.passed_over.meta} is passed over until it changes: its kernels died early`);
    }
    await pause(verdict.after_ms, host.stop);
  }
  return 0;
}

async function runKernelOnce(host: Supervision, fate: KernelFate): Promise<KernelDeath> {
  const started_at = performance.now();
  let version: KernelVersion | undefined;
  let ready_at: number | undefined;
  const died = (code: number | null, nothing_loads: boolean): KernelDeath => {
    return { code, started_at, died_at: performance.now(), version, ready_at, nothing_loads };
  };
  let link: KernelLink;
  try {
    const epoch = host.nextEpoch();
    const command = buildCommand(host.places, { role: "kernel", epoch });
    if (!command.ok) throw new Error(`${command.fault.message}; ${command.fault.hint}`);
    const hello: Hello = { ...host.hello, t: "hello", epoch, pass_over: fate.pass_over };
    link = startKernel(command.value, host.env, hello, {
      message: (message) => {
        if (message.t === "booting") version = { meta: message.meta, hash: message.hash };
        else if (message.t === "ready") {
          ready_at ??= performance.now();
          host.ready(message.modules);
        } else obey(host, message);
      },
      refused: (cell) => {
        const reason = `Cannot start cell ${cell}: the order has a folder, host or limit that no command line may hold`;
        host.mailbox.tell({ t: "exited", cell, code: null, signal: null, reason });
      },
      stderr: host.stderr,
      log: host.log,
    });
  } catch (error) {
    host.log("ERROR", `Cannot start a kernel: ${(error as Error).message}`);
    return died(null, false);
  }
  host.log("DEBUG", `kernel ${link.epoch} started (pid ${link.pid})`);
  link.send(host.children.cells());
  host.mailbox.open(link.send);
  using _drain = drainOnStop(link, host);
  const { code, signal, nothing_loads } = await link.ended;
  host.mailbox.close();
  const how = signal ?? `code ${code}`;
  if (host.stop.aborted) host.log("DEBUG", `kernel ${link.epoch} ended (${how})`);
  else host.log("WARNING", `kernel ${link.epoch} (pid ${link.pid}) died (${how})`);
  return died(code, nothing_loads);
}

/** What the leading kernel wants of the world. */
function obey(host: Supervision, message: Exclude<ToWatchdog, { t: "booting" | "ready" }>): void {
  const answer = (text: FromWatchdog) => host.mailbox.tell(text);
  switch (message.t) {
    case "start_cell":
      if (!host.stop.aborted) return host.children.start(message);
      return answer({ t: "exited", cell: message.cell, code: null, signal: null, reason: "the host stops" });
    case "kill":
      return host.children.kill(message.cell, message.reason);
    case "name":
      return host.children.name(message.cell, message.base);
    case "cells":
      return answer(host.children.cells());
    case "env":
      return answer({ t: "env", name: message.name, value: host.variables.get(message.name) ?? null });
    case "log_bounds":
      return host.boundLog(message.max_bytes, message.keep);
    case "stop":
      return host.askToStop("asked to by the kernel");
    default:
      host.log("WARNING", `the kernel asked for '${message.t}', which this watchdog does not serve`);
  }
}

/** Tells a kernel to end in order once the host is to stop, and kills it when it has had its time. */
function drainOnStop(link: KernelLink, { stop, now }: Supervision): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drain = () => {
    link.send({ t: "drain", ms: DRAIN_MS });
    timer = setTimeout(link.kill, KERNEL_GONE_MS);
  };
  if (stop.aborted) drain();
  stop.addEventListener("abort", drain);
  now.addEventListener("abort", link.kill);
  return {
    [Symbol.dispose]: () => {
      stop.removeEventListener("abort", drain);
      now.removeEventListener("abort", link.kill);
      clearTimeout(timer);
    },
  };
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (ms === 0 || stop.aborted) return Promise.resolve();
  return new Promise((then) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", done);
      then();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener("abort", done);
  });
}
