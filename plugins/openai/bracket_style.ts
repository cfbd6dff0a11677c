/** Tools by the Bracket Protocol: described in the prompt, called by a `tool` block, answered by a `result` block in the next message. */
import { readTurn, renderResults, toolsPrompt, unreadable } from "meta-machine/bracket";
import type { MakeStyle, Prepared } from "./tool_style.ts";

export const bracketStyle: MakeStyle = (tools, { calls }) => ({
  catalog: toolsPrompt(tools),
  request: {},
  prepare(answer, round) {
    let at = 0;
    const next = () => `r${round}c${++at}`;
    return readTurn(answer.text, { calls }).flatMap(({ calls, error }): Prepared[] => {
      if (error !== null) return [{ kind: "refused", id: next(), outcome: unreadable(error) }];
      return calls.map(({ call, params, id }) => ({
        kind: "call",
        id: next(),
        call: { tool: call, params, ...(id !== undefined && { id }) },
      }));
    });
  },
  ownWords: ({ text }) => ({ role: "assistant", content: text }),
  finalize: (done) =>
    done.length === 0 ? [] : [{ role: "user", content: renderResults(done.map(({ outcome }) => outcome)) }],
});
