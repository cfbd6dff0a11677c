/** A kernel's powers with real files, a clock of its own, and a watchdog that is a list. */
import { type FromWatchdog, type Hello, PROTOCOL, type ToWatchdog } from "../../kernel/contract/channel.ts";
import type { KernelPowers } from "../../kernel/contract/powers.ts";
import { denoClock, denoFiles, denoRandom, denoSockets } from "../../kernel/powers_deno.ts";

export class ScriptedPowers implements KernelPowers {
  readonly clock = denoClock;
  readonly random = denoRandom;
  readonly files = denoFiles;
  readonly sockets = denoSockets;
  readonly pid = 4711;
  readonly runtime = "2.9.6";
  readonly lines: string[] = [];
  readonly sent: ToWatchdog[] = [];
  readonly exits: number[] = [];
  /** What the watchdog answers to a message. */
  answers: (message: ToWatchdog) => FromWatchdog | undefined = () => undefined;
  #queue: FromWatchdog[] = [];
  #wake: () => void = () => {};
  #gone = false;

  readonly stderr = (line: string): void => void this.lines.push(line);
  readonly exit = (code: number): void => void this.exits.push(code);
  readonly figures = () => ({ rss: 1, cpu_ms: 1 });
  readonly watchdog = {
    send: (message: unknown) => {
      this.sent.push(message as ToWatchdog);
      const answer = this.answers(message as ToWatchdog);
      if (answer !== undefined) this.say(answer);
    },
    messages: () => this.#messages(),
    flush: () => Promise.resolve(),
  };

  say(message: FromWatchdog): void {
    this.#queue.push(message);
    this.#wake();
  }
  /** The end of the watchdog. */
  hangUp(): void {
    this.#gone = true;
    this.#wake();
  }
  /** What was logged, without times. */
  get log(): string[] {
    return this.lines.map((line) => line.replace(/^.*? - (\w+) - /, "$1 "));
  }

  async *#messages(): AsyncGenerator<FromWatchdog> {
    for (;;) {
      const next = this.#queue.shift();
      if (next !== undefined) yield next;
      else if (this.#gone) return;
      else await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }
}

/** A home in a folder of its own, with these files. */
export async function makeHome(files: Readonly<Record<string, string>>): Promise<string> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "mm" }));
  for (const folder of ["configs", "plugins", "prompts", "kernel", "runtime/run"]) {
    await Deno.mkdir(`${home}/${folder}`, { recursive: true });
  }
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, text);
  }
  return home;
}

export function hello(home: string, more: Partial<Hello> = {}): Hello {
  return {
    ...{
      t: "hello",
      epoch: 1,
      pass_over: [],
      home,
      program: new URL("../../", import.meta.url).pathname.replace(/\/$/, ""),
    },
    ...{ run: `${home}/runtime/run`, version: "0.1.0", log_level: "INFO", watchdog_pid: 1, protocol: PROTOCOL },
    ...more,
  };
}
