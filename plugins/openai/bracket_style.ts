/** Tools by the Bracket Protocol: described in the prompt, called by a `tool` block, answered by a `result` block in the next message. */
import { type BracketMap, type BracketValue, readTurn, renderResult } from "meta-machine/bracket";
import { refusedCall, type ToolOutcome } from "./authority.ts";
import { renderCatalog } from "./catalog.ts";
import type { MakeStyle, Prepared } from "./tool_style.ts";

/** Whom an unreadable block is answered by. */
const PROTOCOL = "bracket_protocol";

export const bracketStyle: MakeStyle = (tools, { calls }) => ({
  catalog: renderCatalog(tools),
  request: {},
  prepare(answer, round) {
    let at = 0;
    const next = () => `r${round}c${++at}`;
    return readTurn(answer.text, { calls }).flatMap(({ calls, error }): Prepared[] => {
      if (error !== null) {
        return [{ kind: "refused", id: next(), outcome: refusedCall(PROTOCOL, { ...error }) }];
      }
      return calls.map(({ call, params, id }) => ({
        kind: "call",
        id: next(),
        call: { tool: call, params, ...(id !== undefined && { id }) },
      }));
    });
  },
  ownWords: ({ text }) => ({ role: "assistant", content: text }),
  finalize: (done) =>
    done.length === 0
      ? []
      : [{ role: "user", content: done.map(({ outcome }) => renderResult(asBracket(outcome))).join("\n") }],
});

function asBracket(outcome: ToolOutcome) {
  const { result, id } = outcome;
  const head = { result, ...(id !== undefined && { id }) };
  if (outcome.status === "success") return { ...head, status: "success", data: outcome.data as BracketValue } as const;
  const error = Object.fromEntries(Object.entries(outcome.error).filter(([, value]) => value !== undefined));
  return { ...head, status: "error", error: error as BracketMap } as const;
}
