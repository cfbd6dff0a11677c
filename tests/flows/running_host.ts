/** A real host in a home of its own, started as a person would start it, and ended with the test. */
import assert from "node:assert/strict";
import type { ModuleStatus } from "../../kernel/contract/status.ts";
import type { LoggedEvent } from "../../kernel/contract/events.ts";
import { programCommand } from "./program_command.ts";

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export class RunningHost implements AsyncDisposable {
  readonly home: string;
  /** The folder of the program that it runs. */
  readonly #program: string | undefined;
  readonly #child: Deno.ChildProcess;
  readonly #ended: Promise<Deno.CommandStatus>;
  #out = "";
  #err = "";

  private constructor(home: string, child: Deno.ChildProcess, program: string | undefined) {
    this.home = home;
    this.#program = program;
    this.#child = child;
    this.#ended = child.status;
    void collect(child.stdout, (text) => this.#out += text);
    void collect(child.stderr, (text) => this.#err += text);
  }

  /** Files are paths in the home and their texts; `configs/meta.yml` is there unless given. Resolves when the host is ready. */
  static async start(
    files: Readonly<Record<string, string>>,
    { env = {} }: { env?: Record<string, string> } = {},
  ): Promise<RunningHost> {
    const home = await Deno.makeTempDir({ prefix: "h" });
    await writeFiles(home, { "configs/meta.yml": "prog: kernel\n", ...files });
    return await RunningHost.startIn(home, { env });
  }

  static async startIn(
    home: string,
    { env = {}, program, cwd }: { env?: Record<string, string>; program?: string; cwd?: string } = {},
  ): Promise<RunningHost> {
    const { executable, args } = programCommand(program);
    const child = new Deno.Command(executable, {
      args: [...args, "start", "--home", home],
      ...cwd !== undefined && { cwd },
      env: { NO_COLOR: "1", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const host = new RunningHost(await Deno.realPath(home), child, program);
    let ended = false;
    void child.status.then(() => ended = true);
    const said = () => `the host did not become ready:\n${host.#err}`;
    try {
      await until(() => host.#out.includes("ready: ") || ended, 30_000, said);
      if (ended) assert.fail(said());
    } catch (error) {
      await host.stop(); // nobody else knows it
      throw error;
    }
    return host;
  }

  get pid(): number {
    return this.#child.pid;
  }
  get stderr(): string {
    return this.#err;
  }
  get ended(): Promise<Deno.CommandStatus> {
    return this.#ended;
  }

  /** One command, in a process of its own. */
  cli(...args: string[]): Promise<Said> {
    return runCommand(this.#program, this.home, args);
  }
  /** One command in a home where no host runs. */
  static cliIn(home: string, ...args: string[]): Promise<Said> {
    return runCommand(undefined, home, args);
  }

  async json<T = unknown>(...args: string[]): Promise<T> {
    const { code, out, err } = await this.cli(...args, "--json");
    assert.equal(code, 0, `${args.join(" ")}: ${out}${err}`);
    return JSON.parse(out) as T;
  }

  /** The fault of a command that must fail. */
  async fault(...args: string[]): Promise<{ code: string; message: string; hint: string; maybe_ran: boolean }> {
    const { code, out } = await this.cli(...args, "--json");
    assert.equal(code, 1, `${args.join(" ")} did not fail: ${out}`);
    return JSON.parse(out).error;
  }

  call<T = unknown>(api: string, method: string, ...args: unknown[]): Promise<T> {
    return this.json<T>("call", api, method, ...args.map((arg) => JSON.stringify(arg)));
  }

  async status(): Promise<{ kernel: { pid: number; config: string }; modules: ModuleStatus[] }> {
    return await this.json("status");
  }
  async module(api: string): Promise<ModuleStatus | undefined> {
    return (await this.status()).modules.find((module) => module.api === api);
  }
  async events(): Promise<LoggedEvent[]> {
    return await this.json("events", "-n", "2000");
  }

  write(files: Readonly<Record<string, string>>): Promise<void> {
    return writeFiles(this.home, files);
  }

  async stop(): Promise<Deno.CommandStatus> {
    try {
      this.#child.kill("SIGTERM");
    } catch {
      // it has ended already
    }
    return await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Deno.remove(this.home, { recursive: true }).catch(() => {});
  }
}

async function runCommand(program: string | undefined, home: string, args: readonly string[]): Promise<Said> {
  const command = programCommand(program);
  const { code, stdout, stderr } = await new Deno.Command(command.executable, {
    args: [...command.args, ...args, "--home", home],
    env: { NO_COLOR: "1" },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

export async function writeFiles(home: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, text);
  }
}

/** Waits until it holds; fails with the text when it does not in time. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  ms: number,
  otherwise: () => string,
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) assert.fail(otherwise());
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) take(text);
}
