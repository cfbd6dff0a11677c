/**
 * How tests start the program: from its sources; or as META_MACHINE_PROGRAM names it, which is read here and nowhere else: the one file
 * (`….mjs`) that Deno runs, or a compiled binary. So the same flows and hostile modules tell of all three.
 */
import { fileURLToPath } from "node:url";

export const SOURCES = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const FLAGS = ["run", "-A", "--unstable-worker-options", "--unstable-kv", "--cached-only", "--no-check", "--quiet"];

/** The executable, and its arguments before those of a command. `program`: a folder of sources that stands for these. */
export function programCommand(program?: string): { readonly executable: string; readonly args: readonly string[] } {
  const named = program ?? Deno.env.get("META_MACHINE_PROGRAM") ?? SOURCES;
  if (named.endsWith(".mjs")) {
    return { executable: Deno.execPath(), args: [...FLAGS, "--no-config", "--no-lock", named] };
  }
  if (Deno.statSync(named).isFile) return { executable: named, args: [] };
  return { executable: Deno.execPath(), args: [...FLAGS, `${named}/main.ts`] };
}
