/** The story of the kernels: one leads; it dies and is judged and the next one starts, or it hands over to a successor and leaves. */
import type { Hello } from "../contract/channel.ts";
import type { Places } from "./build_command.ts";
import type { ChildrenTable } from "./children_table.ts";
import { Kernels } from "./kernels.ts";
import type { Mailbox } from "./mailbox.ts";

export interface Supervision {
  readonly places: Places;
  /** Of the kernels. */
  readonly env: Readonly<Record<string, string>>;
  /** Of this process, for secrets that a config binds. */
  readonly variables: ReadonlyMap<string, string>;
  readonly hello: Omit<Hello, "t" | "epoch" | "pass_over" | "protocol" | "successor" | "beside_former">;
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
  const kernels = new Kernels(host);
  using _end = kernels.endWithHost();
  while (!host.stop.aborted) {
    const death = await kernels.leadOnce();
    if (host.stop.aborted) break;
    const verdict = kernels.judge(death);
    if (verdict.do === "end") return 1;
    if (verdict.passed_over !== undefined) {
      host.log("ERROR", `${verdict.passed_over.meta} is passed over until it changes: its kernels died early`);
    }
    await pause(verdict.after_ms, host.stop);
  }
  await kernels.allEnded();
  return 0;
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
