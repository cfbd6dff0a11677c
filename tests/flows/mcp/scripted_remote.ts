/** A real MCP server of the official package on loopback, whose tools, answers and moods are the test's. It can go and come back at the same port. */
import { createMcpHandler, Server, type Tool } from "@modelcontextprotocol/server";

export interface Scripted {
  readonly description?: string;
  readonly schema?: Record<string, unknown>;
  readonly annotations?: Tool["annotations"];
  /** A CallToolResult, or text. */
  readonly run?: (params: Record<string, unknown>) => unknown;
}

export class ScriptedRemote implements AsyncDisposable {
  tools: Record<string, Scripted> = {};
  /** What every request had in its header Authorization. */
  readonly authorizations = new Set<string | null>();
  /** Answers instead of the protocol. */
  instead: ((request: Request) => Response | Promise<Response> | undefined) | undefined;
  #server: Deno.HttpServer<Deno.NetAddr> | undefined;
  #port = 0;
  #handler = createMcpHandler(() => this.#make());

  constructor(tools: Record<string, Scripted>) {
    this.tools = tools;
    this.comeBack();
  }

  get at(): string {
    return `127.0.0.1:${this.#port}`;
  }
  get url(): string {
    return `http://${this.at}/mcp`;
  }

  /** Listeners are told that there are other tools. */
  offer(tools: Record<string, Scripted>): void {
    this.tools = tools;
    this.#handler.notify.toolsChanged();
  }

  comeBack(): void {
    this.#handler = createMcpHandler(() => this.#make());
    const options = { hostname: "127.0.0.1", port: this.#port, onListen() {} };
    this.#server = Deno.serve(options, async (request) => {
      this.authorizations.add(request.headers.get("authorization"));
      return await this.instead?.(request) ?? await this.#handler.fetch(request);
    });
    this.#port = this.#server.addr.port;
  }

  /** Connections that are open break. */
  async goAway(): Promise<void> {
    await this.#handler.close();
    await this.#server?.shutdown();
    this.#server = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.goAway();
  }

  #make(): Server {
    const server = new Server({ name: "scripted", version: "3" }, { capabilities: { tools: { listChanged: true } } });
    server.setRequestHandler("tools/list", () => ({
      tools: Object.entries(this.tools).map(([name, { description, schema, annotations }]) => ({
        ...{ name, inputSchema: { type: "object" as const, ...schema } },
        ...(description !== undefined && { description }),
        ...(annotations && { annotations }),
      })),
    }));
    server.setRequestHandler("tools/call", async ({ params: { name, arguments: params = {} } }) => {
      const given = await this.tools[name]?.run?.(params);
      if (typeof given === "object") return given as never;
      return { content: [{ type: "text", text: String(given ?? `no ${name}`) }] };
    });
    return server;
  }
}
