/** One connection to the remote server, from the agreement on a revision to its end. Nothing but tools is asked for, and nothing is answered. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { boundedFetch } from "./bounded_fetch.ts";
import type { RemoteTool } from "./bridge_tools.ts";
import type { RemoteResult } from "./read_result.ts";
import type { Settings } from "./settings.ts";

/** Pages of a list: a server whose cursor never ends would be read for ever. */
const MOST_PAGES = 16;

export class Connection {
  readonly #client: Client;
  readonly #settings: Settings;

  private constructor(client: Client, settings: Settings) {
    this.#client = client;
    this.#settings = settings;
  }

  /** `changed`: the server says that its tools are others now, or the stream on which it would has ended. */
  static async open(settings: Settings, changed: () => void, ms: number = settings.call_ms): Promise<Connection> {
    const client = new Client({ name: "meta-machine", version: "1" }, {
      versionNegotiation: { mode: settings.mode, probe: { timeoutMs: ms } },
      inputRequired: { autoFulfill: false },
      listMaxPages: MOST_PAGES,
    });
    client.setNotificationHandler("notifications/tools/list_changed", changed);
    const transport = new StreamableHTTPClientTransport(settings.url, { fetch: boundedFetch(settings.response_bytes) });
    const connection = new Connection(client, settings);
    try {
      await client.connect(transport, { timeout: ms });
    } catch (error) {
      await connection.close();
      throw error;
    }
    void connection.#listen(changed);
    return connection;
  }

  /** What the server calls itself, and the revision that was agreed on. */
  about(): { readonly server: string; readonly revision: string } {
    const { name = "", version = "" } = this.#client.getServerVersion() ?? {};
    return { server: `${name} ${version}`, revision: this.#client.getNegotiatedProtocolVersion() ?? "" };
  }

  async list(ms: number = this.#settings.call_ms): Promise<readonly RemoteTool[]> {
    const { tools } = await this.#client.listTools(undefined, { timeout: ms, cacheMode: "refresh" });
    return tools;
  }

  async call(name: string, params: Record<string, unknown>, signal: AbortSignal): Promise<RemoteResult> {
    return await this.#client.callTool({ name, arguments: params }, { timeout: this.#settings.call_ms, signal });
  }

  /** More than once is harmless. */
  async close(): Promise<void> {
    await this.#client.close().catch(() => {});
  }

  /** In 2026-07-28 changes are told to who asks for them; a client of 2025 is told unasked. */
  async #listen(changed: () => void): Promise<void> {
    const offers = this.#client.getServerCapabilities()?.tools?.listChanged === true;
    if (!offers || this.#client.getProtocolEra() !== "modern") return;
    try {
      const { closed } = await this.#client.listen({ toolsListChanged: true });
      if (await closed !== "local") changed();
    } catch {
      // the tools are read again from time to time as well
    }
  }
}
