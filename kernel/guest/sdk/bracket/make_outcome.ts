/** What is answered to a call: what it gave, or why it was not made or failed, in a way that helps a model to do better. */
import type { Fault, FaultCode } from "../../../contract/fault.ts";
import type { Plain } from "../../../contract/plain.ts";
import { clipText } from "../../../primitives/clip_text.ts";
import { nearestNames } from "../../../primitives/closest_names.ts";
import type { ToolOutcome } from "../tools.ts";
import { asBracket } from "./as_bracket.ts";
import type { BracketCall, BracketError, BracketMap } from "./protocol.ts";
import type { BracketOutcome } from "./render_result.ts";

/** In the place of the tool's name, where no call could be read. */
export const PROTOCOL = "bracket_protocol";
/** Of a tool's name that a model made up; the longest that there is has 64. */
const NAME_UNITS = 200;

type ErrorOutcome = Extract<BracketOutcome, { status: "error" }>;
/** Of a call, what its answer repeats. */
type Called = Pick<BracketCall, "call" | "id">;

/** A call that gave this: any data, as handles give it. */
export function succeeded({ call, id }: Called, value: Plain): Extract<BracketOutcome, { status: "success" }> {
  return { result: call, ...(id !== undefined && { id }), status: "success", data: asBracket(value) };
}

/** What `kernel.callTool` gave. */
export function toolOutcome(outcome: ToolOutcome): BracketOutcome {
  return outcome.status === "success"
    ? { ...outcome, data: asBracket(outcome.data as Plain) } // it has travelled: it is plain
    : { ...outcome, result: clipText(outcome.result, NAME_UNITS), error: { ...outcome.error } };
}

/** A block that can't be read. */
export function unreadable({ code, message, line, column }: BracketError): ErrorOutcome {
  return { result: PROTOCOL, status: "error", error: { code, message, line, column } };
}

/** A tool that is not in the catalog; the names of the nearest that are. */
export function unknownTool(called: Called, names: readonly string[]): ErrorOutcome {
  const wanted = clipText(called.call, NAME_UNITS);
  const nearest = nearestNames(called.call, names);
  const instead = nearest.length === 0 ? "there is none like it" : `nearest: ${nearest.join(", ")}`;
  return failed(called, { code: "unknown_tool", message: `there is no tool '${wanted}'; ${instead}`, nearest });
}

/** One param of a call that does not fit. */
export interface ParamMisfit {
  /** For example `items[2].title`. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** Params that a tool does not take: each that is wrong, with what was expected and what was found. */
export function invalidParams(called: Called, misfits: readonly ParamMisfit[]): ErrorOutcome {
  const told = misfits.map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`);
  const params = misfits.map(({ path, expected, found }) => ({ path, expected, found }));
  return failed(called, { code: "invalid_params", message: told.join("; "), params });
}

/** More than a turn may do (`too_many_calls`, `loop_limit`), for a call that is not made therefore; without a call for the turn as a whole. */
export function overBudget({ code, message }: { readonly code: string; readonly message: string }, called?: Called) {
  return failed(called ?? { call: PROTOCOL }, { code, message });
}

const RENAMED: Readonly<Partial<Record<FaultCode, string>>> = Object.freeze({
  module_error: "tool_error",
  invalid_argument: "invalid_params",
});

/** A call that failed with a fault. `more` is told too, unless the fault says it. */
export function faultOutcome(
  called: Called,
  { code, message, hint, retriable, maybe_ran }: Fault,
  more: BracketMap = {},
): ErrorOutcome {
  return failed(called, {
    ...more,
    ...{ code: RENAMED[code] ?? code, message, retriable },
    ...(hint !== "" && { hint }),
    ...(maybe_ran && { maybe_ran }),
  });
}

function failed({ call, id }: Called, error: BracketMap): ErrorOutcome {
  return { result: clipText(call, NAME_UNITS), ...(id !== undefined && { id }), status: "error", error };
}
