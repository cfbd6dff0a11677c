/** The way to the remote server while the module runs: connected or on the way back, with its tools read again whenever they may have changed. */
import type { Kernel } from "meta-machine";
import type { RemoteTool } from "./bridge_tools.ts";
import { cleanText } from "./clean_text.ts";
import { Connection } from "./connection.ts";
import type { Settings } from "./settings.ts";

/** Whatever the server says, its tools are not read more often. */
const LOOK_GAP_MS = 500;

export class RemoteServer {
  readonly #kernel: Pick<Kernel, "sleep">;
  readonly #settings: Settings;
  #connection: Connection | undefined;
  #last_error: string | undefined;
  #wake: (() => void) | undefined;
  #nudged = false;

  constructor(kernel: Pick<Kernel, "sleep">, settings: Settings) {
    this.#kernel = kernel;
    this.#settings = settings;
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }
  get last_error(): string | undefined {
    return this.#last_error;
  }

  /** Something may be wrong, or have changed: look now. */
  readonly nudge = (): void => {
    this.#nudged = true;
    this.#wake?.();
  };

  /** Connects where it is not, and reads the tools; undefined when the server can't be reached. */
  async read(ms: number): Promise<readonly RemoteTool[] | undefined> {
    this.#nudged = false;
    try {
      this.#connection ??= await Connection.open(this.#settings, this.nudge, ms);
      const tools = await this.#connection.list(ms);
      if (this.#last_error !== undefined) console.info(`${this.#settings.host} answers again`);
      this.#last_error = undefined;
      return tools;
    } catch (error) {
      const said = cleanText(error instanceof Error ? error.message : String(error), 300);
      if (said !== this.#last_error) console.warn(`no connection to ${this.#settings.host}: ${said}`);
      this.#last_error = said;
      const broken = this.#connection;
      this.#connection = undefined;
      void broken?.close();
      return undefined;
    }
  }

  /** Gives the tools each time that they were read, until the signal. */
  async *follow(signal: AbortSignal): AsyncGenerator<readonly RemoteTool[]> {
    const { refresh_s, retry_ms, retry_most_ms, call_ms } = this.#settings;
    let wait_ms = this.#connection === undefined ? 0 : refresh_s * 1_000;
    let retry = retry_ms;
    while (!signal.aborted) {
      await this.#pause(wait_ms, signal);
      if (signal.aborted) return;
      const tools = await this.read(call_ms);
      if (tools === undefined) {
        wait_ms = retry;
        retry = Math.min(retry * 2, retry_most_ms);
      } else {
        [wait_ms, retry] = [refresh_s * 1_000, retry_ms];
        yield tools;
      }
    }
  }

  async close(): Promise<void> {
    await this.#connection?.close();
    this.#connection = undefined;
  }

  /** Ends early when it is nudged while connected: who is gone is not asked more often for being missed. */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    await this.#kernel.sleep(Math.min(ms, LOOK_GAP_MS));
    if (ms <= LOOK_GAP_MS || signal.aborted) return;
    const nudged = new Promise<void>((resolve) => this.#wake = resolve);
    if (this.#nudged && this.#connection !== undefined) return;
    await Promise.race([this.#kernel.sleep(ms - LOOK_GAP_MS), this.#connection === undefined ? never : nudged]);
  }
}

const never = new Promise<void>(() => {});
