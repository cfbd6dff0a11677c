/**
 * Finds the `tool` blocks in a model's text, which comes in pieces of any size. Other fenced blocks are passed over, whatever stands in them: a `tool` fence inside
 * a longer one is text. Time is linear in the text, and only what belongs to an open block is kept.
 */
import { BlockEnd } from "./block_end.ts";
import { type Fence, FenceLine } from "./fence_line.ts";

/** A `tool` block as it was found. */
export interface FoundBlock {
  /** Of its opening fence, from 1. */
  readonly line: number;
  /** Between the fences; undefined when it has more bytes than a block may have. */
  readonly text: string | undefined;
  /** False when the text came to its end before the closing fence. */
  readonly closed: boolean;
}

interface OpenBlock {
  readonly line: number;
  readonly end: BlockEnd;
  readonly pieces: string[];
  units: number;
  /** Nothing is kept of it any more. */
  too_large: boolean;
}

export class FenceScanner {
  readonly #most_bytes: number;
  /** The line on which the scanner stands, and what of it has come. */
  #line = 1;
  readonly #here = new FenceLine();
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
    if (this.#block === undefined) this.#endLine();
    const block = this.#block;
    this.#block = undefined;
    return block === undefined ? [] : [this.#found(block, block.end.closing !== undefined)];
  }

  /** The rest of a line outside of blocks; gives where the next one begins. */
  #passLine(piece: string, at: number): number {
    const newline = piece.indexOf("\n", at);
    this.#here.read(piece, at, newline === -1 ? piece.length : newline);
    if (newline === -1) return piece.length;
    this.#endLine();
    this.#line++;
    return newline + 1;
  }

  #endLine(): void {
    const fence = this.#here.opens;
    if (this.#passed !== undefined) {
      if (this.#here.closes(this.#passed)) this.#passed = undefined;
    } else if (fence?.tool) {
      this.#block = { line: this.#line, end: new BlockEnd(fence), pieces: [], units: 0, too_large: false };
    } else this.#passed = fence;
    this.#here.restart();
  }

  #readBlock(block: OpenBlock, piece: string, at: number, found: FoundBlock[]): number {
    const newline = block.end.read(piece, at);
    const end = newline ?? piece.length;
    block.units += end - at;
    // No text has fewer bytes than units. What may be the closing fence is not yet the block's.
    if (block.units - block.end.pending > this.#most_bytes) {
      block.too_large = true;
      block.pieces.length = 0;
    }
    if (!block.too_large) block.pieces.push(piece.slice(at, end));
    if (newline === undefined) return piece.length;
    found.push(this.#found(block, true));
    this.#block = undefined;
    this.#line = block.line + block.end.lines + 2;
    return newline + 1;
  }

  #found({ line, pieces, end, too_large }: OpenBlock, closed: boolean): FoundBlock {
    if (too_large) return { line, text: undefined, closed };
    const all = pieces.join("");
    const text = closed ? all.slice(0, all.length - end.closing!) : all;
    return { line, text: this.#fits(text) ? text : undefined, closed };
  }

  #fits(text: string): boolean {
    return text.length * 3 <= this.#most_bytes || new TextEncoder().encode(text).length <= this.#most_bytes;
  }
}
