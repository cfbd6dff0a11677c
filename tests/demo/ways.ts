/** The ways in which a model asks for tools. Each plays the same story; another one is another line of this table. */
import { callsInBrackets, callsNatively, type ModelServer, type NativeCall, type Reply } from "../model_server/mod.ts";
import { converseOverMcp } from "./mcp_way.ts";
import type { RunningHost } from "../flows/running_host.ts";

export interface Way {
  readonly name: string;
  /** For a person: how the model asks, and how it is answered. */
  readonly what: string;
  /** What the home needs for it. */
  files(server: ModelServer): Readonly<Record<string, string>>;
  /** The model's reply that asks for a tool. */
  asks(words: string, call: NativeCall): Reply;
  /** The command by which the person asks. */
  command(question: string): readonly string[];
  /** Asks, and gives the model's answer. */
  converse(host: RunningHost, question: string, server: ModelServer): Promise<string>;
}

export const WAYS: readonly Way[] = [
  throughInference(
    "bracket",
    "the model writes tool blocks into its text, and reads result blocks",
    (words, { name, arguments: params }) =>
      callsInBrackets(`{call: ${name}, params: ${JSON.stringify(params)}}`, { before: words }),
  ),
  throughInference(
    "native",
    "the model calls functions of the server's interface, and reads their values",
    (text, call) => callsNatively([call], { text }),
  ),
  {
    name: "mcp",
    what: "an application of somebody else's talks to the model, and calls the tools over the Model Context Protocol",
    files: () => ({}),
    asks: (text, call) => callsNatively([call], { text }),
    command: () => ["mcp"],
    converse: (host, question, server) => converseOverMcp(host, server, question),
  },
];

/** The names of one way, or of all; undefined for a name that is none. */
export function waysNamed(name: string): readonly Way[] | undefined {
  const found = name === "all" ? WAYS : WAYS.filter((way) => way.name === name);
  return found.length === 0 ? undefined : found;
}

/** An inference service whose loop is the shipped module's own. */
function throughInference(name: string, what: string, asks: Way["asks"]): Way {
  const api = `inference/${name}`;
  const command = (question: string) => [
    "call",
    api,
    "chat",
    JSON.stringify({ messages: [{ role: "user", content: question }] }),
  ];
  return {
    ...{ name, what, asks, command },
    files: (server) => ({ [`configs/${api}.yml`]: inferenceConfig(server, name) }),
    converse: async (host, question) => (await host.json<{ text: string }>(...command(question))).text,
  };
}

/** `services`: what the module itself may call, which no model gets by it. */
export function inferenceConfig(server: ModelServer, tool_use: string, services: readonly string[] = []): string {
  return `prog: openai
grants:
  packages: [openai, "@cfworker/json-schema"]
  net: ["${server.at}"]
  services: [${services.join(", ")}]
  kernel: [tools]
params: {base_url: "${server.base_url}", model: scripted, tool_use: ${tool_use}}
limits: {call_timeout_ms: 320000}
`;
}
