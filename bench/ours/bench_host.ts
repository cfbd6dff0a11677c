/** A real host in a temporary home: watchdog, kernel and cells as `deno task start` starts them, with the kernel of bench_kernel.ts. */
import type { Contender, Placement, Session } from "../contender.ts";
import type { Figures, Order } from "../drive/orders.ts";
import { command } from "../placement.ts";
import type { KernelOrder } from "./bench_kernel.ts";

const PROGRAM = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");
const FLAGS = ["run", "-A", "--unstable-worker-options", "--unstable-kv", "--cached-only", "--no-check", "--quiet"];
/** Paths in the home and their texts. */
export type HomeFiles = Readonly<Record<string, string>>;

const KERNEL: HomeFiles = {
  "configs/meta-v2.yml": "prog: bench_kernel\n",
  "kernel/bench_kernel.ts": `export { Kernel } from "file://${PROGRAM}/bench/ours/bench_kernel.ts";\n`,
  "runtime/logs/.keep": "",
};
const ECHO: HomeFiles = {
  "configs/echo.yml": "limits: {calls_in_flight: 4096}\n",
  "plugins/echo.ts": "export class Module {\n  echo(n: number) {\n    return n;\n  }\n}\n",
};

export const ours: Contender = {
  name: "ours",
  async open(placement) {
    const host = await BenchHost.start({ ...KERNEL, ...ECHO }, placement);
    return {
      order: (order: Order) => host.order<Figures>({ drive: order }),
      [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
    } satisfies Session;
  },
};

export class BenchHost implements AsyncDisposable {
  readonly home: string;
  readonly #process: Deno.ChildProcess;
  #orders = 0;

  private constructor(home: string, process: Deno.ChildProcess) {
    this.home = home;
    this.#process = process;
  }

  static async start(files: HomeFiles, placement: Placement): Promise<BenchHost> {
    const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "mmb" }));
    await writeFiles(home, files);
    const process = command(placement, [
      ...FLAGS,
      `${PROGRAM}/main.ts`,
      ...["start", "--home", home, "--log-level", "WARNING"],
    ], { stdin: "null", stdout: "piped", env: { NO_COLOR: "1", ...await environmentOfStart() } }).spawn();
    const host = new BenchHost(home, process);
    const said = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; !text.includes("ready: ");) {
      const { done, value } = await said.read();
      if (done) throw new Error("the host did not become ready");
      text += value;
    }
    return host;
  }

  /** Written beside and renamed, so that neither side reads half a text. */
  async order<Answer>(order: KernelOrder): Promise<Answer> {
    const logs = `${this.home}/runtime/logs`;
    const number = this.#orders++;
    const watcher = Deno.watchFs(logs);
    await Deno.writeTextFile(`${logs}/order.tmp`, JSON.stringify(order));
    await Deno.rename(`${logs}/order.tmp`, `${logs}/order-${number}.json`);
    for await (const { paths } of watcher) {
      if (!paths.some((path) => path.endsWith(`/answer-${number}.json`))) continue;
      const answer = JSON.parse(await Deno.readTextFile(`${logs}/answer-${number}.json`));
      if (typeof answer?.error === "string") throw new Error(answer.error);
      return answer;
    }
    throw new Error("the home is gone");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGTERM");
    } catch {
      // it has ended already
    }
    await this.#process.status;
    await this.#process.stdout.cancel().catch(() => {});
    await Deno.remove(this.home, { recursive: true }).catch(() => {});
  }
}

async function writeFiles(home: string, files: HomeFiles): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, text);
  }
}

/** What `deno task start` sets for the watchdog. */
async function environmentOfStart(): Promise<Record<string, string>> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${PROGRAM}/deno.json`));
  return Object.fromEntries(
    [...tasks.start.command.matchAll(/\b(MALLOC_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  );
}
