/** What came of calls, as the blocks that a model is given. */
import { isRecord } from "../../../primitives/check_fields.ts";
import type { BracketMap, BracketValue } from "./protocol.ts";
import { renderName, renderValue } from "./render_value.ts";

/** What came of one call: what it gave, or an error with at least a code and a message. */
export type BracketOutcome =
  & { readonly result: string; readonly id?: string }
  & (
    | { readonly status: "success"; readonly data: BracketValue }
    | { readonly status: "error"; readonly error: BracketMap }
  );

/** A `result` block; its fence is longer than any run of its character inside. */
export function renderResult(outcome: BracketOutcome): string {
  const { result, id, status } = outcome;
  const body = status === "success"
    ? `data: ${renderValue(asMap(outcome.data))}`
    : `error: ${renderValue(outcome.error)}`;
  const head = `{result: ${renderName(result)}, status: ${status}`;
  const text = `${head}${id === undefined ? "" : `, id: ${renderValue(id)}`}, ${body}}`;
  const fence = "`".repeat(Math.max(3, 1 + longestRun(text)));
  return `${fence}result\n${text}\n${fence}\n`;
}

/** All results of a turn as one text, in the order in which they are given: that of the calls in the model's text. */
export function renderResults(outcomes: readonly BracketOutcome[]): string {
  return outcomes.map(renderResult).join("");
}

/** What is no map is wrapped: a result's data always is one. */
export function asMap(data: BracketValue): BracketMap {
  return isRecord(data) ? data : { value: data };
}

function longestRun(text: string): number {
  let most = 0;
  for (const [run] of text.matchAll(/`+/g)) most = Math.max(most, run.length);
  return most;
}
