/** A module's specification: what a config file says, parsed, with defaults; and the plan made of all of them. */
import type { Limits } from "./limits.ts";
import type { ApiName } from "./names.ts";
import type { Fault } from "./fault.ts";

/** `services:` in grants; `api` may end in `/*`. Without methods or aspects: all. */
export interface ServiceGrant {
  readonly api: string;
  readonly methods?: readonly string[];
  readonly aspects?: readonly string[];
}
/** Bound to a host and header (added outside the module) or plain (`kernel.secret(name)`). */
export type SecretGrant =
  | { readonly env: string }
  | { readonly env: string; readonly host: string; readonly header: string };
export interface FolderGrant {
  /** Below the home, `/`-separated, without `..`; "." is the home itself. */
  readonly path: string;
  readonly mode: "r" | "rw";
}
export interface ImageGrant {
  readonly root: string;
  readonly mode: "r" | "rw";
}

export const BUILTINS = [
  "node:sqlite",
  "node:net",
  "node:tls",
  "node:dns",
  "node:crypto",
  "node:events",
  "node:util",
  "node:stream",
  "node:buffer",
  "serve",
  "files",
] as const;
export type Builtin = (typeof BUILTINS)[number];

/** The kernel's names that work only where granted. */
export const KERNEL_GRANTS = [
  "image",
  "status",
  "events",
  "reload",
  "propose",
  "shadow",
  "route_share",
  "adopt",
  "rollback",
  "order",
  "tools",
  "bearer",
] as const;
export type KernelGrant = (typeof KERNEL_GRANTS)[number];

/** Default: nothing at all. */
export interface Grants {
  readonly services: readonly ServiceGrant[];
  readonly net: readonly string[];
  readonly secrets: readonly SecretGrant[];
  readonly image: readonly ImageGrant[];
  readonly prompts: readonly string[];
  readonly logs: readonly string[];
  readonly packages: readonly string[];
  readonly builtins: readonly Builtin[];
  readonly listen: readonly string[];
  readonly folders: readonly FolderGrant[];
  readonly kernel: readonly KernelGrant[];
  readonly wasm: boolean;
}

/** Nothing at all: what a module gets whose config grants nothing. */
export const NO_GRANTS: Grants = Object.freeze({
  services: [],
  net: [],
  secrets: [],
  image: [],
  prompts: [],
  logs: [],
  packages: [],
  builtins: [],
  listen: [],
  folders: [],
  kernel: [],
  wasm: false,
});

export type Origin = "shipped" | "local" | "added";

/** One config file, parsed: what a person wrote, with names derived and defaults filled in. */
export interface ModuleSpec {
  readonly api: ApiName;
  /** Path below `plugins/` without extension. */
  readonly prog: string;
  /** The config file, relative to the home: `configs/tasks/rl_trainer-v1.9.yml`. */
  readonly config: string;
  /** As written in the file name (`1.9`), or "" for a file without version. */
  readonly version: string;
  readonly grants: Grants;
  readonly limits: Limits;
  readonly restart: { readonly max: number; readonly window_s: number };
  readonly reload: "blue_green" | "stop_start";
  readonly start: "eager" | "on_call";
  readonly idle_ms: number;
  /** "own" or a name shared with others. */
  readonly cell: string;
  readonly approve: "ask" | "never";
  /** Every other key: the module's own, handed to its constructor. JSON-like plain data. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** A module's source as it was read once: what is hashed is what runs. */
export interface SourceSet {
  readonly origin: Origin;
  /** Absolute path of the file, or of the folder that holds `mod.ts`. */
  readonly path: string;
  /** The entry among `files`: "rl_trainer.ts" or "mod.ts". */
  readonly entry: string;
  /** Relative path → text, sorted by path. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** SHA-256 in hex over all of the above but origin and absolute path. */
  readonly hash: string;
}

/** A module as it should run: the spec, its source, and one hash that changes when anything of them does. */
export interface PlannedModule {
  readonly spec: ModuleSpec;
  readonly source: SourceSet;
  /** SHA-256 in hex over spec, source hash and the texts of granted prompts. */
  readonly hash: string;
}

/** Who acts besides modules: a person at a console, a client of the web. It calls; it offers nothing. */
export interface Principal {
  readonly name: string;
  /** `read_only`: the tools of shipped modules that only read. */
  readonly services: readonly ServiceGrant[] | "read_only";
}

/** The desired state. `rejected`: apis that are claimed but cannot run as written; what ran of them keeps running. */
export interface Plan {
  readonly modules: ReadonlyMap<ApiName, PlannedModule>;
  readonly rejected: readonly Rejection[];
  /** By name. Without them: those that there are in any case. */
  readonly principals?: ReadonlyMap<string, Principal>;
  /** Rejected ones whose former version may not run on either: the operator has taken back what it has. */
  readonly withdrawn?: readonly ApiName[];
}

/** A config file or source that was refused. `api` when it could be told. */
export interface Rejection {
  readonly file: string;
  readonly line?: number;
  readonly api?: ApiName;
  readonly fault: Fault;
}
