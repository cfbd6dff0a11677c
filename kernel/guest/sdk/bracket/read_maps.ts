/**
 * The text of a block as maps, one after the other. Its own stack instead of recursion: a million braces are an error, no overflow. Each character is looked at
 * a bounded number of times.
 */
import { beginsKey, CHAR, endsWord, isOfKey, isSpace } from "./chars.ts";
import { type BracketMap, type BracketValue, Unreadable } from "./protocol.ts";
import { readString, type Warn } from "./read_string.ts";
import { endOfWord, readWord } from "./read_word.ts";

/** A map at the top of a block. */
export interface ReadMap {
  readonly map: BracketMap;
  /** Where its brace is. */
  readonly index: number;
}

type OpenMap = Record<string, BracketValue>;
/** What was opened and is not closed. */
type Frame =
  | {
    readonly kind: "map";
    readonly into: OpenMap;
    readonly index: number;
    /** The map that was the last key's value: maps that follow without a comma are merged into it. */
    last: OpenMap | undefined;
  }
  | { readonly kind: "list"; readonly into: BracketValue[]; readonly index: number };

/** Throws Unreadable. `most` is how deep it may go. */
export function readMaps(text: string, most: number, warn: Warn): ReadMap[] {
  return new Reader(text, most, warn).all();
}

class Reader {
  readonly #text: string;
  readonly #most: number;
  readonly #warn: Warn;
  readonly #open: Frame[] = [];
  #at = 0;

  constructor(text: string, most: number, warn: Warn) {
    this.#text = text;
    this.#most = most;
    this.#warn = warn;
  }

  all(): ReadMap[] {
    const maps: ReadMap[] = [];
    for (;;) {
      this.#skipSpace();
      if (this.#at === this.#text.length) return maps;
      if (this.#code() !== CHAR.open_map) {
        if (maps.length > 0) {
          throw this.#error("trailing_text", "found text after the last brace; a block holds calls only");
        }
        throw this.#error("syntax", `found ${this.#found()}; a call begins with '{'`);
      }
      const index = this.#at;
      const map: OpenMap = {};
      this.#push({ kind: "map", into: map, index, last: undefined });
      while (this.#open.length > 0) this.#step(this.#open.at(-1)!);
      maps.push({ map, index });
    }
  }

  /** One member, one value, or the end of what is open. */
  #step(frame: Frame): void {
    this.#skipSeparators(frame);
    if (this.#at === this.#text.length) {
      const what = frame.kind === "map" ? "map" : "list";
      throw new Unreadable("unterminated", frame.index, `this ${what} is not closed`);
    }
    const code = this.#code();
    if (frame.kind === "map" ? code === CHAR.close_map : code === CHAR.close_list) {
      this.#open.pop();
      this.#at++;
    } else if (frame.kind === "list") frame.into.push(this.#value());
    else if (code === CHAR.open_map) {
      this.#push({ kind: "map", into: frame.last ?? frame.into, index: this.#at, last: undefined });
    } else this.#member(frame);
  }

  #member(frame: Frame & { kind: "map" }): void {
    const index = this.#at;
    const key = this.#key();
    if (Object.hasOwn(frame.into, key)) {
      throw new Unreadable("duplicate_key", index, `'${key.slice(0, 60)}' stands in this map already`);
    }
    this.#skipSpace();
    if (this.#code() === CHAR.colon) {
      this.#at++;
      this.#skipSpace();
      const value = this.#value();
      define(frame.into, key, value);
      const is_map = typeof value === "object" && value !== null && !Array.isArray(value);
      frame.last = is_map ? value as OpenMap : undefined;
    } else {
      // Without a colon: the value is the merge of the maps that follow.
      const value: OpenMap = {};
      define(frame.into, key, value);
      frame.last = value;
    }
  }

  #key(): string {
    const code = this.#code();
    if (code === CHAR.quote) return this.#string();
    if (!beginsKey(code)) throw this.#error("syntax", `found ${this.#found()} where a key or '}' belongs`);
    const start = this.#at;
    while (this.#at < this.#text.length && isOfKey(this.#code())) this.#at++;
    const key = this.#text.slice(start, this.#at);
    if (this.#at < this.#text.length && this.#code() !== CHAR.colon && !endsWord(this.#code())) {
      throw this.#error(
        "syntax",
        `found ${this.#found()} after '${key.slice(0, 60)}'; a key with other characters is written in quotes`,
      );
    }
    return key;
  }

  /** A scalar, or a map or list that is open from now on. */
  #value(): BracketValue {
    const index = this.#at;
    if (index === this.#text.length) throw this.#error("unterminated", "a value is missing");
    switch (this.#code()) {
      case CHAR.quote:
        return this.#string();
      case CHAR.open_map: {
        const into: OpenMap = {};
        this.#push({ kind: "map", into, index, last: undefined });
        return into;
      }
      case CHAR.open_list: {
        const into: BracketValue[] = [];
        this.#push({ kind: "list", into, index });
        return into;
      }
    }
    const end = endOfWord(this.#text, index);
    if (end === index) throw this.#error("syntax", `found ${this.#found()} where a value belongs`);
    this.#at = end;
    const word = this.#text.slice(index, end);
    return this.#text.charCodeAt(end) === CHAR.quote && /[0-9]$/.test(word) ? word : readWord(word, index, this.#warn);
  }

  #string(): string {
    const { value, end } = readString(this.#text, this.#at, this.#warn);
    this.#at = end;
    return value;
  }

  /** The brace or bracket is where the reader stands. */
  #push(frame: Frame): void {
    if (this.#open.length === this.#most) {
      throw this.#error("too_deep", `more than ${this.#most} maps and lists within one another`);
    }
    this.#open.push(frame);
    this.#at++;
  }

  #skipSpace(): void {
    while (this.#at < this.#text.length && isSpace(this.#code())) this.#at++;
  }
  /** After a comma a map belongs to the map around it. */
  #skipSeparators(frame: Frame): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#code();
      if (code === CHAR.comma) {
        if (frame.kind === "map") frame.last = undefined;
      } else if (!isSpace(code)) return;
    }
  }

  /** NaN at the end. */
  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }
  #found(): string {
    return this.#at === this.#text.length ? "the end" : `'${String.fromCodePoint(this.#text.codePointAt(this.#at)!)}'`;
  }
  #error(code: "syntax" | "trailing_text" | "too_deep" | "unterminated", message: string): Unreadable {
    return new Unreadable(code, this.#at, message);
  }
}

/** Also of `__proto__`, which assigned would not be a key. */
function define(map: OpenMap, key: string, value: BracketValue): void {
  if (key === "__proto__") {
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  } else map[key] = value;
}
