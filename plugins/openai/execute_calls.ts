/** Makes the calls of one answer: in their order, those that change nothing side by side, each with exactly one result, and the results in their order. */
import type { BracketOutcome } from "meta-machine/bracket";
import { type Authority, refusedCall, shownOutcome } from "./authority.ts";
import type { Done, Prepared } from "./tool_style.ts";
import type { TurnItem } from "./turn_items.ts";
import { orAborted } from "./with_retries.ts";

export interface Executing {
  readonly authority: Authority;
  /** Whether a tool says that it changes nothing. */
  readonly readOnly: (tool: string) => boolean;
  readonly max_result_bytes: number;
  readonly signal: AbortSignal;
}

/** Of a call's params, to whoever follows the turn; the tool gets all of them. */
const SHOWN_BYTES = 65_536;
/** Calls at once. */
const SIDE_BY_SIDE = 8;

export async function* executeCalls(
  prepared: readonly Prepared[],
  executing: Executing,
): AsyncGenerator<TurnItem, Done[]> {
  const done: Done[] = [];
  for (const group of groupsOf(prepared, executing.readOnly)) {
    for (const one of group) {
      if (one.kind !== "call") continue;
      const { id, call: { tool, params } } = one;
      yield { kind: "call", id, tool, params: shownParams(tool, params) };
    }
    const outcomes = await Promise.all(group.map((one) => one.kind === "refused" ? one.outcome : make(one, executing)));
    for (const [i, outcome] of outcomes.entries()) {
      const { id } = group[i]!;
      done.push({ id, outcome });
      yield { kind: "result", id, outcome };
    }
  }
  return done;
}

/** One after the other; neighbours that change nothing, and refusals, in one group. */
function groupsOf(prepared: readonly Prepared[], readOnly: (tool: string) => boolean): Prepared[][] {
  const groups: Prepared[][] = [];
  let open = false;
  for (const one of prepared) {
    const joins = one.kind === "refused" || readOnly(one.call.tool);
    if (open && joins && groups.at(-1)!.length < SIDE_BY_SIDE) groups.at(-1)!.push(one);
    else groups.push([one]);
    open = joins;
  }
  return groups;
}

async function make(
  { call }: Prepared & { kind: "call" },
  { authority, signal, max_result_bytes }: Executing,
): Promise<BracketOutcome> {
  try {
    return shownOutcome(await orAborted(authority.callTool(call, { signal }), signal), max_result_bytes);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    // The kernel answers with outcomes; what throws all the same is told to the model, and ends nothing.
    const { code = "tool_error", message = "it failed" } = error as {
      readonly code?: string;
      readonly message?: string;
    };
    return refusedCall(call.tool, { code, message, retriable: false }, call.id);
  }
}

function shownParams(tool: string, params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const shown = shownOutcome({ result: tool, status: "success", data: params }, SHOWN_BYTES);
  return (shown.status === "success" ? shown.data : {}) as Readonly<Record<string, unknown>>;
}
