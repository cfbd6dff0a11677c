/** One kernel after the other while modules call one another: how long calls take meanwhile, beside the same without. A host of its own, with the shipped kernel. */
import { connectHost } from "../../kernel/cli/connect.ts";
import { requestHost } from "../../kernel/cli/control_client.ts";
import { environmentOfStart } from "../environment.ts";
import { command } from "../placement.ts";
import { PROGRAM } from "./home_files.ts";

export interface SwapFigures {
  readonly quiet_p99_ms: number;
  readonly p99_ms: number;
  readonly worst_ms: number;
  readonly faults: number;
  readonly swaps: number;
}

const FLAGS = ["run", "-A", "--unstable-worker-options", "--unstable-kv", "--cached-only", "--no-check", "--quiet"];
/** Calls don't wait for one another. */
const CALLER = `
export class Module {
  constructor(kernel) { this.kernel = kernel; this.echo = kernel.getApi("echo"); }
  /** Answers at once: a call that lasts would end with the kernel that has it. */
  begin(rate, ms) { this.figures = undefined; this.drive(rate, ms).then((figures) => this.figures = figures); }
  result() { return this.figures ?? null; }
  async drive(rate, ms) {
    const took = [], pending = [], begin = performance.now();
    let faults = 0, sent = 0;
    for (let now = begin; now < begin + ms; now = performance.now()) {
      for (const due = (now - begin) / 1000 * rate; sent < due; sent++) {
        const since = performance.now();
        pending.push(this.echo.echo(sent).then(() => took.push(performance.now() - since), () => faults++));
      }
      await this.kernel.sleep(1);
    }
    await Promise.all(pending);
    took.sort((a, b) => a - b);
    return { p99: took[Math.floor(took.length * 0.99)], worst: took.at(-1), faults };
  }
}`;

export async function swapUnderCalls(
  { swaps, calls_per_s }: { swaps: number; calls_per_s: number },
): Promise<SwapFigures> {
  const home = await Deno.realPath(await Deno.makeTempDir());
  const write = async (path: string, text: string) => {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, text);
  };
  await write("configs/meta.yml", "prog: kernel\n");
  await write("plugins/echo.js", "export class Module { echo(n) { return n; } }");
  await write("configs/echo.yml", "limits: {calls_in_flight: 4096}\n");
  await write("plugins/caller.js", CALLER);
  await write("configs/caller.yml", "grants: {services: [echo]}\nlimits: {call_timeout_ms: 600000}\n");
  const host = command("free", [
    ...[...FLAGS, `${PROGRAM}/main.ts`, "start", "--home", home, "--log-level", "WARNING"],
  ], { stdin: "null", stdout: "piped", env: { NO_COLOR: "1", ...environmentOfStart() } }).spawn();
  try {
    await ready(host);
    const call = (method: string, ...args: unknown[]) => ask(home, "call", { api: "caller", method, args });
    const drive = async (ms: number): Promise<Driven> => {
      await call("begin", calls_per_s, ms);
      for (;;) {
        await new Promise((then) => setTimeout(then, 250));
        const driven = await call("result");
        if (driven !== null) return driven as Driven;
      }
    };
    await drive(1_000);
    const quiet = await drive(4_000);
    const driven = drive(swaps * SWAP_MS);
    for (let swap = 0; swap < swaps; swap++) {
      if (swap % 2 === 0) await write("configs/meta-v2.yml", "prog: kernel\n");
      else await Deno.remove(`${home}/configs/meta-v2.yml`);
      await new Promise((then) => setTimeout(then, SWAP_MS));
    }
    const { p99, worst, faults } = await driven;
    return { quiet_p99_ms: quiet.p99, p99_ms: p99, worst_ms: worst, faults, swaps: await swapped(home) };
  } finally {
    host.kill("SIGTERM");
    await host.status;
    await Deno.remove(home, { recursive: true });
  }
}

interface Driven {
  readonly p99: number;
  readonly worst: number;
  readonly faults: number;
}

/** A file settles, a process starts, the former kernel leaves. */
const SWAP_MS = 1_200;

async function ready(host: Deno.ChildProcess): Promise<void> {
  const said = host.stdout.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; !text.includes("ready: ");) {
    const { done, value } = await said.read();
    if (done) throw new Error("the host did not become ready");
    text += value;
  }
  said.releaseLock();
}

async function ask(
  home: string,
  verb: "call",
  params: { api: string; method: string; args: unknown[] },
): Promise<unknown> {
  const connection = await connectHost(home);
  if (!connection.ok) throw new Error(connection.fault.message);
  const answer = await requestHost(connection.value, verb, params);
  if (!answer.ok) throw new Error(answer.fault.message);
  return answer.value;
}

async function swapped(home: string): Promise<number> {
  const text = await Deno.readTextFile(`${home}/runtime/logs/events.jsonl`);
  return text.split("\n").filter((line) => line.includes('"kernel.swapped"')).length;
}
