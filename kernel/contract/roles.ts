/**
 * What each role keeps of the permissions that its process was started with. The first statement of a role revokes everything else
 * (kernel/contract has no powers: primitives apply this table). Two ways of starting are served alike: with lists (as `deno run` does) the rest is
 * revoked by name; with everything (a compiled binary) whole categories go, since a list can't be kept out of a bare permission.
 */
export type PermissionCategory = "read" | "write" | "net" | "env" | "run" | "sys" | "ffi" | "import";

export const ALL_CATEGORIES: readonly PermissionCategory[] = Object.freeze([
  "read",
  "write",
  "net",
  "env",
  "run",
  "sys",
  "ffi",
  "import",
]);

export type Role = "watchdog" | "kernel" | "cell" | "vet" | "types" | "cli";

/** Categories that a role keeps (as far as it was given them); all others are revoked whole. */
export const ROLE_KEEPS: Readonly<Record<Role, readonly PermissionCategory[]>> = Object.freeze({
  /** run equals everything; it builds every command line from a closed table. Read and write: lock, sockets' folder, address, its log. sys: the priority of what it started. */
  watchdog: ["run", "read", "write", "sys"],
  /** read and write: home's folders; net: its two socket names. It can start no process. */
  kernel: ["read", "write", "net"],
  /** S (one socket name: read, write, net) and the union of what its modules' configs grant, so that a Worker can be made again. */
  cell: ["read", "write", "net"],
  /** like a cell, and the bundler's one wasm file. */
  vet: ["read", "write", "net"],
  /** The compiler's own files and the types of packages; what it checks comes by its stdin. */
  types: ["read"],
  /** The operator's own hand. */
  cli: ALL_CATEGORIES,
});

/** The one argument (JSON) after the role `cell` or `vet`. The token is the first line of its stdin, never an argument. */
export interface CellArgs {
  readonly cell: import("./names.ts").CellId;
  /** Absolute path of the published kernel socket: the only name a cell knows. */
  readonly socket: string;
  /** Permissions it keeps for its life, by name; everything else is revoked before a Worker exists. */
  readonly keeps: {
    readonly read: readonly string[];
    readonly write: readonly string[];
    readonly net: readonly string[];
  };
  /** Nothing was granted beyond a Worker's own thread: its modules' Workers may do nothing. */
  readonly blank: boolean;
  /** Bounds for the guard. */
  readonly memory_mb: number;
}
