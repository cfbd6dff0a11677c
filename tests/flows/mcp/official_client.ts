/** The official MCP client, as an application would use it: in each way of agreeing on a revision. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { programCommand } from "../program_command.ts";

export const MODES = ["auto", "legacy", { pin: "2026-07-28" }] as const;
export type Mode = typeof MODES[number];

export interface Connected extends AsyncDisposable {
  readonly client: Client;
  /** How often it was told that the tools have changed. */
  readonly told: () => number;
  readonly names: () => Promise<string[]>;
  /** The text of a result, and whether it is an error. */
  readonly call: (
    name: string,
    args?: Record<string, unknown>,
  ) => Promise<{ text: string; error: boolean; data: unknown }>;
}

function open(mode: Mode) {
  let told = 0;
  const client = new Client({ name: "test", version: "1" }, {
    versionNegotiation: { mode },
    listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: () => told++ } },
  });
  const connected: Connected = {
    client,
    told: () => told,
    names: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args = {}) => {
      const { content, isError = false, structuredContent } = await client.callTool({ name, arguments: args });
      const [first] = content as { text: string }[];
      return { text: first!.text, error: isError, data: structuredContent };
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
  return connected;
}

/** Starts the program as a client does that knows a command line alone. */
export async function overStdio(
  home: string,
  mode: Mode,
  ...more: string[]
): Promise<Connected & { readonly said: () => string; readonly pid: number }> {
  const { executable, args } = programCommand();
  const transport = new StdioClientTransport({
    ...{ command: executable, args: [...args, "mcp", "--home", home, ...more], stderr: "pipe" },
  });
  let said = "";
  transport.stderr?.on("data", (bytes: Uint8Array) => said += new TextDecoder().decode(bytes));
  const connected = open(mode);
  await connected.client.connect(transport).catch((error) => {
    throw new Error(`${error.message}: ${said}`);
  });
  return { ...connected, said: () => said, pid: transport.pid! };
}

export async function overHttp(url: string, mode: Mode, headers: Record<string, string>): Promise<Connected> {
  const connected = open(mode);
  await connected.client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return connected;
}
