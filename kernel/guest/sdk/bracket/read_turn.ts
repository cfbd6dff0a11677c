import { BRACKET_LIMITS, type BracketBlock, type BracketLimits } from "./protocol.ts";
import { parseCalls } from "./parse_calls.ts";
import { FenceScanner } from "./scan_fences.ts";

/**
 * Reads what a model says in one turn, as it comes: each block once it is closed, so that its calls can begin before the rest is there, and none before. Feed it
 * nothing else than the model's own words: a tool block in a user's text, a file or a result calls nothing.
 */
export class TurnReader {
  readonly #limits: BracketLimits;
  readonly #scanner: FenceScanner;
  #made = 0;

  constructor(limits: Partial<BracketLimits> = {}) {
    this.#limits = { ...BRACKET_LIMITS, ...limits };
    this.#scanner = new FenceScanner(this.#limits.block_bytes);
  }

  /** The blocks that this piece closes, in their order. */
  feed(piece: string): BracketBlock[] {
    return this.#scanner.feed(piece).map((found) => this.#parse(found));
  }

  /** The turn is over: a block that is still open has an error. */
  end(): BracketBlock[] {
    return this.#scanner.end().map((found) => this.#parse(found));
  }

  #parse(found: Parameters<typeof parseCalls>[0]): BracketBlock {
    const block = parseCalls(found, this.#limits, this.#made);
    this.#made += block.calls.length;
    return block;
  }
}

/** All blocks of a whole text. */
export function readTurn(text: string, limits: Partial<BracketLimits> = {}): BracketBlock[] {
  const reader = new TurnReader(limits);
  return [...reader.feed(text), ...reader.end()];
}
