/**
 * Finds where a `tool` block ends, in pieces of any size: at a closing fence that does not stand in a string. It knows just enough of the grammar for that: strings
 * count only within braces, so that an apostrophe or a quote in text behind the calls does not swallow the fence. They count there also where the block can't be
 * read: what a string holds is never taken for a block of its own.
 */
import { CHAR, isSpace } from "./chars.ts";
import type { Fence } from "./fence_line.ts";

export class BlockEnd {
  readonly #fence: Fence;
  /** Braces that are open, and brackets within them: counted apart, since one of the wrong kind ends nothing. */
  #braces = 0;
  #brackets = 0;
  #in_string = false;
  #escaped = false;
  /** Spaces at the beginning of this line; undefined once something else than a closing fence has begun it. */
  #indent: number | undefined = 0;
  #marks = 0;
  /** White space behind the marks. */
  #behind = 0;
  /** Line breaks that were passed. */
  lines = 0;

  constructor(fence: Fence) {
    this.#fence = fence;
  }

  /** How many characters at the end of what was read are a closing fence; undefined while they are none. */
  get closing(): number | undefined {
    return this.#indent === undefined || this.#marks < this.#fence.length ? undefined : this.pending;
  }
  /** How many characters at the end of what was read are a closing fence or may become one. */
  get pending(): number {
    return this.#indent === undefined ? 0 : this.#indent + this.#marks + this.#behind;
  }

  /** Reads on from `at`. Gives where the closing line's break is, or undefined when the block goes on beyond this piece. */
  read(piece: string, at: number): number | undefined {
    for (let i = at; i < piece.length;) {
      if (this.#in_string) i = this.#passString(piece, i);
      else if (this.#indent === undefined) i = this.#passContent(piece, i);
      else {
        const code = piece.charCodeAt(i);
        if (code === CHAR.newline) {
          if (this.closing !== undefined) return i;
          this.#nextLine();
          i++;
        } else if (this.#mayClose(code, this.#indent)) i++;
        else this.#indent = undefined;
      }
    }
    return undefined;
  }

  #nextLine(): void {
    this.lines++;
    this.#indent = this.#marks = this.#behind = 0;
  }

  /** Counts this character as one of a closing fence, if it can be. */
  #mayClose(code: number, indent: number): boolean {
    if (this.#marks === 0 && code === CHAR.space && indent < 3) this.#indent = indent + 1;
    else if (code === this.#fence.mark && this.#behind === 0) this.#marks++;
    else if (this.#marks >= this.#fence.length && isSpace(code)) this.#behind++;
    else return false;
    return true;
  }

  /** Gives where this line or a string begins anew: behind the line's break, behind an opening quote, or the piece's end. */
  #passContent(piece: string, at: number): number {
    for (let i = at; i < piece.length; i++) {
      switch (piece.charCodeAt(i)) {
        case CHAR.newline:
          this.#nextLine();
          return i + 1;
        case CHAR.quote:
          if (this.#braces === 0 && this.#brackets === 0) break;
          this.#in_string = true;
          return i + 1;
        case CHAR.open_map:
          this.#braces++;
          break;
        case CHAR.close_map:
          if (this.#braces > 0) this.#braces--;
          break;
        case CHAR.open_list:
          if (this.#braces > 0) this.#brackets++;
          break;
        case CHAR.close_list:
          if (this.#brackets > 0) this.#brackets--;
      }
    }
    return piece.length;
  }

  /** Gives where the string's text ends: behind its closing quote, or the piece's end. */
  #passString(piece: string, at: number): number {
    for (let i = at; i < piece.length; i++) {
      const code = piece.charCodeAt(i);
      if (code === CHAR.newline) this.lines++;
      if (this.#escaped) this.#escaped = false;
      else if (code === CHAR.backslash) this.#escaped = true;
      else if (code === CHAR.quote) {
        this.#in_string = false;
        return i + 1;
      }
    }
    return piece.length;
  }
}
