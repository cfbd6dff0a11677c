/** A turn from what was asked, the config, the prompt and the catalog of the one who is served. */
import { fault } from "meta-machine";
import type { Authority, ListedTool } from "./authority.ts";
import { bracketStyle } from "./bracket_style.ts";
import { nearest } from "./nearest.ts";
import { callersStyle, nativeStyle } from "./native_style.ts";
import { noModel } from "./open_client.ts";
import type { Chat } from "./parse_chat.ts";
import { fillTemplate, hasCatalog } from "./prompt_template.ts";
import type { Turn } from "./run_turn.ts";
import type { Settings } from "./settings.ts";
import { noTools, type ToolStyle } from "./tool_style.ts";
import type { Message } from "./turn_items.ts";

export interface TurnParts {
  readonly settings: Settings;
  /** Under whom tools are listed and called; asked for only where tools are used. */
  readonly authority: () => Authority;
  /** The text of `prompt_file`. */
  readonly prompt: (file: string) => Promise<string>;
  readonly today: Date;
  readonly signal: AbortSignal;
  readonly ask: Turn["ask"];
  readonly reached: Turn["reached"];
}

/** Where there is no `prompt_file`. */
const PLAIN = "{{persona}}\n\n{{catalog}}";
const NOBODY: Authority = {
  listTools: () => Promise.resolve([]),
  callTool: ({ tool }) => Promise.reject(fault("unknown_tool", `there is no tool '${tool}' here`)),
};

export async function prepareTurn(
  chat: Chat,
  { settings, authority, prompt, today, signal, ask, reached }: TurnParts,
): Promise<Turn> {
  const model = chat.model ?? settings.model;
  if (model === undefined) throw noModel();
  const uses_catalog = settings.tool_use !== "none" && chat.tools !== "none" &&
    !(typeof chat.tools === "object" && "functions" in chat.tools);
  const under = uses_catalog ? authority() : NOBODY;
  const tools = chosen(await under.listTools(), chat.tools);
  const style = styleOf(chat.tools, tools, settings);
  const system = await systemMessage(chat, style, settings, prompt, today);
  const temperature = chat.temperature ?? settings.temperature;
  const max_tokens = chat.max_tokens ?? settings.max_tokens;
  return {
    ...{ model, style, tools, authority: under, signal, ask, reached, limits: settings, price: settings.price },
    messages: [...system, ...chat.messages],
    request: {
      ...(temperature !== undefined && { temperature }),
      ...(max_tokens !== undefined && { max_tokens }),
      ...(chat.stop !== undefined && { stop: chat.stop }),
    },
  };
}

function styleOf(
  asked: Chat["tools"],
  tools: readonly ListedTool[],
  { tool_use, max_calls_per_turn: calls }: Settings,
): ToolStyle {
  if (typeof asked === "object" && "functions" in asked) return callersStyle(asked.functions);
  if (tools.length === 0) return noTools;
  return tool_use === "native" ? nativeStyle(tools, { calls }) : bracketStyle(tools, { calls });
}

/** A name that the caller may not call is told, and not passed over: the model would be missing what it was meant to have. */
function chosen(tools: readonly ListedTool[], asked: Chat["tools"]): readonly ListedTool[] {
  if (typeof asked !== "object" || !("names" in asked)) return tools;
  const names = tools.map(({ name }) => name);
  const missing = asked.names.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const like = nearest(missing, names);
    throw fault("unknown_tool", `there is no tool '${missing.slice(0, 64)}' for the caller`, {
      hint: like.length > 0
        ? `near to it: ${like.join(", ")}`
        : "`tools` lists what there is; whoever is served needs a grant for it",
    });
  }
  return tools.filter(({ name }) => asked.names.includes(name));
}

async function systemMessage(
  chat: Chat,
  style: ToolStyle,
  settings: Settings,
  prompt: TurnParts["prompt"],
  today: Date,
): Promise<Message[]> {
  const { prompt_file } = settings;
  const template = prompt_file === undefined ? PLAIN : await prompt(prompt_file);
  // A model that is not told of its tools could not call them.
  const whole = style.catalog === "" || hasCatalog(template) ? template : `${template}\n\n{{catalog}}`;
  const parts = {
    persona: chat.persona ?? settings.persona,
    catalog: style.catalog,
    date: today.toISOString().slice(0, 10),
  };
  const content = fillTemplate(whole, parts, prompt_file ?? "");
  return content === "" ? [] : [{ role: "system", content }];
}
