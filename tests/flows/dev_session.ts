/** `plugin dev` in a process of its own, with lines from stdin and everything it shows kept. */
import { command } from "../cli/scripted_host.ts";
import { until } from "./running_host.ts";

export class DevSession implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  shown = "";

  constructor(home: string, named: string) {
    this.#child = command(["plugin", "dev", named, "--home", home], { stdin: "piped", env: { NO_COLOR: "1" } }).spawn();
    this.#writer = this.#child.stdin.getWriter();
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      void (async () => {
        for await (const text of stream.pipeThrough(new TextDecoderStream())) this.shown += text;
      })();
    }
  }

  type(line: string): Promise<void> {
    return this.#writer.write(new TextEncoder().encode(`${line}\n`));
  }

  shows(pattern: RegExp): Promise<void> {
    return until(() => pattern.test(this.shown), 20_000, () => `${pattern} was not shown:\n${this.shown}`);
  }

  /** The exit code. */
  async ends(): Promise<number> {
    return (await this.#child.status).code;
  }

  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  /** Ends its input. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close().catch(() => {});
    await this.#child.status;
  }
}
