/** A contender whose host is one script of this folder: orders go to its stdin, one JSON line each, and answers come from its stdout. */
import type { Contender, Placement, Session } from "./contender.ts";
import type { Figures, Order } from "./drive/orders.ts";
import { command } from "./placement.ts";

const FLAGS = ["run", "-A", "--unstable-worker-options", "--cached-only", "--no-check", "--quiet"];

export function piped(name: string, script: string): Contender {
  return { name, open: (placement) => Promise.resolve(new PipedSession(name, script, placement)) };
}

class PipedSession implements Session {
  readonly #name: string;
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers: ReadableStreamDefaultReader<string>;
  #rest = "";

  constructor(name: string, script: string, placement: Placement) {
    this.#name = name;
    this.#process = command(placement, [...FLAGS, new URL(script, import.meta.url).pathname], {
      stdin: "piped",
      stdout: "piped",
      env: { NO_COLOR: "1" },
    }).spawn();
    this.#input = this.#process.stdin.getWriter();
    this.#answers = this.#process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  async order(order: Order): Promise<Figures> {
    await this.#input.write(new TextEncoder().encode(JSON.stringify(order) + "\n"));
    while (!this.#rest.includes("\n")) {
      const { done, value } = await this.#answers.read();
      if (done) throw new Error(`${this.#name} ended while it carried out ${JSON.stringify(order)}`);
      this.#rest += value;
    }
    const [line] = this.#rest.split("\n", 1);
    this.#rest = this.#rest.slice(line!.length + 1);
    return JSON.parse(line!);
  }

  /** The script ends when its stdin does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {});
    await this.#process.status;
    await this.#answers.cancel().catch(() => {});
  }
}
