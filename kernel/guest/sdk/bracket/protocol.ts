/** The vocabulary of the Bracket Protocol (paper §5): what a model's text is turned into, and what can be wrong with it. */

/** A value of the protocol. */
export type BracketValue =
  | string
  | number
  | boolean
  | null
  | readonly BracketValue[]
  | BracketMap;
/** Keys are any text; `__proto__` is one like others. */
export interface BracketMap {
  readonly [key: string]: BracketValue;
}

/** What the model wants called. Nobody has looked yet whether there is such a tool. */
export interface BracketCall {
  readonly call: string;
  readonly params: BracketMap;
  /** Echoed with the result. */
  readonly id?: string;
}

/** Why a block can't be read. */
export type BracketCode =
  | "syntax"
  | "unterminated"
  | "unterminated_string"
  | "bad_escape"
  | "duplicate_key"
  | "trailing_text"
  | "too_deep"
  | "too_large"
  | "too_many_calls";

/** Lines and columns count from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}
export interface BracketError extends Place {
  readonly code: BracketCode;
  readonly message: string;
}
/** Something that was read otherwise than it may have been meant. */
export interface BracketWarning extends Place {
  readonly message: string;
}

/** A `tool` block. One with an error has no calls: all or nothing. */
export interface BracketBlock {
  /** Of its opening fence. */
  readonly line: number;
  readonly calls: readonly BracketCall[];
  readonly warnings: readonly BracketWarning[];
  readonly error: BracketError | null;
}

export interface BracketLimits {
  /** Bytes of one block's text. */
  readonly block_bytes: number;
  /** Maps and lists within one another. */
  readonly depth: number;
  /** Calls in all blocks of one turn. */
  readonly calls: number;
}

export const BRACKET_LIMITS: BracketLimits = Object.freeze({
  block_bytes: 1_048_576, // a model that repeats itself would fill its host's memory
  depth: 64, // nothing that was meant is deeper
  calls: 32, // one answer must not start work without end
});

/** Found while a block is read; leaves it as the block's error. */
export class Unreadable extends Error {
  readonly code: BracketCode;
  /** In the text that is read. */
  readonly index: number;

  constructor(code: BracketCode, index: number, message: string) {
    super(message);
    this.code = code;
    this.index = index;
  }
}
