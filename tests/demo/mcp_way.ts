/** An application of somebody else's, which knows nothing of this program but how it is started: it talks to the model itself, and has its tools over MCP. */
import OpenAI from "openai";
import type { RunningHost } from "../flows/running_host.ts";
import { overStdio } from "../flows/mcp/official_client.ts";
import type { ModelServer } from "../model_server/mod.ts";

type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam;
type Call = OpenAI.Chat.Completions.ChatCompletionMessageToolCall;

/** More rounds than any story here has. */
const MOST_ROUNDS = 8;

/** Asks the model, calls what it wants called, and asks again, until it only speaks. */
export async function converseOverMcp(host: RunningHost, server: ModelServer, question: string): Promise<string> {
  await using mcp = await overStdio(host.home, "auto");
  const openai = new OpenAI({ apiKey: "none", baseURL: server.base_url, maxRetries: 0 });
  const tools = (await mcp.client.listTools()).tools.map(({ name, description = "", inputSchema: parameters }) => ({
    type: "function" as const,
    function: { name, description, parameters: parameters as Record<string, unknown> },
  }));
  const messages: Message[] = [{ role: "user", content: question }];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { choices } = await openai.chat.completions.create({ model: "scripted", messages, tools });
    const { message } = choices[0]!;
    messages.push(message);
    if (message.tool_calls === undefined || message.tool_calls.length === 0) return message.content ?? "";
    for (const call of message.tool_calls) messages.push(await answered(call, mcp.call));
  }
  throw new Error(`the model asks for tools after ${MOST_ROUNDS} rounds`);
}

async function answered(
  call: Call,
  make: (name: string, args: Record<string, unknown>) => Promise<{ readonly text: string }>,
): Promise<Message> {
  if (call.type !== "function") throw new Error(`the model asks for a tool of type '${call.type}'`);
  const { name, arguments: args } = call.function;
  return { role: "tool", tool_call_id: call.id, content: (await make(name, JSON.parse(args))).text };
}
