/** What a module sees of the host: types only. */
import type {
  ProposalFinding,
  ProposedChange,
  ShadowOutcome,
  ShadowRequest,
  ShareOutcome,
  ShareRequest,
} from "./proposals.ts";
import type { ToolAuthority } from "./tools.ts";

/** The module's part of its config file: the parsed map, frozen. */
export interface Config {
  /** The value of a key, or `fallback` when the file doesn't have it. */
  // deno-lint-ignore no-explicit-any -- a config file has no types; the fallback gives one
  get<T = any>(key: string, fallback: T): T;
  // deno-lint-ignore no-explicit-any -- as above
  get(key: string): any;
  /** Keys are properties too. */
  // deno-lint-ignore no-explicit-any -- as above
  readonly [key: string]: any;
}

/** Whose call is being served, stamped by the kernel. */
export interface Caller {
  /** The module that made the call, or `@operator`. */
  readonly api: string;
  /** On whose behalf. */
  readonly principal: string;
  readonly trace_id: string;
  /** Aborted when the caller gives up. Not among the keys. */
  readonly signal: AbortSignal;
}

/** A journal the config names under `grants.logs`. */
export interface Journal {
  read(options?: { readonly from?: number }): Promise<unknown>;
  append(record: unknown): Promise<unknown>;
}

/** A limit of a module's own, what was found, and up to four short texts about it. */
export interface LimitHit {
  readonly limit: string;
  readonly found: number;
  readonly allowed: number;
  readonly about?: Readonly<Record<string, string>>;
}

/** What happened to modules, configs or the kernel; the kinds are those of the command `events`. */
export interface HostEvent {
  readonly kind: string;
  /** ISO 8601. */
  readonly time: string;
  readonly api?: string;
  readonly message?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What the holder of a token may do: calls are its principal's, from the handle to the service that sees `@principal` call. */
export interface BearerKernel extends ToolAuthority {
  readonly principal: string;
  getApi<T = Untyped>(name: string): ModuleHandle<T>;
  /** Whether its principal was granted this method of this api; nobody is called, and there need not be such an api. */
  mayCall(asked: AskedRight): Promise<boolean>;
}

export interface AskedRight {
  readonly api: string;
  readonly method: string;
  /** Default: `default`. */
  readonly aspect?: string;
}

/** The host, as far as a module may know it. Rejections are `FaultError`s. */
export interface Kernel extends ToolAuthority {
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
  asBearer(token: string, options?: { readonly signal?: AbortSignal }): Promise<BearerKernel>;
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
  propose(change: ProposedChange): Promise<{ readonly id: string }>;
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

/** Statistics of one handle; times in seconds since the epoch. */
export interface HandleStats {
  readonly api_name: string;
  /** Calls for which a live instance was found. */
  readonly access_count: number;
  readonly last_access_time: number | null;
  readonly active_aspect: string;
}

/** A service of which no type is known: any method with any arguments. */
export interface Untyped {
  // deno-lint-ignore no-explicit-any -- that is what it says
  [method: string]: (...args: any[]) => any;
}

/** A live binding to a service: each method of `T` as one that returns a promise. */
export type ModuleHandle<T = Untyped> =
  & HandleMembers<T>
  & { readonly [Name in Exclude<keyof T, keyof HandleMembers<T>> as PublicName<T, Name>]: Remote<T[Name]> };

/** What every handle has of its own. */
export interface HandleMembers<T> extends Disposable, AsyncDisposable {
  /** Another face of the service, as a new handle. */
  asAspect<Face = Untyped>(name: string): ModuleHandle<Face>;
  /** The same as asAspect. */
  as_aspect<Face = Untyped>(name: string): ModuleHandle<Face>;
  getStats(): Promise<HandleStats>;
  /** The same as getStats. */
  get_stats(): Promise<HandleStats>;
  /** A plain attribute of the service. */
  // deno-lint-ignore no-explicit-any -- an attribute can be any plain data
  get<Name extends string>(name: Name): Promise<Name extends keyof T ? T[Name] : any>;
  /** Calls a method by name, also one whose name is a member's. */
  // deno-lint-ignore no-explicit-any -- as above
  call(name: string, ...args: unknown[]): Promise<any>;
}

// deno-lint-ignore no-explicit-any -- any method
type Method = (...args: any[]) => any;
type PublicName<T, Name extends keyof T> = T[Name] extends Method ? (Name extends `_${string}` ? never : Name) : never;
type Remote<M> = M extends (...args: infer Args) => infer Out ? (...args: Args) => Promise<RemoteValue<Awaited<Out>>>
  : never;

/** What arrives of an answer: of anything that is iterated asynchronously, an iterable that can be read once. */
type RemoteValue<Value> = Value extends AsyncIterable<infer Item> ? RemoteStream<Item> : Value;

/** A stream over a call: read at its reader's pace. Breaking off, or letting go of it, ends the other side. */
export type RemoteStream<Item> = AsyncIterableIterator<Item> & AsyncDisposable;
