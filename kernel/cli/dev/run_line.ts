/** What a line of the prompt does. */
import type { ControlVerb, ControlVerbs } from "../../contract/control.ts";
import { type Fault, refuse, type Result } from "../../contract/fault.ts";
import { describeParams } from "../../primitives/describe_params.ts";
import { explainArguments } from "../almost_json.ts";
import { connectHost } from "../connect.ts";
import { requestHost } from "../control_client.ts";
import { jsonText } from "../json_text.ts";
import { renderModule } from "../render_module.ts";
import { safeText } from "../safe_text.ts";
import { parseLine } from "./parse_line.ts";

export interface PromptWorld {
  readonly home: string;
  readonly api: string;
  readonly colour: boolean;
  readonly print: (text: string) => void;
}

export const HELP = `METHOD [ARG…]       calls a method; an ARG is JSON, or text without quotes
.tool NAME PARAMS    calls a tool, for example .tool add {"text": "milk"}
.tools  .status  .reload  .help  .quit`;

/** "quit" when the person wants to leave. Never rejects. */
export async function runLine(text: string, world: PromptWorld): Promise<"quit" | "next"> {
  const line = parseLine(text);
  const { api, print, colour } = world;
  if (line.kind === "wrong") print(line.why);
  if (line.kind === "call") show(await call(world, { api, method: line.method, args: line.args }), print);
  if (line.kind !== "command") return "next";
  switch (line.name) {
    case "quit":
    case "exit":
      return "quit";
    case "help":
      print(HELP);
      return "next";
    case "tool": {
      const [method, params = {}] = line.args;
      show(await call(world, { api, method: String(method), args: [params], aspect: "tool" }), print);
      return "next";
    }
    case "tools": {
      const answer = await ask(world, "tools", { api });
      if (!answer.ok) show(answer, print);
      else {
        const lines = answer.value.map(({ name, params, description }) =>
          `${name}(${describeParams(params)}): ${description}`
        );
        print(lines.length === 0 ? "no tools" : safeText(lines.join("\n")));
      }
      return "next";
    }
    case "status": {
      const answer = await ask(world, "status", { api });
      const module = answer.ok ? answer.value.modules[0] : undefined;
      if (module !== undefined) print(renderModule(module, colour));
      else show(answer, print);
      return "next";
    }
    case "reload": {
      const answer = await ask(world, "reload", { api });
      if (!answer.ok) show(answer, print); // else the event says it
      return "next";
    }
    default:
      print(`there is no .${line.name}\n${HELP}`);
      return "next";
  }
}

async function ask<V extends ControlVerb>(
  { home }: PromptWorld,
  verb: V,
  params: ControlVerbs[V]["params"],
): Promise<Result<ControlVerbs[V]["answer"]>> {
  const connection = await connectHost(home);
  return connection.ok ? await requestHost(connection.value, verb, params) : connection;
}

async function call(world: PromptWorld, params: ControlVerbs["call"]["params"]): Promise<Result<unknown>> {
  const answer = await ask(world, "call", params);
  return answer.ok ? answer : refuse(explainArguments(answer.fault, params.args, "prompt"));
}

function show(answer: Result<unknown>, print: (text: string) => void): void {
  print(safeText(answer.ok ? textOf(answer.value) : faultText(answer.fault)));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : jsonText(value, "document");
}

function faultText({ code, message, hint }: Fault): string {
  return `${code}: ${message}\nhint: ${hint}`;
}
