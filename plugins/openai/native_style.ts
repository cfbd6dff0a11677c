/** Tools as native functions: described beside the messages, called by the answer's own calls, answered by one message each. */
import { functionDefinitions } from "meta-machine/bracket";
import type { Answer, NativeCall } from "./answer.ts";
import { refusedCall } from "./authority.ts";
import { type MakeStyle, noTools, type Prepared, type ToolStyle } from "./tool_style.ts";
import type { Message } from "./turn_items.ts";

export const nativeStyle: MakeStyle = (tools, { calls: most }) => ({
  catalog: "",
  request: tools.length === 0 ? {} : { tools: functionDefinitions(tools) },
  prepare(answer, round) {
    const ids = idsOf(answer.calls, round);
    return answer.calls.map((call, i): Prepared => {
      const refuse = (code: string, message: string): Prepared => ({
        kind: "refused",
        id: ids[i]!,
        outcome: refusedCall(call.name || "unknown", { code, message, retriable: false }, ids[i]),
      });
      if (answer.calls.length > most) {
        return refuse(
          "too_many_calls",
          `${answer.calls.length} calls in one answer; ${most} may be, and none of them was made`,
        );
      }
      const params = parseParams(call.args, answer.finish);
      if (params === "cut off") {
        return refuse("unterminated", "the call is cut off: the answer came to its end first; make it shorter");
      }
      if (params === "no map") {
        return refuse("invalid_params", `the arguments of ${call.name} are no JSON object; pass one map of params`);
      }
      return { kind: "call", id: ids[i]!, call: { tool: call.name, params, id: ids[i]! } };
    });
  },
  ownWords: (answer, prepared) =>
    spokenWithCalls(answer, prepared.map(({ id }) => id), (i) => prepared[i]!.kind === "call"),
  finalize: (done) =>
    done.map(({ id, outcome }) => ({
      role: "tool",
      tool_call_id: id,
      content: JSON.stringify(outcome.status === "success" ? outcome.data : { error: outcome.error }),
    })),
});

/** Functions that the caller brought: what the model asks for is the caller's to do. */
export function callersStyle(functions: readonly unknown[]): ToolStyle {
  return {
    ...noTools,
    request: { tools: functions },
    ownWords: (answer) => spokenWithCalls(answer, idsOf(answer.calls, 1), () => true),
  };
}

/** The answer as the conversation keeps it. Arguments that are no JSON some servers refuse to read again. */
function spokenWithCalls({ text, calls }: Answer, ids: readonly string[], readable: (i: number) => boolean): Message {
  if (calls.length === 0) return { role: "assistant", content: text };
  return {
    role: "assistant",
    content: text === "" ? null : text,
    tool_calls: calls.map(({ name, args }, i) => ({
      id: ids[i]!,
      type: "function",
      function: { name: name || "unknown", arguments: readable(i) && args.trim() !== "" ? args : "{}" },
    })),
  };
}

/** The server's own, where it gave each call one of its own. */
export function idsOf(calls: readonly NativeCall[], round: number): string[] {
  const given = calls.map(({ id }) => id);
  const unique = given.every((id) => id !== undefined && id.length <= 128) && new Set(given).size === given.length;
  return unique ? given as string[] : calls.map((_, i) => `r${round}c${i + 1}`);
}

function parseParams(args: string, finish: Answer["finish"]): Record<string, unknown> | "cut off" | "no map" {
  const broken = finish === "length" ? "cut off" : "no map";
  if (args.trim() === "") return finish === "length" ? "cut off" : {};
  try {
    const params = JSON.parse(args);
    return typeof params === "object" && params !== null && !Array.isArray(params) ? params : broken;
  } catch {
    return broken;
  }
}
