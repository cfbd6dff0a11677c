/**
 * A remote MCP server as a module: its tools join the catalog as this module's, and follow when they change. Each instance has the tools that the server had while it
 * loaded; when they have become others it has itself reloaded, so that a catalog and its schemas are never half old.
 */
import { type Config, fault, type Kernel, type Tool, tool } from "meta-machine";
import { type Bridged, type BridgedTool, bridgeTools } from "./bridge_tools.ts";
import { readResult } from "./read_result.ts";
import { isUnreached, remoteFault } from "./remote_error.ts";
import { RemoteServer } from "./follow_remote.ts";
import { readSettings, type Settings } from "./settings.ts";

export class Module {
  readonly #kernel: Kernel;
  readonly #settings: Settings;
  readonly #server: RemoteServer;
  /** As they were when this instance was loaded. */
  readonly #loaded: Promise<Bridged>;
  readonly #born = Date.now();

  constructor(kernel: Kernel, config: Config) {
    this.#kernel = kernel;
    this.#settings = readSettings(config);
    this.#server = new RemoteServer(kernel, this.#settings);
    this.#loaded = this.#load();
  }

  /** `state()` → `{url, connected, server, revision, tools, refused, last_error}`: which tools came in, and why others did not. */
  async state() {
    const { tools, refused } = await this.#loaded;
    const { connection, last_error } = this.#server;
    return {
      ...{ url: this.#settings.url.href, connected: connection !== undefined, ...connection?.about() },
      ...{ tools: tools.map(({ entry }) => entry), refused, last_error },
    };
  }

  async getAspect(name: string): Promise<object> {
    if (name === "default") return this;
    if (name !== "tool") throw new Error(`Aspect '${name}' not found.`);
    return await (this.#face ??= this.#loaded.then(({ tools }) =>
      Object.fromEntries(tools.map((bridged) => [bridged.entry, this.#declare(bridged)]))
    ));
  }
  #face: Promise<Record<string, Tool>> | undefined;

  async run(signal: AbortSignal): Promise<void> {
    let known = textOf(await this.#loaded);
    for await (const tools of this.#server.follow(signal)) {
      const found = textOf(bridgeTools(tools, this.#settings.host));
      if (found === known) continue;
      const early_ms = this.#born + this.#settings.reload_gap_s * 1_000 - Date.now();
      if (early_ms > 0) {
        await this.#kernel.sleep(early_ms);
        this.#server.nudge(); // they are read once more: by then they may be others
        continue;
      }
      known = found;
      console.info(`the tools of ${this.#settings.host} have changed: this module is reloaded`);
      // Not awaited: a reload waits for the end of this very loop.
      void this.#kernel.reload().catch(({ message }) => console.warn(`they stay as they were: ${message}`));
    }
  }

  async shutdown(): Promise<void> {
    await this.#server.close();
  }

  async #load(): Promise<Bridged> {
    const { start_ms, host } = this.#settings;
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), start_ms);
    const found = bridgeTools(await Promise.race([this.#server.read(start_ms), late]) ?? [], host);
    clearTimeout(timer);
    for (const { name, why } of found.refused) console.warn(`the tool '${name}' of ${host} is left out: ${why}`);
    return found;
  }

  #declare({ remote, entry, description, params, destructive }: BridgedTool): Tool {
    return tool<Record<string, unknown>>({
      ...{ description, params, destructive, openWorld: true },
      run: (given, { signal }) => this.#call(remote, entry, given, signal),
    });
  }

  async #call(remote: string, entry: string, params: Record<string, unknown>, signal: AbortSignal): Promise<unknown> {
    const { host, result_bytes } = this.#settings;
    const { connection, last_error = "it has not answered yet" } = this.#server;
    if (connection === undefined) {
      throw fault("conflict", `Cannot call ${entry}: no connection to the remote server ${host}: ${last_error}`, {
        ...{ hint: "it is tried again by itself", retriable: true },
      });
    }
    try {
      return readResult(await connection.call(remote, params, signal), host, result_bytes);
    } catch (error) {
      if (isUnreached(error)) this.#server.nudge();
      throw remoteFault(error, host, `Cannot call ${entry}`);
    }
  }
}

/** What of a catalog matters to who calls. */
function textOf({ tools }: Bridged): string {
  return JSON.stringify(tools);
}
