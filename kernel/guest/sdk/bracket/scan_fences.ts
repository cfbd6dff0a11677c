/**
 * Finds the `tool` blocks in a model's text, which comes in pieces of any size. Other fenced blocks are passed over, whatever stands in them: a `tool` fence inside
 * a longer one is text. Time is linear in the text, and only what belongs to an open block is kept.
 */
import { BlockEnd } from "./block_end.ts";
import { closesFence, type Fence, mayBeFence, mayBeginFence, openingFence } from "./fence_line.ts";

/** A `tool` block as it was found. */
export interface FoundBlock {
  /** Of its opening fence, from 1. */
  readonly line: number;
  /** Between the fences; undefined when it has more bytes than a block may have. */
  readonly text: string | undefined;
  /** False when the text came to its end before the closing fence. */
  readonly closed: boolean;
}

/** Of a line that may be a fence no more than this is looked at. */
const FENCE_LINE = 1_000;

interface OpenBlock {
  readonly line: number;
  readonly end: BlockEnd;
  readonly pieces: string[];
  units: number;
}

export class FenceScanner {
  readonly #most_bytes: number;
  /** The line on which the scanner stands. */
  #line = 1;
  /** What has come of this line, while it may be a fence. */
  #head: string | undefined = "";
  /** A block that is no `tool` block. */
  #passed: Fence | undefined;
  #block: OpenBlock | undefined;

  constructor(most_bytes: number) {
    this.#most_bytes = most_bytes;
  }

  /** The blocks that this piece closes. */
  feed(piece: string): FoundBlock[] {
    const found: FoundBlock[] = [];
    for (let at = 0; at < piece.length;) {
      at = this.#block === undefined ? this.#passLine(piece, at) : this.#readBlock(this.#block, piece, at, found);
    }
    return found;
  }

  /** Nothing more comes: a block that is still open is given as it is. */
  end(): FoundBlock[] {
    if (this.#block === undefined && this.#head !== undefined) this.#endLine(this.#head);
    const block = this.#block;
    this.#block = undefined;
    return block === undefined ? [] : [this.#found(block, block.end.closing !== undefined)];
  }

  /** The rest of a line outside of blocks; gives where the next one begins. */
  #passLine(piece: string, at: number): number {
    const newline = piece.indexOf("\n", at);
    const end = newline === -1 ? piece.length : newline;
    if (this.#head === "" && at < end && !mayBeginFence(piece.charCodeAt(at))) this.#head = undefined;
    if (this.#head !== undefined && this.#head.length < FENCE_LINE) {
      const head: string = this.#head + piece.slice(at, Math.min(end, at + FENCE_LINE));
      this.#head = mayBeFence(head) ? head : undefined;
    }
    if (newline === -1) return piece.length;
    this.#endLine(this.#head ?? "");
    this.#head = "";
    this.#line++;
    return newline + 1;
  }

  #endLine(line: string): void {
    if (this.#passed !== undefined) {
      if (closesFence(line, this.#passed)) this.#passed = undefined;
      return;
    }
    const fence = openingFence(line);
    if (fence?.info.toLowerCase() !== "tool") this.#passed = fence;
    else this.#block = { line: this.#line, end: new BlockEnd(fence), pieces: [], units: 0 };
  }

  #readBlock(block: OpenBlock, piece: string, at: number, found: FoundBlock[]): number {
    const newline = block.end.read(piece, at);
    const end = newline ?? piece.length;
    block.units += end - at;
    // No text has fewer bytes than units.
    if (block.units > this.#most_bytes + FENCE_LINE) block.pieces.length = 0;
    else block.pieces.push(piece.slice(at, end));
    if (newline === undefined) return piece.length;
    found.push(this.#found(block, true));
    this.#block = undefined;
    this.#line = block.line + block.end.lines + 2;
    return newline + 1;
  }

  #found(block: OpenBlock, closed: boolean): FoundBlock {
    const { line, pieces, units, end } = block;
    if (units > this.#most_bytes + FENCE_LINE) return { line, text: undefined, closed };
    const all = pieces.join("");
    const text = closed ? all.slice(0, all.length - end.closing!) : all;
    return { line, text: this.#fits(text) ? text : undefined, closed };
  }

  #fits(text: string): boolean {
    return text.length * 3 <= this.#most_bytes || new TextEncoder().encode(text).length <= this.#most_bytes;
  }
}
