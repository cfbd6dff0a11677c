/**
 * The functions of `@std/fs` that this program uses, over `Deno`, whose error classes `@std/fs` promises
 * (the errors of `node:fs` are not instances of them).
 *
 * @module
 */
export { copy, type CopyOptions } from "./fs/copy.ts";
export { emptyDir } from "./fs/empty_dir.ts";
export { ensureDir } from "./fs/ensure_dir.ts";
export { exists, type ExistsOptions } from "./fs/exists.ts";
export { move, type MoveOptions } from "./fs/move.ts";
export { walk, type WalkEntry, type WalkOptions } from "./fs/walk.ts";
