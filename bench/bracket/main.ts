/** How fast texts are read, in a process of its own: `main.ts ours|floor TIMES`, which prints MB/s by row. Both are told in bytes of the protocol's text. */
import { renderValue, TurnReader } from "../../kernel/guest/sdk/bracket/mod.ts";
import { blocksOf, textBetween } from "./texts.ts";

type Read = () => number;

/** As a network gives it. */
const PIECE = 65_536;
/** As a model writes it, about. */
const TOKENS = 16;
/** The calls of one block; the reader is asked for no limit on them. */
const NO_LIMIT = { calls: Infinity };

function inPieces(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
  return pieces;
}

/** Gives how many calls were found, so that nobody measures what found none. */
function readAll(pieces: readonly string[]): number {
  const reader = new TurnReader(NO_LIMIT);
  let calls = 0;
  for (const piece of pieces) for (const block of reader.feed(piece)) calls += block.calls.length;
  return calls + reader.end().length;
}

const FENCE = /^ {0,3}(?:`{3,}|~{3,})/;

function reads(who: string, mb: number): Record<string, { read: Read; bytes: number; calls: boolean }> {
  const between = textBetween(mb);
  const { text, json } = blocksOf(mb, renderValue);
  const bytes = (of: string) => new TextEncoder().encode(of).length;
  const ours = (of: string, size = PIECE): Read => {
    const pieces = inPieces(of, size);
    return () => readAll(pieces);
  };
  const fences: Read = () => between.split("\n").filter((line) => FENCE.test(line)).length && 0;
  const parsed: Read = () => json.reduce((calls, one) => calls + JSON.parse(one).length, 0);
  return {
    text: { read: who === "ours" ? ours(between) : fences, bytes: bytes(between), calls: false },
    block: { read: who === "ours" ? ours(text) : parsed, bytes: bytes(text), calls: true },
    ...who === "ours" && mb === 5 && { tokens: { read: ours(text, TOKENS), bytes: bytes(text), calls: true } },
  };
}

const [who = "ours", times = "3"] = Deno.args;
const figures: Record<string, number> = {};
for (const mb of [1, 5, 50]) {
  for (const [name, { read, bytes, calls }] of Object.entries(reads(who, mb))) {
    const runs: number[] = [];
    // The small ones are over before the code is warm.
    for (let run = 0; run < Number(times) + (mb < 50 ? 8 : 1); run++) {
      const began = performance.now();
      if ((read() > 0) !== calls) throw new Error(`${name} of ${mb} MB found ${calls ? "no calls" : "calls"}`);
      runs.push(performance.now() - began);
    }
    const rest = runs.slice(1).sort((a, b) => a - b);
    figures[`bracket_${name}_${mb}`] = bytes / 1_000 / rest[rest.length >> 1]!;
  }
}
console.log(JSON.stringify(figures));
