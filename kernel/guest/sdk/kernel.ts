/** What a module sees of the host: types only. */

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

/** A tool as a model is shown it. */
export interface ListedTool {
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
export interface ToolRequest {
  readonly tool: string;
  /** Default: none. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** The model's own name for this request; comes back with the outcome. */
  readonly id?: string;
}

/** What came of it: exactly one for each request. `code` is one of the Bracket Protocol's. */
export type ToolOutcome =
  | { readonly result: string; readonly id?: string; readonly status: "success"; readonly data: unknown }
  | { readonly result: string; readonly id?: string; readonly status: "error"; readonly error: ToolError };

export interface ToolError {
  readonly code: string;
  readonly message: string;
  readonly retriable: boolean;
  readonly hint?: string;
}

/** Tools under one authority: a module's own, that of the conversation which it serves, or a token's. */
export interface ToolAuthority {
  /** What this authority may call, and nothing else; by name. */
  listTools(): Promise<readonly ListedTool[]>;
  /**
   * Asks for a tool as a model does: by its name, with an approval where the operator wants to be asked. Refusals (`denied`, `unknown_tool`, `invalid_params`,
   * `approval_required`, …) are outcomes too. Rejects only with the signal's reason.
   */
  callTool(request: ToolRequest, options?: { readonly signal?: AbortSignal }): Promise<ToolOutcome>;
}

/** What the holder of a token may do: calls are its principal's, from the handle to the service that sees `@principal` call. */
export interface BearerKernel extends ToolAuthority {
  readonly principal: string;
  getApi<T = Untyped>(name: string): ModuleHandle<T>;
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
  /** Acts for who shows this token, as far as its principal may; with `grants.kernel: [bearer]`. Rejects with `denied` for a token that gives no authority. */
  asBearer(token: string): Promise<BearerKernel>;
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
