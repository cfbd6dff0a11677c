// kernel/guest/sdk/bracket/mod.ts (made by deno task vendor author)
interface BracketLimits {
    /** Bytes of one block's text. */
    readonly block_bytes: number;
    /** Maps and lists within one another. */
    readonly depth: number;
    /** Calls in all blocks of one turn. */
    readonly calls: number;
}
declare const BRACKET_LIMITS: BracketLimits;
/** A value of the protocol. */
type BracketValue = string | number | boolean | null | readonly BracketValue[] | BracketMap;
/** Keys are any text; `__proto__` is one like others. */
interface BracketMap {
    readonly [key: string]: BracketValue;
}
/** What the model wants called. Nobody has looked yet whether there is such a tool. */
interface BracketCall {
    readonly call: string;
    readonly params: BracketMap;
    /** Echoed with the result. */
    readonly id?: string;
}
/** Lines and columns count from 1, columns in UTF-16 units. */
interface Place {
    readonly line: number;
    readonly column: number;
}
/** Something that was read otherwise than it may have been meant. */
interface BracketWarning extends Place {
    readonly message: string;
}
/** Why a block can't be read. */
type BracketCode = "syntax" | "unterminated" | "unterminated_string" | "bad_escape" | "duplicate_key" | "trailing_text" | "too_deep" | "too_large" | "too_many_calls";
interface BracketError extends Place {
    readonly code: BracketCode;
    readonly message: string;
}
/** A `tool` block. One with an error has no calls: all or nothing. */
interface BracketBlock {
    /** Of its opening fence. */
    readonly line: number;
    readonly calls: readonly BracketCall[];
    readonly warnings: readonly BracketWarning[];
    readonly error: BracketError | null;
}
/** All blocks of a whole text. */
declare function readTurn(text: string, limits?: Partial<BracketLimits>): BracketBlock[];
/**
 * Reads what a model says in one turn, as it comes: each block once it is closed, so that its calls can begin before the rest is there, and none before. Feed it
 * nothing else than the model's own words: a tool block in a user's text, a file or a result calls nothing.
 */
declare class TurnReader {
    #private;
    constructor(limits?: Partial<BracketLimits>);
    /** The blocks that this piece closes, in their order. */
    feed(piece: string): BracketBlock[];
    /** The turn is over: a block that is still open has an error. */
    end(): BracketBlock[];
}
type BracketOutcome = {
    readonly result: string;
    readonly id?: string;
} & ({
    readonly status: "success";
    readonly data: BracketValue;
} | {
    readonly status: "error";
    readonly error: BracketMap;
});
/** A `result` block; its fence is longer than any run of its character inside. */
declare function renderResult(outcome: BracketOutcome): string;
declare function renderValue(value: BracketValue): string;
export { BRACKET_LIMITS, BracketBlock, BracketCall, BracketCode, BracketError, BracketLimits, BracketMap, BracketOutcome, BracketValue, BracketWarning, TurnReader, readTurn, renderResult, renderValue };
