/** A real host in a temporary home: watchdog, kernel and cells as `deno task start` starts them, with the kernel of bench_kernel.ts. */
import type { Contender, Session, SessionWishes } from "../contender.ts";
import type { Figures } from "../drive/call_orders.ts";
import type { HostOrder } from "../drive/host_orders.ts";
import { environmentOfStart } from "../environment.ts";
import { command } from "../placement.ts";
import { homeFiles, PROGRAM } from "./home_files.ts";

const FLAGS = ["run", "-A", "--unstable-worker-options", "--unstable-kv", "--cached-only", "--no-check", "--quiet"];

export const ours: Contender = { name: "ours", open: (wishes) => BenchHost.start(wishes) };

class BenchHost implements Session {
  readonly #home: string;
  readonly #process: Deno.ChildProcess;
  #orders = 0;

  private constructor(home: string, process: Deno.ChildProcess) {
    this.#home = home;
    this.#process = process;
  }

  static async start({ placement, more = 0, warm_cells = 0 }: SessionWishes): Promise<BenchHost> {
    const home = await Deno.realPath(await Deno.makeTempDir());
    for (const [path, text] of Object.entries(homeFiles({ more, warm_cells }))) {
      await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${home}/${path}`, text);
    }
    const process = command(placement, [
      ...[...FLAGS, `${PROGRAM}/main.ts`],
      ...["start", "--home", home, "--log-level", "WARNING"],
    ], { stdin: "null", stdout: "piped", env: { NO_COLOR: "1", ...environmentOfStart() } }).spawn();
    const said = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; !text.includes("ready: ");) {
      const { done, value } = await said.read();
      if (done) throw new Error("the host did not become ready");
      text += value;
    }
    said.releaseLock();
    return new BenchHost(home, process);
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Written beside and renamed, so that neither side reads half a text. */
  async order(order: HostOrder): Promise<Figures> {
    const logs = `${this.#home}/runtime/logs`;
    const number = this.#orders++;
    const watcher = Deno.watchFs(logs);
    await Deno.writeTextFile(`${logs}/order.tmp`, JSON.stringify(order));
    await Deno.rename(`${logs}/order.tmp`, `${logs}/order-${number}.json`);
    for await (const { paths } of watcher) {
      if (!paths.some((path) => path.endsWith(`/answer-${number}.json`))) continue;
      const answer = JSON.parse(await Deno.readTextFile(`${logs}/answer-${number}.json`));
      if (typeof answer.error === "string") throw new Error(`ours: ${answer.error}`);
      return answer;
    }
    throw new Error("the home is gone");
  }

  /** Twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGTERM");
    } catch {
      // it has ended already
    }
    await this.#process.status;
    await Deno.remove(this.#home, { recursive: true }).catch(() => {});
  }
}
