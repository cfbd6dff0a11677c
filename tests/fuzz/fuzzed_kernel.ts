/**
 * A real kernel process whose watchdog is the test: it holds the kernel's stdin and stdout, starts real cells as the real one does, and plays those whose
 * name begins with `h` itself. So a test holds tokens of cells, may say what it likes on every channel, and sees each order of the kernel.
 */
import assert from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import type { FromWatchdog, Hello, ToWatchdog } from "../../kernel/contract/channel.ts";
import { PROTOCOL, publishedControlSocket, publishedKernelSocket } from "../../kernel/contract/channel.ts";
import { JsonLines } from "../../kernel/primitives/json_lines.ts";
import { parseToWatchdog } from "../../kernel/primitives/parse_to_watchdog.ts";
import { buildCommand } from "../../kernel/watchdog/build_command.ts";
import { type ChildrenTable, childrenTable } from "../../kernel/watchdog/children_table.ts";
import { prepareHome, readSurroundings } from "../../kernel/watchdog/prepare_home.ts";
import { until, writeFiles } from "../flows/running_host.ts";
import { MemoryGauge } from "./memory_gauge.ts";
import { NEIGHBOUR, Pulse } from "./neighbour.ts";
import { PlayedCells } from "./played_cells.ts";

const PROGRAM = fromFileUrl(new URL("../../", import.meta.url)).replace(/\/$/, "");
const encoder = new TextEncoder();

/** Its heap grows by little between collections, so that what it keeps can be told from what it has not yet given back. */
function keptTight(arg: string): string {
  return arg.startsWith("--v8-flags=") ? `${arg},--heap-growing-percent=20,--max-semi-space-size=2` : arg;
}

/** What no log of a healthy kernel says. */
const DEFECTS =
  /KernelBug|the kernel failed at|error: Uncaught|[Uu]nhandled|failed inside the kernel|is not a function|Cannot read propert|' failed: |RangeError/;

export class FuzzedKernel implements AsyncDisposable {
  readonly home: string;
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #children: ChildrenTable;
  readonly #release: () => void;
  readonly #drained: Promise<unknown>;
  readonly played: PlayedCells;
  readonly #run: string;
  readonly #pulse = Promise.withResolvers<Pulse>();
  readonly memory: MemoryGauge;
  ended = false;
  ready = false;
  /** Times that it asked for the host's end. */
  stops = 0;
  stderr: string[] = [];
  readonly defects: string[] = [];

  private constructor(
    { home, run, child, children, release, played }: {
      home: string;
      run: string;
      child: Deno.ChildProcess;
      children: ChildrenTable;
      release: () => void;
      played: PlayedCells;
    },
    input: WritableStreamDefaultWriter<Uint8Array>,
  ) {
    this.home = home;
    this.#run = run;
    this.#child = child;
    this.#input = input;
    this.#children = children;
    this.#release = release;
    this.played = played;
    this.memory = new MemoryGauge(child.pid);
    void child.status.then(() => this.ended = true);
    this.#drained = Promise.all([this.#hear(child.stdout), this.#read(child.stderr)]);
  }

  /** With the neighbour, whose calls are counted from now on. */
  static async start(
    files: Readonly<Record<string, string>>,
    prepare: (kernel: FuzzedKernel) => void = () => {},
  ): Promise<FuzzedKernel> {
    const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "f" }));
    await writeFiles(home, { "configs/meta.yml": "prog: kernel\n", ...NEIGHBOUR, ...files });
    const surroundings = readSurroundings();
    const prepared = await prepareHome({ home, program: PROGRAM }, surroundings);
    assert.ok(prepared.ok);
    const { places, lock } = prepared.value;
    const command = buildCommand(places, { role: "kernel", epoch: 1 });
    assert.ok(command.ok);
    const child = new Deno.Command(Deno.execPath(), {
      ...{ args: command.value.map(keptTight), cwd: "/", clearEnv: true, env: surroundings.kernel_env },
      ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
    }).spawn();
    const input = child.stdin.getWriter();
    const tell = (message: FromWatchdog) =>
      void input.write(encoder.encode(JSON.stringify(message) + "\n")).catch(() => {});
    const children = childrenTable({ places, env: surroundings.cell_env, tell, log: () => {} });
    const parts = {
      home,
      run: places.run,
      child,
      children,
      release: () => lock.release(),
      played: new PlayedCells(tell),
    };
    const kernel = new FuzzedKernel(parts, input);
    prepare(kernel);
    const hello: Hello = {
      ...{ t: "hello", epoch: 1, pass_over: [], home, program: PROGRAM, run: places.run },
      ...{ version: "0.0.0", log_level: "INFO", watchdog_pid: Deno.pid, protocol: PROTOCOL },
    };
    tell(hello);
    tell(children.cells());
    try {
      await until(() => kernel.ready || kernel.ended, 30_000, () => kernel.stderr.join("\n"));
      assert.ok(!kernel.ended, kernel.stderr.join("\n"));
      void Pulse.of(kernel.control).then(kernel.#pulse.resolve, kernel.#pulse.reject);
      await kernel.#pulse.promise;
      return kernel;
    } catch (error) {
      await kernel[Symbol.asyncDispose]();
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid;
  }
  get control(): string {
    return publishedControlSocket(this.#run);
  }
  get socket(): string {
    return publishedKernelSocket(this.#run);
  }

  /** Bytes on its stdin; resolves when it has taken them. */
  async say(bytes: Uint8Array): Promise<void> {
    await this.#input.ready;
    await this.#input.write(bytes);
  }

  /** It lives, has said nothing that points to a defect, has not grown, and its neighbour was served. */
  async assertUnharmed(): Promise<void> {
    assert.ok(!this.ended, `the kernel ended\n${this.stderr.slice(-40).join("\n")}`);
    await (await this.#pulse.promise).assertUnharmed();
    assert.deepEqual(this.defects, []);
    this.memory.assertFlat();
  }

  #obey(message: ToWatchdog): void {
    switch (message.t) {
      case "start_cell":
        return message.cell.startsWith("h") ? this.played.order(message.cell) : this.#children.start(message);
      case "kill":
        return this.played.get(message.cell) === undefined
          ? this.#children.kill(message.cell, message.reason)
          : this.played.kill(message.cell, message.reason);
      case "env":
        return void this.say(encoder.encode(JSON.stringify({ t: "env", name: message.name, value: null }) + "\n"));
      case "stop":
        this.stops++;
        return;
      case "ready":
        this.ready = true;
        return;
      default: // nothing that this watchdog serves
    }
  }

  async #hear(stdout: ReadableStream<Uint8Array>): Promise<void> {
    const lines = new JsonLines(4_194_304);
    for await (const chunk of stdout) {
      for (const line of lines.feed(chunk)) {
        const message = line.ok ? parseToWatchdog(line.value) : undefined;
        if (message === undefined) this.defects.push(`no message of a kernel: ${JSON.stringify(line).slice(0, 200)}`);
        else this.#obey(message);
      }
    }
  }
  async #read(stderr: ReadableStream<Uint8Array>): Promise<void> {
    let rest = "";
    for await (const text of stderr.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        if (DEFECTS.test(line) && this.defects.length < 10) this.defects.push(line.slice(0, 600));
      }
      this.stderr = [...this.stderr, ...lines].slice(-200);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    (await Promise.race([this.#pulse.promise, Promise.resolve(undefined)]))?.close();
    try {
      this.#child.kill("SIGKILL");
    } catch { /* it ended before */ }
    await this.#child.status;
    this.#input.abort().catch(() => {});
    await this.#drained.catch(() => {}); // what it had ordered is carried out before all of it is ended
    await this.#children.killAll("the test is over");
    this.#release();
    await Deno.remove(this.home, { recursive: true }).catch(() => {});
  }
}
