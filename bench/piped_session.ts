/** A contender whose host is one script of this folder: orders go to its stdin, one JSON line each, and answers come from its stdout. */
import type { Contender, ContenderName, Session, SessionWishes } from "./contender.ts";
import type { Figures } from "./drive/call_orders.ts";
import type { HostOrder } from "./drive/host_orders.ts";
import { environmentOfStart } from "./environment.ts";
import { command } from "./placement.ts";

const FLAGS = ["run", "-A", "--unstable-worker-options", "--cached-only", "--no-check", "--quiet"];

/** `flags`: further ones for Deno. */
export function piped(name: ContenderName, script: string, flags: readonly string[] = []): Contender {
  return { name, open: (wishes) => Promise.resolve(new PipedSession(name, script, flags, wishes)) };
}

class PipedSession implements Session {
  readonly #name: string;
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers: ReadableStreamDefaultReader<string>;
  #rest = "";

  constructor(name: string, script: string, flags: readonly string[], { placement }: SessionWishes) {
    this.#name = name;
    this.#process = command(placement, [...FLAGS, ...flags, new URL(script, import.meta.url).pathname], {
      stdin: "piped",
      stdout: "piped",
      env: { NO_COLOR: "1", ...environmentOfStart() },
    }).spawn();
    this.#input = this.#process.stdin.getWriter();
    this.#answers = this.#process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  get pid(): number {
    return this.#process.pid;
  }

  async order(order: HostOrder): Promise<Figures> {
    await this.#input.write(new TextEncoder().encode(JSON.stringify(order) + "\n"));
    while (!this.#rest.includes("\n")) {
      const { done, value } = await this.#answers.read();
      if (done) throw new Error(`${this.#name} ended while it carried out ${JSON.stringify(order)}`);
      this.#rest += value;
    }
    const [line] = this.#rest.split("\n", 1);
    this.#rest = this.#rest.slice(line!.length + 1);
    const answer = JSON.parse(line!);
    if (typeof answer.error === "string") throw new Error(`${this.#name}: ${answer.error}`);
    return answer;
  }

  /** The script ends when its stdin does. Twice is harmless. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {});
    await this.#process.status;
    await this.#answers.cancel().catch(() => {});
  }
}
