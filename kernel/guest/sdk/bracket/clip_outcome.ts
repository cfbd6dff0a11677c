/** A result that is too long for a model's attention, made shorter. */
import { asMap, type BracketOutcome, renderResult } from "./render_result.ts";
import type { BracketMap } from "./protocol.ts";
import { clipValue, LEAST_BYTES } from "./clip_value.ts";
import { measure } from "./rendered_bytes.ts";

/**
 * An outcome whose block has at most `max_bytes` bytes: the same one if it has, else one that says `truncated: true`, `total_bytes` (of the data before) and, as
 * `rest`, how to get the rest. Only the name, the id and these notes are kept whatever their length.
 */
export function clipOutcome<O extends BracketOutcome>(outcome: O, max_bytes: number, rest?: string): O {
  if (blockBytes(outcome) <= max_bytes) return outcome;
  const body = asMap(outcome.status === "success" ? outcome.data : outcome.error);
  const measured = measure(body);
  const notes = {
    truncated: true,
    total_bytes: measured.bytes,
    ...outcome.status === "success" && { rest: rest ?? ask(outcome.result) },
  };
  // A map that has one of these keys itself keeps it, one level deeper.
  const taken = Object.keys(notes).some((key) => Object.hasOwn(body, key));
  const clipped = (bytes: number) => {
    const part = bytes < LEAST_BYTES ? {} : clipValue(body, bytes, measured) as BracketMap;
    return withBody(outcome, taken ? { value: part, ...notes } : { ...part, ...notes });
  };
  const room = max_bytes - blockBytes(clipped(0));
  // A fence grows with the marks inside, so it is known only once they are: what it takes is taken from the room, and no fence has more than both halves of it.
  const first = clipped(room);
  const beyond = blockBytes(first) - max_bytes;
  if (beyond <= 0) return first;
  const second = clipped(room - beyond);
  if (room - beyond > room / 3 && blockBytes(second) <= max_bytes) return second;
  return clipped(Math.floor(room / 3));
}

function ask(tool: string): string {
  return `call ${tool.slice(0, 64)} again for a part of it, where its params allow that`;
}

function withBody<O extends BracketOutcome>(outcome: O, body: BracketMap): O {
  return outcome.status === "success" ? { ...outcome, data: body } : { ...outcome, error: body };
}

function blockBytes(outcome: BracketOutcome): number {
  return new TextEncoder().encode(renderResult(outcome)).length;
}
