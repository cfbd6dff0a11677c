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
/**
 * Plain data: what may cross a fence. Not `Map`, not class instances, no functions, no holes.
 * `undefined` is allowed as a value and arrives as such.
 */
type Plain = null | undefined | boolean | number | bigint | string | Uint8Array | Date | readonly Plain[] | {
    readonly [key: string]: Plain;
};
/**
 * What a call gave, as a value of the protocol: bytes become `{base64, mime}`, a date its ISO text, a bigint its digits, undefined null. Numbers that no text says
 * (NaN, infinities) become text. One way only.
 */
declare function asBracket(value: Plain): BracketValue;
/** As `tools --json` prints it. */
interface ListedTool {
    readonly name: string;
    readonly api: string;
    readonly description: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly readOnly: boolean;
    readonly destructive: boolean;
}
/** A tool as a model is to be shown it: what `tools` lists, and what else is known of it. */
interface CatalogTool extends ListedTool {
    readonly idempotent?: boolean;
    readonly openWorld?: boolean;
}
/** As the interface of OpenAI takes it, and of the many that are like it. */
interface FunctionDefinition {
    readonly type: "function";
    readonly function: {
        readonly name: string;
        readonly description: string;
        readonly parameters: Readonly<Record<string, unknown>>;
    };
}
/** The catalog for native function calling, by name. */
declare function functionDefinitions(tools: readonly CatalogTool[]): FunctionDefinition[];
/** A tool as the Model Context Protocol lists it. */
interface McpTool {
    readonly name: string;
    readonly description: string;
    readonly inputSchema: Readonly<Record<string, unknown>>;
    /** What the tool says of itself; a hint that is not known is left out. */
    readonly annotations: {
        readonly readOnlyHint: boolean;
        readonly destructiveHint: boolean;
        readonly idempotentHint?: boolean;
        readonly openWorldHint?: boolean;
    };
}
/** The catalog for clients of the Model Context Protocol, by name. */
declare function mcpTools(tools: readonly CatalogTool[]): McpTool[];
/** How to write a tool block, and the tools, by name. Nothing when there are no tools. */
declare function toolsPrompt(tools: readonly CatalogTool[]): string;
/** What came of one call: what it gave, or an error with at least a code and a message. */
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
/**
 * An outcome whose block has at most `max_bytes` bytes: the same one if it has, else one that says `truncated: true`, `total_bytes` (of the data before) and, as
 * `rest`, how to get the rest. Only the name, the id and these notes are kept whatever their length.
 */
declare function clipOutcome<O extends BracketOutcome>(outcome: O, max_bytes: number, rest?: string): O;
/** Of a call, what its answer repeats. */
type Called = Pick<BracketCall, "call" | "id">;
/** A fault is an expected refusal and travels as a value. Codes are a closed list; texts are interface. */
declare const FAULTS: {
    readonly private_name: {
        readonly retriable: false;
        readonly hint: "call a public method; names that begin with '_' belong to the module itself";
    };
    readonly not_granted: {
        readonly retriable: false;
        readonly hint: "add the grant to the caller's config file";
    };
    readonly service_down: {
        readonly retriable: true;
        readonly hint: "see `status` and `events` for why the service is not running";
    };
    readonly no_aspect: {
        readonly retriable: false;
        readonly hint: "ask for an aspect that the service's getAspect() returns, for example 'default'";
    };
    readonly no_attribute: {
        readonly retriable: false;
        readonly hint: "call a method that the service has; `tools` lists its tools";
    };
    readonly invalid_argument: {
        readonly retriable: false;
        readonly hint: "pass plain data: null, booleans, finite numbers, bigints, strings, bytes, dates, arrays and plain objects";
    };
    readonly timeout: {
        readonly retriable: true;
        readonly hint: "the call may still have had its effect; raise limits.call_timeout_ms of the service if it needs longer";
    };
    readonly cancelled: {
        readonly retriable: true;
        readonly hint: "the caller gave the call up";
    };
    readonly too_deep: {
        readonly retriable: false;
        readonly hint: "calls that serve calls may nest limits.call_depth deep; break the circle";
    };
    readonly too_large: {
        readonly retriable: false;
        readonly hint: "send less at once, or raise limits.message_bytes of the receiver";
    };
    readonly rate_limited: {
        readonly retriable: true;
        readonly hint: "wait for answers before calling again; limits.calls_in_flight bounds calls at once";
    };
    readonly circuit_open: {
        readonly retriable: true;
        readonly hint: "the service failed repeatedly; it is tried again by itself";
    };
    readonly moved: {
        readonly retriable: true;
        readonly hint: "the instance that served this call has been replaced; call again";
    };
    readonly module_error: {
        readonly retriable: false;
        readonly hint: "the service threw this error; its log has the stack";
    };
    readonly module_killed: {
        readonly retriable: true;
        readonly hint: "the service's process ended while it served the call; see `events`";
    };
    readonly load_failed: {
        readonly retriable: false;
        readonly hint: "mend the module's source; `logs` has the details";
    };
    readonly config_invalid: {
        readonly retriable: false;
        readonly hint: "mend the file; what ran before keeps running";
    };
    readonly quarantined: {
        readonly retriable: false;
        readonly hint: "it failed too often; see `logs`, mend it, then `quarantine lift`";
    };
    readonly conflict: {
        readonly retriable: true;
        readonly hint: "something changed meanwhile; read again and retry";
    };
    readonly vessel_leak: {
        readonly retriable: false;
        readonly hint: "store plain data only";
    };
    readonly quota: {
        readonly retriable: false;
        readonly hint: "free something, or raise the limit in the config";
    };
    readonly approval_required: {
        readonly retriable: true;
        readonly hint: "the operator has to approve this";
    };
    readonly denied: {
        readonly retriable: false;
        readonly hint: "the operator refused this";
    };
    readonly unknown_tool: {
        readonly retriable: false;
        readonly hint: "`tools` lists what there is";
    };
    readonly not_found: {
        readonly retriable: false;
        readonly hint: "check the name; `status` lists modules, `tools` lists tools";
    };
    readonly internal: {
        readonly retriable: false;
        readonly hint: "this is a defect of the host; please report it with the log";
    };
};
type FaultCode = keyof typeof FAULTS;
/** An expected refusal. `name` is the class of an error that a module threw; it is not part of the JSON shape. */
interface Fault {
    readonly code: FaultCode;
    readonly message: string;
    readonly hint: string;
    readonly retriable: boolean;
    /** Whether the call may have had its effect. */
    readonly maybe_ran: boolean;
    readonly name?: string;
}
type ErrorOutcome = Extract<BracketOutcome, {
    status: "error";
}>;
/** A call that failed with a fault. `more` is told too, unless the fault says it. */
declare function faultOutcome(called: Called, { code, message, hint, retriable, maybe_ran }: Fault, more?: BracketMap): ErrorOutcome;
/** One param of a call that does not fit. */
interface ParamMisfit {
    /** For example `items[2].title`. */
    readonly path: string;
    readonly expected: string;
    readonly found: string;
}
/** Params that a tool does not take: each that is wrong, with what was expected and what was found. */
declare function invalidParams(called: Called, misfits: readonly ParamMisfit[]): ErrorOutcome;
/** More than a turn may do (`too_many_calls`, `loop_limit`), for a call that is not made therefore; without a call for the turn as a whole. */
declare function overBudget({ code, message }: {
    readonly code: string;
    readonly message: string;
}, called?: Called): {
    readonly result: string;
    readonly id?: string;
} & {
    readonly status: "error";
    readonly error: BracketMap;
};
/** A call that gave this: any data, as handles give it. */
declare function succeeded({ call, id }: Called, value: Plain): Extract<BracketOutcome, {
    status: "success";
}>;
interface ToolError {
    readonly code: string;
    readonly message: string;
    readonly retriable: boolean;
    readonly hint?: string;
}
/** What came of it: exactly one for each request. `code` is one of the Bracket Protocol's. */
type ToolOutcome = {
    readonly result: string;
    readonly id?: string;
    readonly status: "success";
    readonly data: unknown;
} | {
    readonly result: string;
    readonly id?: string;
    readonly status: "error";
    readonly error: ToolError;
};
/** What `kernel.callTool` gave. */
declare function toolOutcome(outcome: ToolOutcome): BracketOutcome;
/** A tool that is not in the catalog; the names of the nearest that are. */
declare function unknownTool(called: Called, names: readonly string[]): ErrorOutcome;
/** A block that can't be read. */
declare function unreadable({ code, message, line, column }: BracketError): ErrorOutcome;
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
/** A `result` block; its fence is longer than any run of its character inside. */
declare function renderResult(outcome: BracketOutcome): string;
/** All results of a turn as one text, in the order in which they are given: that of the calls in the model's text. */
declare function renderResults(outcomes: readonly BracketOutcome[]): string;
/** On one line, whatever is in it. */
declare function renderValue(value: BracketValue): string;
/** What has been used since a person last said something. */
interface TurnUse {
    readonly rounds: number;
    /** In the round under way. */
    readonly calls: number;
}
interface TurnLimits {
    /** Calls of one answer of the model, in all its blocks. */
    readonly calls: number;
    /** Answers with calls until the model must answer without, since a person last said something. */
    readonly rounds: number;
}
type TurnStep = {
    readonly ok: true;
    readonly use: TurnUse;
} | {
    readonly ok: false;
    readonly code: "loop_limit" | "too_many_calls";
    readonly message: string;
};
/** So many more calls of this round: all of them, or none. */
declare function moreCalls({ rounds, calls }: TurnUse, wanted: number, limits?: Partial<TurnLimits>): TurnStep;
/** The model has answered with calls once more. */
declare function nextRound({ rounds }: TurnUse, limits?: Partial<TurnLimits>): TurnStep;
/** A person has said something. */
declare const NOTHING_USED: TurnUse;
declare const TURN_LIMITS: TurnLimits;
export { BRACKET_LIMITS, BracketBlock, BracketCall, BracketCode, BracketError, BracketLimits, BracketMap, BracketOutcome, BracketValue, BracketWarning, CatalogTool, FunctionDefinition, McpTool, NOTHING_USED, ParamMisfit, TURN_LIMITS, TurnLimits, TurnReader, TurnStep, TurnUse, asBracket, clipOutcome, faultOutcome, functionDefinitions, invalidParams, mcpTools, moreCalls, nextRound, overBudget, readTurn, renderResult, renderResults, renderValue, succeeded, toolOutcome, toolsPrompt, unknownTool, unreadable };
