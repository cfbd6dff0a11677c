// kernel/guest/sdk/mod.ts (made by deno task vendor author)
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
/** A fault as an exception, for code that has to throw: it must not outlive the nearest boundary. */
declare class FaultError extends Error {
    readonly fault: Fault;
    readonly name: string;
    readonly code: FaultCode;
    readonly hint: string;
    readonly retriable: boolean;
    readonly maybe_ran: boolean;
    constructor(fault: Fault);
}
/** The codes with which a module may refuse a call; errors without one arrive as `module_error`. */
type ModuleFaultCode = "not_found" | "invalid_argument" | "conflict" | "quota" | "denied" | "too_large" | "rate_limited" | "approval_required" | "unknown_tool";
/**
 * An error to throw that reaches the caller under `code`: an expected refusal, not a defect. Say what was attempted, what was found and what would
 * have worked: `throw fault("not_found", "there is no note 'x'", { hint: "list() names the notes" })`.
 */
declare function fault(code: ModuleFaultCode, message: string, more?: {
    readonly hint?: string;
    readonly retriable?: boolean;
}): FaultError;
/**
 * A package by name when the config grants it, else undefined: for what a module can do without. Where it can't, `import … from "name"` says so at once.
 */
declare function getPackage<T = any>(name: string): T | undefined;
/** JSON Schema, as plain data. */
type JsonSchema = Readonly<Record<string, unknown>>;
/** One complaint. Without a path it is about the whole. */
interface StandardIssue {
    readonly message: string;
    readonly path?: readonly (PropertyKey | {
        readonly key: PropertyKey;
    })[] | undefined;
}
/** What `validate` gives: the value as it is to be used, or what is wrong with it. */
type StandardOutcome<Output = unknown> = {
    readonly value: Output;
    readonly issues?: undefined;
} | {
    readonly issues: readonly StandardIssue[];
};
/** A schema that checks a value and may change it (defaults, transforms). */
interface StandardSchema<Input = unknown, Output = Input> {
    readonly "~standard": {
        readonly version: 1;
        readonly vendor: string;
        readonly validate: (value: unknown) => StandardOutcome<Output> | Promise<StandardOutcome<Output>>;
        readonly types?: {
            readonly input: Input;
            readonly output: Output;
        } | undefined;
    };
}
/** What a schema makes of a value it admits. */
type OutputOf<Schema extends StandardSchema> = NonNullable<Schema["~standard"]["types"]>["output"];
/** Whose call is being served, stamped by the kernel. */
interface Caller {
    /** The module that made the call, or `@operator`. */
    readonly api: string;
    /** On whose behalf. */
    readonly principal: string;
    readonly trace_id: string;
    /** Aborted when the caller gives up. Not among the keys. */
    readonly signal: AbortSignal;
}
/** What a tool's `run` gets beside its params. */
interface ToolContext {
    /** Whose call this is. */
    readonly caller: Caller;
    /** Aborted when the caller gives up. */
    readonly signal: AbortSignal;
}
/** How a tool is declared. `run` is called with params that its schema admits; with zod, as the schema has parsed them. */
interface ToolDefinition<Params = any, Schema extends JsonSchema | StandardSchema = JsonSchema> {
    /** One line for a model: what the tool is for. */
    readonly description: string;
    /** Of the params map: JSON Schema, or a schema of zod. Without it, any map. */
    readonly params?: Schema;
    run(params: Schema extends StandardSchema ? OutputOf<Schema> : Params, context: ToolContext): unknown;
    /** It changes nothing. Default: false. */
    readonly readOnly?: boolean;
    /** It may destroy what was there. Default: true unless readOnly. */
    readonly destructive?: boolean;
    /** Calling it twice is like calling it once. Default: that of readOnly. */
    readonly idempotent?: boolean;
    /** It reaches beyond this host. Default: false. */
    readonly openWorld?: boolean;
}
/** How params of such a schema are parsed. */
type ParseParams = (value: unknown) => StandardOutcome | Promise<StandardOutcome>;
/** A tool as its module declares it: an entry of the `tool` aspect. */
interface ToolSpec {
    /** The entry's name, for example `read_file`. */
    readonly entry: string;
    readonly description: string;
    /** JSON Schema 2020-12 of the params map. */
    readonly params: Readonly<Record<string, unknown>>;
    readonly readOnly: boolean;
    readonly destructive: boolean;
    readonly idempotent: boolean;
    readonly openWorld: boolean;
}
/** What the host reads of a tool. */
interface DeclaredTool {
    readonly facts: Omit<ToolSpec, "entry">;
    /** Only where the params were declared by a schema that parses; else the JSON Schema decides. */
    readonly parse: ParseParams | undefined;
    readonly run: ToolDefinition["run"];
}
/** A declared tool: an entry of what `getAspect("tool")` returns. */
declare class Tool {
    #private;
    constructor(definition: Omit<ToolDefinition, "params">, params: JsonSchema, parse: ParseParams | undefined);
    /** The facts and the functions of a tool; undefined for anything that `tool()` has not made. */
    static read(value: unknown): DeclaredTool | undefined;
}
/** Declares a tool. Throws when the definition is incomplete or `params` is no schema of a map. */
declare function tool<Params = any, Schema extends JsonSchema | StandardSchema = JsonSchema>(definition: ToolDefinition<Params, Schema>): Tool;
/** A function that is lent beyond the call with which it is passed. Callable like itself. */
type KeptFunction<F extends (...args: any[]) => unknown> = F & Disposable & {
    /** Takes it back: from now on nobody can call it. Twice is harmless. */
    revoke(): void;
};
/**
 * Keeps a function under a name: passed as an argument, it stays callable after that call until it is revoked, the name is given to another function,
 * or this instance of the module ends. Functions passed without are callable only until the call with which they were passed ends:
 * `await prices.subscribe(keep("on_price", (price) => …))`. Throws on a name that is empty or longer than 128 characters, and when 256 are kept.
 */
declare function keep<F extends (...args: any[]) => unknown>(name: string, fn: F): KeptFunction<F>;
interface AskedRight {
    readonly api: string;
    readonly method: string;
    /** Default: `default`. */
    readonly aspect?: string;
}
/** A tool as a model is shown it. */
interface ListedTool {
    readonly name: string;
    readonly api: string;
    readonly description: string;
    /** JSON Schema 2020-12 of the params map. */
    readonly params: Readonly<Record<string, unknown>>;
    /** What its module says of it; nobody vouches for that. */
    readonly readOnly: boolean;
    readonly destructive: boolean;
}
/** A tool that a model asks for. */
interface ToolRequest {
    readonly tool: string;
    /** Default: none. */
    readonly params?: Readonly<Record<string, unknown>>;
    /** The model's own name for this request; comes back with the outcome. */
    readonly id?: string;
}
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
/** Tools under one authority: a module's own, that of the conversation which it serves, or a token's. */
interface ToolAuthority {
    /** What this authority may call, and nothing else; by name. */
    listTools(): Promise<readonly ListedTool[]>;
    /**
     * Asks for a tool as a model does: by its name, with an approval where the operator wants to be asked. Refusals (`denied`, `unknown_tool`, `invalid_params`,
     * `approval_required`, …) are outcomes too. Rejects only with the signal's reason.
     */
    callTool(request: ToolRequest, options?: {
        readonly signal?: AbortSignal;
    }): Promise<ToolOutcome>;
}
/** A service of which no type is known: any method with any arguments. */
interface Untyped {
    [method: string]: (...args: any[]) => any;
}
/** Statistics of one handle; times in seconds since the epoch. */
interface HandleStats {
    readonly api_name: string;
    /** Calls for which a live instance was found. */
    readonly access_count: number;
    readonly last_access_time: number | null;
    readonly active_aspect: string;
}
/** What every handle has of its own. */
interface HandleMembers<T> extends Disposable, AsyncDisposable {
    /** Another face of the service, as a new handle. */
    asAspect<Face = Untyped>(name: string): ModuleHandle<Face>;
    /** The same as asAspect. */
    as_aspect<Face = Untyped>(name: string): ModuleHandle<Face>;
    getStats(): Promise<HandleStats>;
    /** The same as getStats. */
    get_stats(): Promise<HandleStats>;
    /** A plain attribute of the service. */
    get<Name extends string>(name: Name): Promise<Name extends keyof T ? T[Name] : any>;
    /** Calls a method by name, also one whose name is a member's. */
    call(name: string, ...args: unknown[]): Promise<any>;
}
type Method = (...args: any[]) => any;
type PublicName<T, Name extends keyof T> = T[Name] extends Method ? (Name extends `_${string}` ? never : Name) : never;
/** A stream over a call: read at its reader's pace. Breaking off, or letting go of it, ends the other side. */
type RemoteStream<Item> = AsyncIterableIterator<Item> & AsyncDisposable;
/** What arrives of an answer: of anything that is iterated asynchronously, an iterable that can be read once. */
type RemoteValue<Value> = Value extends AsyncIterable<infer Item> ? RemoteStream<Item> : Value;
type Remote<M> = M extends (...args: infer Args) => infer Out ? (...args: Args) => Promise<RemoteValue<Awaited<Out>>> : never;
/** A live binding to a service: each method of `T` as one that returns a promise. */
type ModuleHandle<T = Untyped> = HandleMembers<T> & {
    readonly [Name in Exclude<keyof T, keyof HandleMembers<T>> as PublicName<T, Name>]: Remote<T[Name]>;
};
/** What the holder of a token may do: calls are its principal's, from the handle to the service that sees `@principal` call. */
interface BearerKernel extends ToolAuthority {
    readonly principal: string;
    getApi<T = Untyped>(name: string): ModuleHandle<T>;
    /** Whether its principal was granted this method of this api; nobody is called, and there need not be such an api. */
    mayCall(asked: AskedRight): Promise<boolean>;
}
/** The module's part of its config file: the parsed map, frozen. */
interface Config {
    /** The value of a key, or `fallback` when the file doesn't have it. */
    get<T = any>(key: string, fallback: T): T;
    get(key: string): any;
    /** Keys are properties too. */
    readonly [key: string]: any;
}
/** What happened to modules, configs or the kernel; the kinds are those of the command `events`. */
interface HostEvent {
    readonly kind: string;
    /** ISO 8601. */
    readonly time: string;
    readonly api?: string;
    readonly message?: string;
    readonly detail?: Readonly<Record<string, unknown>>;
}
/** A journal the config names under `grants.logs`. */
interface Journal {
    read(options?: {
        readonly from?: number;
    }): Promise<unknown>;
    append(record: unknown): Promise<unknown>;
}
/** A change that a module proposes. */
interface ProposedChange {
    readonly api: string;
    /** What it is for, for the one who decides. */
    readonly objective: string;
    /** Which model wrote it, where one did. */
    readonly model?: string;
    readonly source?: string | readonly {
        readonly path: string;
        readonly text: string;
    }[];
    /** The whole file. */
    readonly config?: string;
    readonly prompt?: {
        readonly name: string;
        readonly text: string;
    };
    /** Calls that the candidate passes, in values that JSON has: they show what is meant, and are no proof. */
    readonly tests?: readonly {
        readonly method: string;
        readonly args?: readonly unknown[];
        readonly aspect?: string;
        readonly expect: unknown;
    }[];
}
/** What is to be tried of a proposal. */
interface ShadowRequest {
    readonly id: string;
    /** Default: the candidate. */
    readonly which?: "candidate" | "predecessor";
    readonly calls?: readonly {
        readonly method: string;
        readonly args?: readonly unknown[];
        readonly aspect?: string;
    }[];
    readonly answers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly each_ms?: number;
}
/** What came of it, an outcome for each call. */
interface ShadowOutcome {
    readonly tools: readonly string[];
    readonly outcomes: readonly {
        readonly ok: boolean;
        readonly value?: unknown;
        readonly fault?: {
            readonly code: string;
            readonly message: string;
        };
        readonly ms: number;
    }[];
}
/** How much of the calls a candidate is given, and for how long. */
interface ShareRequest {
    readonly id: string;
    readonly percent: number;
    readonly ms: number;
}
/** What one side did with its calls. */
interface ShareSide {
    readonly calls: number;
    readonly faults: number;
    readonly p99_ms: number | null;
}
interface ShareOutcome {
    readonly candidate: ShareSide;
    readonly current: ShareSide;
}
/** What was looked at, whether it passed, and what there is to say. */
interface ProposalFinding {
    readonly check: string;
    readonly passed: boolean;
    readonly said: string;
}
/** A limit of a module's own, what was found, and up to four short texts about it. */
interface LimitHit {
    readonly limit: string;
    readonly found: number;
    readonly allowed: number;
    readonly about?: Readonly<Record<string, string>>;
}
/** The host, as far as a module may know it. Rejections are `FaultError`s. */
interface Kernel extends ToolAuthority {
    /** A handle on a service, at once; whether it is there and granted shows when it is called. */
    getApi<T = Untyped>(name: string): ModuleHandle<T>;
    /** The same as getApi. */
    get_api<T = Untyped>(name: string): ModuleHandle<T>;
    /** Whose call the running code serves, across awaits; undefined outside. */
    caller(): Caller | undefined;
    /**
     * A kernel whose handles act under the grants of the caller being served, cut with this module's own, until that call ends: for a service that does on
     * behalf of others what they could do themselves. Whose calls those are does not change. Its tools are those of the conversation that is served: with
     * `grants.kernel: [tools]` all that its principal may call, without it those that this module may call too. Throws outside of a call.
     */
    asCaller(): Kernel;
    /** The same as asCaller. */
    as_caller(): Kernel;
    /**
     * Acts for who shows this token, as far as its principal may; with `grants.kernel: [bearer]`. Rejects with `denied` for a token that gives no authority.
     * `signal` gives up all calls and streams that are made with it.
     */
    asBearer(token: string, options?: {
        readonly signal?: AbortSignal;
    }): Promise<BearerKernel>;
    /** Waits; ends early when the module is shut down. */
    sleep(ms: number): Promise<void>;
    /** A secret that `grants.secrets` names without a host. */
    secret(name: string): Promise<string>;
    /** The text of a prompt that `grants.prompts` names. */
    prompt(name: string): Promise<string>;
    /** A journal that `grants.logs` names. */
    log(name: string): Journal;
    /** What the command `status` shows; with `grants.kernel: [status]`. */
    status(): Promise<unknown>;
    /**
     * Hands a change over to whoever decides: of a module's source (one text, or all files of its folder), its config or a prompt of it, or a new module. Nothing
     * else happens; with `grants.kernel: [propose]`. Refuses what would widen a grant only when it is to be adopted.
     */
    propose(change: ProposedChange): Promise<{
        readonly id: string;
    }>;
    /** All proposals without their texts, the newest first; with `grants.kernel: [adopt]`. */
    proposals(): Promise<readonly Readonly<Record<string, unknown>>[]>;
    /**
     * Tries a candidate, or its predecessor, in a process of its own in which nobody else calls it and it hears only `answers` (`{api: {method: value}}`); with
     * `grants.kernel: [shadow]`. Each call has `each_ms` (2000). Refuses one that does not load.
     */
    shadow(asked: ShadowRequest): Promise<ShadowOutcome>;
    /**
     * Gives a candidate a part of the real calls of tools that its predecessor marks readOnly or idempotent, for at most 20 s, and says how both did; with
     * `grants.kernel: [route_share]`. Refuses modules that carry a state, and those without such a tool.
     */
    routeShare(asked: ShareRequest): Promise<ShareOutcome>;
    /** The same as routeShare. */
    route_share(asked: ShareRequest): Promise<ShareOutcome>;
    /** Adds to an open proposal what was found of it, for whoever decides; with `grants.kernel: [adopt]`. */
    judged(id: string, findings: readonly ProposalFinding[]): Promise<Readonly<Record<string, unknown>>>;
    /** Puts a proposal aside, for this reason; with `grants.kernel: [adopt]`. */
    reject(id: string, why: string): Promise<Readonly<Record<string, unknown>>>;
    /** Judges a proposal, writes it, and waits until it runs; with `grants.kernel: [adopt]`. What a model wrote only a person adopts. */
    adopt(id: string): Promise<Readonly<Record<string, unknown>>>;
    /** Takes the latest adopted change of this api back; with `grants.kernel: [rollback]`. */
    rollback(api: string): Promise<Readonly<Record<string, unknown>>>;
    /**
     * Events of these kinds, of all for an empty list, from now on, as they happen, in order, also those of the kernels that follow this one; with `grants.kernel: [events]`. Read at one's
     * own pace: of more than the host remembers the oldest are missing. Ends with the loop that reads it.
     */
    events(kinds: readonly string[]): AsyncIterable<HostEvent>;
    /** Tells that a limit of the module's own was hit: a `limit.hit` event. A few a minute; more are counted. */
    reportLimit(hit: LimitHit): Promise<void>;
    /** Reloads a module, or this one itself, for example when its tools have become others; with `grants.kernel: [reload]`. */
    reload(api?: string): Promise<unknown>;
}
export { AskedRight, BearerKernel, Caller, Config, FaultCode, FaultError, HandleMembers, HandleStats, HostEvent, Journal, JsonSchema, KeptFunction, Kernel, LimitHit, ListedTool, ModuleFaultCode, ModuleHandle, OutputOf, ProposalFinding, ProposedChange, RemoteStream, ShadowOutcome, ShadowRequest, ShareOutcome, ShareRequest, ShareSide, StandardSchema, Tool, ToolAuthority, ToolContext, ToolDefinition, ToolError, ToolOutcome, ToolRequest, Untyped, fault, getPackage, keep, tool };
