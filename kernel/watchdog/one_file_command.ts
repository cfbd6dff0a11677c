/**
 * Command lines where the whole program is one file. Compiled, permissions and V8 flags are one baked set, so every role starts with everything and gives up
 * with its first statement what roles.ts does not list; run by Deno, the same file is started the same way.
 */

/** `file`: Deno runs it. `binary`: it is Deno's own executable with the file compiled in. */
export type OneFile = "file" | "binary";

/**
 * For all roles alike. The small young generation is what cells need (build_command.ts); a cell's heap has no bound of its own here, and is ended by its
 * guard.
 */
export const BAKED_V8_FLAGS = "--disallow-code-generation-from-strings,--max-semi-space-size=2,--no-memory-reducer";

/** What `deno compile` bakes in, and what Deno gets for the file. */
export const BAKED_FLAGS: readonly string[] = Object.freeze([
  "--allow-all",
  "--no-prompt",
  "--unstable-worker-options",
  "--unstable-kv",
  "--unstable-no-legacy-abort",
  `--v8-flags=${BAKED_V8_FLAGS}`,
]);

/** Where everything else comes from the file itself: nothing is looked for beside it, or fetched. */
const ALONE = [
  "--cached-only",
  "--no-check",
  "--quiet",
  "--no-config",
  "--no-lock",
  "--no-remote",
  "--no-npm",
  "--no-code-cache",
];

/** The arguments of Deno's executable, or of the binary. Nothing in them is a flag that somebody else chose. */
export function oneFileCommand(
  kind: OneFile,
  file: string,
  role: "kernel" | "cell" | "vet",
  args: readonly string[],
): readonly string[] {
  return kind === "binary" ? [role, ...args] : ["run", ...ALONE, ...BAKED_FLAGS, file, role, ...args];
}
