/**
 * Finds where a `tool` block ends, in pieces of any size: at a closing fence that does not stand in a string. It knows just enough of the grammar for that: strings
 * count only within braces, so that an apostrophe or a quote in text behind the calls does not swallow the fence.
 */
import { CHAR, isSpace } from "./chars.ts";
import type { Fence } from "./fence_line.ts";

export class BlockEnd {
  readonly #fence: Fence;
  #depth = 0;
  #in_string = false;
  #escaped = false;
  /** Something stands outside of all braces: the block can't be read, and only its end is looked for. */
  #lost = false;
  /** Spaces at the beginning of this line; undefined once something else than a closing fence has begun it. */
  #indent: number | undefined = 0;
  #marks = 0;
  /** Spaces behind the marks. */
  #behind = 0;
  /** Line breaks that were passed. */
  lines = 0;

  constructor(fence: Fence) {
    this.#fence = fence;
  }

  /** How many characters at the end of what was read are a closing fence; undefined while they are none. */
  get closing(): number | undefined {
    return this.#indent === undefined || this.#marks < this.#fence.length
      ? undefined
      : this.#indent + this.#marks + this.#behind;
  }

  /** Reads on from `at`. Gives where the closing line's break is, or undefined when the block goes on beyond this piece. */
  read(piece: string, at: number): number | undefined {
    for (let i = at; i < piece.length; i++) {
      if (this.#in_string) i = this.#passString(piece, i);
      if (i >= piece.length) return undefined;
      const code = piece.charCodeAt(i);
      if (code === CHAR.newline) {
        if (this.closing !== undefined) return i;
        if (this.#indent !== undefined && this.#marks > 0) this.#content(this.#fence.mark);
        this.lines++;
        this.#indent = 0;
        this.#marks = this.#behind = 0;
      } else if (this.#indent === undefined) this.#content(code);
      else this.#lineStart(code, this.#indent);
    }
    return undefined;
  }

  #lineStart(code: number, indent: number): void {
    if (this.#marks === 0 && code === CHAR.space && indent < 3) this.#indent = indent + 1;
    else if (code === this.#fence.mark && this.#behind === 0) this.#marks++;
    else if (this.closing !== undefined && isSpace(code)) this.#behind++;
    else {
      this.#indent = undefined;
      if (this.#marks > 0) this.#content(this.#fence.mark);
      this.#content(code);
    }
  }

  #content(code: number): void {
    if (this.#lost || isSpace(code)) return;
    switch (code) {
      case CHAR.open_map:
        this.#depth++;
        return;
      case CHAR.open_list:
        if (this.#depth > 0) this.#depth++;
        else this.#lost = true;
        return;
      case CHAR.close_map:
      case CHAR.close_list:
        if (this.#depth > 0) this.#depth--;
        else this.#lost = true;
        return;
      default:
        if (this.#depth === 0) this.#lost = true;
        else if (code === CHAR.quote) this.#in_string = true;
    }
  }

  /** Gives where the string's closing quote is, or the piece's end. */
  #passString(piece: string, at: number): number {
    for (let i = at; i < piece.length; i++) {
      const code = piece.charCodeAt(i);
      if (this.#escaped) this.#escaped = false;
      else if (code === CHAR.backslash) this.#escaped = true;
      else if (code === CHAR.quote) {
        this.#in_string = false;
        return i + 1;
      }
      if (code === CHAR.newline) this.lines++;
    }
    return piece.length;
  }
}
