/** The host's end of one bare process. */
import { eachLine } from "../drive/lines.ts";
import { LineWriter } from "./line_writer.ts";
import { type Message, TurnBatch } from "./messages.ts";

const HERE = new URL(".", import.meta.url).pathname;
const DRIVE = new URL("../drive/", import.meta.url).pathname;
const FLAGS = ["run", "--no-prompt", "--cached-only", "--no-check", "--quiet", "--no-config", "--no-lock"];

export type ModuleFile = "echo_worker.ts" | "caller_worker.ts";

export class FloorCell {
  readonly #process: Deno.ChildProcess;
  readonly #connection: Deno.Conn;
  readonly #batch: TurnBatch;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #next = 1;
  /** Whom its module's calls go to. */
  relayed_to: FloorCell | undefined;

  private constructor(process: Deno.ChildProcess, connection: Deno.Conn) {
    this.#process = process;
    this.#connection = connection;
    const writer = new LineWriter(connection);
    this.#batch = new TurnBatch((line) => writer.add(line));
    void eachLine(connection, (line) => this.#take(JSON.parse(line))).catch(() => {});
  }

  static async start(socket: string, module: ModuleFile): Promise<FloorCell> {
    const listener = Deno.listen({ transport: "unix", path: socket });
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        ...FLAGS,
        "--unstable-worker-options",
        `--allow-read=${socket},${HERE},${DRIVE}`,
        `--allow-write=${socket}`,
        `--allow-net=unix:${socket}`,
        ...[`${HERE}cell.ts`, socket, `./${module}`],
      ],
      stdin: "null",
      stdout: "null",
    }).spawn();
    const connection = await listener.accept();
    listener.close();
    return new FloorCell(process, connection);
  }

  get in_flight(): number {
    return this.#waiting.size;
  }

  call(n: number): Promise<unknown> {
    return new Promise((resolve) => this.callWith(n, resolve));
  }
  callWith(n: number, answered: (answer: unknown) => void): void {
    const id = this.#next++;
    this.#waiting.set(id, answered);
    this.#batch.say([0, id, n]);
  }
  order(order: unknown): Promise<unknown> {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#batch.say([2, id, order]);
    });
  }

  async end(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#process.status;
    this.#connection.close();
  }

  #take(messages: readonly Message[]): void {
    for (const [kind, id, value] of messages) {
      if (kind === 1) {
        this.#waiting.get(id)?.(value);
        this.#waiting.delete(id);
      } else this.relayed_to!.callWith(value as number, (answer) => this.#batch.say([1, id, answer]));
    }
  }
}
